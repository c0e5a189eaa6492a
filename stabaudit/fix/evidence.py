"""What the code says of the types of values: which are floats for sure, which may be lists or small integers."""

from __future__ import annotations

import re
from typing import TypeGuard

from stabaudit.fix.wording import Wording
from stabaudit.syntax.compound import For, Function
from stabaudit.syntax.dotted import called, dotted, last
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Binary,
    Call,
    Constant,
    Display,
    Loop,
    Name,
    Subscript,
    Text,
    Unary,
)
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.parameters import Parameter
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Assign, Module
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Const, Term, Var, applications

#: Operations that give floats whatever they are given, and those that give them if all or any operands are floats.
FLOATING = frozenset(
    {"exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "sqrt", "sin", "cos", "tanh", "sinh", "cosh", "div",
     "mean", "reciprocal", "sigmoid", "softmax", "logsumexp", "softplus", "log_softmax", "log_sigmoid", "logmeanexp",
     "logaddexp", "weighted_average", "pi", "infinity"}
)  # fmt: skip
KEEPING = frozenset(
    {"neg", "abs", "sum", "max", "min", "prod", "cumsum", "revcumsum", "flip", "index", "item", "picked", "reshape",
     "transpose", "expand_dims", "squeeze", "masked", "clip", "call", "square", "pair"}
)  # fmt: skip
JOINING = frozenset({"add", "sub", "mul", "pow", "+", "*", "^", "maximum", "minimum", "where", "dot"})

#: Calls that give floats.
FLOAT_CALLS = re.compile(
    r"(^|\.)(float|float\d+|mean|nanmean|average|std|var|linspace|logspace|rand|randn|random|normal|uniform|random_sample"
    r"|standard_normal|beta|gamma|exponential|cdf|pdf|sf|logpdf|logcdf|logsf|interp|norm|sqrt|quad|trapz|trapezoid"
    r"|predict_proba|perf_counter|time)$|^math\.\w+$"
)
FLOAT_TYPES = re.compile(r"\bfloat(16|32|64)?\b|\bfloating\b|\blongdouble\b|\bdouble\b|\bf[248]\b")
FRAME_TYPES = re.compile(r"DataFrame|ArrayLike|\bAny\b|Union|\|")
#: What lists have as well.
OF_LISTS = frozenset({"append", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"})
#: Operations and functions of which the value is no single number.
AXED = frozenset({"dot", "cumsum", "revcumsum", "flip", "transpose", "picked", "masked"})
ARRAYS = frozenset(
    {"atleast_1d", "atleast_2d", "stack", "vstack", "hstack", "concatenate", "cat", "linspace", "arange", "matmul",
     "einsum", "zeros", "ones", "empty", "full", "eye", "outer", "meshgrid", "normal", "randn", "rand", "uniform",
     "standard_normal", "logspace", "split", "unsqueeze", "expand_dims", "as_matrix", "bmm", "mm"}
)  # fmt: skip
CONVERTING = frozenset({"array", "asarray", "to_numpy"})
ARITHMETIC = frozenset({"-", "/", "**", "@", "//", "%"})


class Evidence(Wording):
    """What a text says of its types; the places that are asked about are in `tree`, which is made of it."""

    def __init__(self, text: str, tree: Module) -> None:
        super().__init__(text)
        self._tree = tree

    def is_float(self, term: Term) -> bool:
        """Whether a value is a float, or an array of floats, whatever the variables in it are."""
        match term:
            case Const(value=value, node=node):
                return value.denominator != 1 or _is_number(node, float)
            case Var():
                return self._gives_floats(term)
            case App(op=op, args=args):
                if op in FLOATING:
                    return True
                if op in ("where", "branch"):
                    return all(map(self.is_float, args[1:])) if op == "branch" else any(map(self.is_float, args[1:]))
                if op == "clip":
                    return any(map(self.is_float, args))
                if op in ("pow", "^") and isinstance(args[1], Const) and args[1].value < 0:
                    return True
                if op in JOINING:
                    return any(map(self.is_float, args))
                if op == "same":
                    return self._is_converted(term) or self.is_float(args[0])
                return op in KEEPING and self.is_float(args[0])
        return False

    def may_be_list(self, term: Term) -> TypeGuard[Var]:
        """Whether a value may be a list: a parameter without a type that no arithmetic is done with."""
        if not isinstance(term, Var) or not isinstance(term.node, Name):
            return False
        function = self._function(term.node)
        name = term.node.name
        if function is None or (parameter := _parameter(function, name)) is None:
            return False
        if parameter.annotation is not None or _is_number(parameter.default, int, float):
            return False
        if any(_is_used_as_array(node, name) for node in below(function)):
            return False
        return not self._is_only_given_results(function, parameter)

    def _is_only_given_results(self, function: Function, parameter: Parameter) -> bool:
        """Whether a function in a function is called alone, each time with what arithmetic gives."""
        outer = next((n for n in reversed(path_to(self._tree, function)[:-1]) if isinstance(n, Function)), None)
        if outer is None or parameter not in function.parameters.plain or parameter.default is not None:
            return False
        place, name = function.parameters.plain.index(parameter), function.name
        calls = [n for n in below(outer) if isinstance(n, Call) and _is_named(n.func, name)]
        if not calls or len(calls) != sum(_is_named(node, name) for node in below(outer)):
            return False
        return all(len(c.args) > place and _is_result(c.args[place].value) for c in calls)

    def may_be_frame(self, variable: Var) -> bool:
        """Whether a value may be a table: not what has another type by its annotation, is a column, or was computed."""
        node = variable.node
        match self.value_of(variable) or node:
            case Subscript(places=[Expression() as key]):
                return not (isinstance(key, Text) or _is_number(key, str, bytes, int))
            case Attribute(attr="values" | "T" | "size"):
                return False
            case Call() as call:
                return called(call) not in ARRAYS | CONVERTING
        if not isinstance(node, Name) or (function := self._function(node)) is None:
            return True
        parameter = _parameter(function, node.name)
        if parameter is None or parameter.annotation is None:
            return True
        return FRAME_TYPES.search(source(parameter.annotation)) is not None

    def has_axes(self, term: Term) -> bool:
        """Whether a value is no single number: its function looks at its axes or its elements, or made it an array."""
        if not AXED.isdisjoint(term.ops):
            return True
        for origin in (*(p.steps for p in applications(term)), *(v.node for v in term.variables)):
            if _makes_axes(origin):
                return True
            if isinstance(origin, Name) and (function := self._function(origin)) is not None:
                name = origin.name
                if any(_shows_axes(node, name) for node in below(function)):
                    return True
        return False

    def is_made(self, variable: Var) -> bool:
        """Whether a value is an array that its function makes."""
        made = self.value_of(variable)
        return _makes_axes(made) or (isinstance(made, Call) and called(made) in CONVERTING)

    def value_of(self, variable: Var) -> Expression | None:
        """The one expression that its function gives a name."""
        here = variable.node
        if not isinstance(here, Name) or (function := self._function(here)) is None:
            return None
        given = [
            node.value
            for node in below(function)
            if isinstance(node, Assign) and any(_is_named(target, here.name) for target in node.targets)
        ]
        return given[0] if len(given) == 1 else None

    def _gives_floats(self, variable: Var) -> bool:
        """Whether a value that is not looked into is a float by its call, or by its parameter's type or default."""
        node = variable.node
        if isinstance(node, Call):
            return FLOAT_CALLS.search(dotted(node.func) or last(node.func)) is not None
        if not isinstance(node, Name) or (function := self._function(node)) is None:
            return False
        parameter = _parameter(function, node.name)
        if parameter is None:
            return False
        if parameter.annotation is not None:
            return FLOAT_TYPES.search(source(parameter.annotation)) is not None
        return _is_number(parameter.default, float)

    def _is_converted(self, term: App) -> bool:
        """Whether a conversion is one to floats."""
        return isinstance(term.steps, Call) and FLOAT_TYPES.search(source(term.steps)) is not None

    def _function(self, node: Node) -> Function | None:
        """The function a node stands in."""
        way = path_to(self._tree, node)
        return next((n for n in reversed(way) if isinstance(n, Function)), None)


def _parameter(function: Function, name: str) -> Parameter | None:
    return next((one for one in function.parameters.named if one.name == name), None)


def _is_named(node: Node, name: str) -> bool:
    return isinstance(node, Name) and node.name == name


def _is_number(node: Node | None, *kinds: type) -> bool:
    """Whether a value of one of these types is written out."""
    return isinstance(node, Constant) and type(node.value) in kinds


def _is_result(node: Expression) -> bool:
    """Whether an expression is arithmetic that no list takes part in."""
    match node:
        case Constant():
            return _is_number(node, int, float)
        case Unary(operator="-"):
            return True
        case Binary(operator="*" | "+", left=left, right=right):
            return any(_is_result(side) and not _is_number(side, int) for side in (left, right))
        case Binary(operator=operator):
            return operator in ARITHMETIC
    return False


def _shows_axes(node: Node, name: str) -> bool:
    """Whether a node does with a name what cannot be done with a single number."""

    def is_it(part: Node) -> bool:
        return _is_named(part, name)

    def is_shape(part: Node) -> bool:
        return isinstance(part, Attribute) and is_it(part.value) and part.attr in ("shape", "T", "mT")

    match node:
        case Subscript(value=value, places=places):
            return is_shape(value) or (is_it(value) and not any(map(_is_endless, places)))
        case Assign(targets=[Display()], value=value):
            return is_it(value) or is_shape(value)
        case Assign(targets=[target], value=value):
            return is_it(target) and _makes_axes(value)
        case For(iter=value) | Loop(iter=value):
            return is_it(value)
        case Call(func=Name(name="len"), args=[Argument(value=value)]):
            return is_it(value)
        case Binary(operator="@", left=left, right=right):
            return is_it(left) or is_it(right)
    return False


def _makes_axes(node: Node | None) -> bool:
    """Whether an expression gives no single number."""
    match node:
        case Call():
            return called(node) in ARRAYS
        case Binary(operator="@"):
            return True
    return False


def _is_endless(place: Node) -> bool:
    """Whether it may stand for no axis at all, or makes a new one."""
    return isinstance(place, Constant) and place.value in (..., None)


def _is_used_as_array(node: Node, name: str) -> bool:
    """Whether a node does with a name what cannot be done with a list."""

    def is_it(part: Node) -> bool:
        return _is_named(part.value if isinstance(part, Subscript) else part, name)

    match node:
        case Binary(operator="*", left=left, right=right):
            return (is_it(left) or is_it(right)) and not (_is_number(left, int) or _is_number(right, int))
        case Binary(operator="+", left=left, right=right):
            return (is_it(left) or is_it(right)) and (_is_number(left, int, float) or _is_number(right, int, float))
        case Binary(operator=operator, left=left, right=right):
            return operator in ARITHMETIC and (is_it(left) or is_it(right))
        case Unary(operator="-", operand=inner):
            return is_it(inner)
        case Attribute(value=value, attr=attr):
            return is_it(value) and attr not in OF_LISTS
        case Subscript(value=value, places=places):
            return is_it(value) and len(places) > 1
    return False
