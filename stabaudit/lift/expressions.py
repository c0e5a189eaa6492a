"""LibCST expression to term, with what is known of the names in it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import libcst as cst

from stabaudit import ops
from stabaudit.dialects import IGNORED, OUT, REFUSED, Dialect, Spelling, constant, dialect_of, function, named
from stabaudit.dialects.arrays import MODULE_NAMES
from stabaudit.lift.scope import Scope
from stabaudit.terms import App, Const, Data, Lit, Term, Var, placed

BINARY: dict[type[cst.CSTNode], ops.Op] = {
    cst.Add: ops.add,
    cst.Subtract: ops.sub,
    cst.Multiply: ops.mul,
    cst.Divide: ops.div,
    cst.Power: ops.pow_,
    cst.BitAnd: ops.and_,
    cst.BitOr: ops.or_,
}
COMPARISONS: dict[type[cst.CSTNode], ops.Op] = {
    cst.LessThan: ops.lt,
    cst.LessThanEqual: ops.le,
    cst.GreaterThan: ops.gt,
    cst.GreaterThanEqual: ops.ge,
    cst.Equal: ops.eq,
    cst.NotEqual: ops.ne,
}
#: Methods and functions that hand on the values they are given.
SAME_VALUES = frozenset(
    {"asarray", "array", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "float", "float64", "float32",
     "astype", "copy", "detach", "to", "cpu", "double", "contiguous", "clone", "as_tensor", "tensor", "item", "numpy",
     "list", "tuple", "longdouble", "real_if_close"}
)  # fmt: skip
#: Methods that compute from their object and arguments alone, so that equal calls give equal values.
PURE_METHODS = frozenset(
    {"dot", "matmul", "mm", "bmm", "reshape", "view", "flatten", "ravel", "std", "var", "size", "get", "items",
     "keys", "values", "diagonal", "diag", "T", "argmax", "argmin", "nonzero", "cumsum", "mv", "tolist"}
)  # fmt: skip


class Lifter:
    """Turns the expressions of one module into terms.

    `found` is called with each expression that is nobody's operand, and the scope it stands in;
    `note` with each node that was read in the words of a dialect.
    """

    def __init__(
        self,
        module: cst.Module,
        found: Callable[[Term, Scope], None],
        note: Callable[[cst.CSTNode, Dialect], None],
    ) -> None:
        self.module = module
        self.found = found
        self.note = note
        self.uses_torch = False
        self._fresh = itertools.count(1)
        self._known: dict[int, tuple[Scope, Term]] = {}

    def lift(self, node: cst.BaseExpression, scope: Scope) -> Term:
        """The term of an expression; what is not understood becomes a variable."""
        known = self._known.get(id(node))
        if known is None or known[0] is not scope:
            known = self._known[id(node)] = (scope, self._lift(node, scope))
        return known[1]

    def next_statement(self) -> None:
        """Names may have changed: nothing lifted so far is looked at again."""
        self._known.clear()

    def _lift(self, node: cst.BaseExpression, scope: Scope) -> Term:
        match node:
            case cst.Name():
                return self._name(node, scope)
            case cst.Integer():
                return Const(int(node.value.replace("_", ""), 0), node)
            case cst.Float():
                return Const(Fraction(Decimal(node.value.replace("_", ""))), node)
            case cst.UnaryOperation(operator=cst.Minus()):
                return App("neg", (self.lift(node.expression, scope),), (), node)
            case cst.UnaryOperation(operator=cst.Plus()):
                return self.lift(node.expression, scope)
            case cst.UnaryOperation(operator=cst.Not() | cst.BitInvert()):
                return App("not", (self.lift(node.expression, scope),), (), node)
            case cst.BinaryOperation(operator=operator) if type(operator) in BINARY:
                row = BINARY[type(operator)]
                return App(row.name, (self.lift(node.left, scope), self.lift(node.right, scope)), (), node)
            case cst.BooleanOperation():
                row = ops.and_ if isinstance(node.operator, cst.And) else ops.or_
                return App(row.name, (self.lift(node.left, scope), self.lift(node.right, scope)), (), node)
            case cst.Comparison():
                return self._comparison(node, scope)
            case cst.IfExp():
                condition = self.lift(node.test, scope)
                return App(
                    "where",
                    (condition, self.lift(node.body, scope), self.lift(node.orelse, scope)),
                    (),
                    node,
                )
            case cst.Attribute():
                return self._attribute(node, scope)
            case cst.Subscript():
                return self._subscript(node, scope)
            case cst.Call():
                return self._call(node, scope)
            case cst.List() | cst.Tuple():
                return self._sequence(node, scope)
            case cst.ListComp() | cst.GeneratorExp():
                return self._comprehension(node, scope)
            case cst.NamedExpr(target=cst.Name(value=name)):
                term = self.lift(node.value, scope)
                scope.bind(name, term)
                return placed(term, node)
        return self._opaque(node, scope)

    def path(self, node: cst.BaseExpression, scope: Scope) -> str | None:
        """The dotted path of a module, function or constant, `np.exp` being `numpy.exp`; `None` for values."""
        if isinstance(node, cst.Name):
            if node.value in scope.modules:
                return scope.modules[node.value]
            if node.value not in scope.versions and function(f"builtins.{node.value}"):
                return f"builtins.{node.value}"
            return None
        if isinstance(node, cst.Attribute):
            text = self.text(node)
            if text in scope.modules:
                return scope.modules[text]
            inner = self.path(node.value, scope)
            if inner is not None:
                return f"{inner}.{node.attr.value}"
        return None

    def text(self, node: cst.CSTNode) -> str:
        """The source of a node."""
        return self.module.code_for_node(node)

    def bare(self, node: cst.BaseExpression) -> str:
        """The source of an expression without the parentheses around it."""
        return self.text(node.with_changes(lpar=(), rpar=()))

    def _name(self, node: cst.Name, scope: Scope) -> Term:
        name = node.value
        if name in ("None", "True", "False"):
            return Lit({"None": None, "True": True, "False": False}[name], node)
        if name in scope.facts:
            return placed(scope.facts[name], node)
        path = scope.modules.get(name)
        return self._constant(path, node) or scope.variable(name, (name,), node)

    def _constant(self, path: str | None, node: cst.BaseExpression) -> Term | None:
        match constant(path) if path else None:
            case "e":
                home = dialect_of(path or "")
                if home is not None:
                    self.note(node, home)
                return App("exp", (Const(1),), (), node)
            case "none":
                return Lit(None, node)
        return None

    def _comparison(self, node: cst.Comparison, scope: Scope) -> Term:
        if len(node.comparisons) == 1 and type(node.comparisons[0].operator) in COMPARISONS:
            right = node.comparisons[0]
            row = COMPARISONS[type(right.operator)]
            return App(row.name, (self.lift(node.left, scope), self.lift(right.comparator, scope)), (), node)
        return self._opaque(node, scope)

    def _attribute(self, node: cst.Attribute, scope: Scope) -> Term:
        path = self.path(node, scope)
        if path is not None:
            return self._constant(path, node) or scope.variable(self.bare(node), names_in(node), node)
        text = self.bare(node)
        if text in scope.facts:
            return placed(scope.facts[text], node)
        if node.attr.value in ("T", "mT", "data", "values", "real"):
            inner = self.lift(node.value, scope)
            if node.attr.value in ("T", "mT"):
                return App("transpose", (inner,), (), node)
            if isinstance(inner, App) and inner.op == "pair":
                return placed(inner.args[0], node)
            if isinstance(inner, App) or node.attr.value == "data":
                return _same(inner, node)
            return scope.variable(text, {*names_in(node), text}, node)
        if not isinstance(node.value, (cst.Name, cst.Attribute)):
            self._inside(node, scope)
            if not self._is_pure(node.value, scope):
                return self._unique(node, text)
        return scope.variable(text, {*names_in(node), text}, node)

    def _subscript(self, node: cst.Subscript, scope: Scope) -> Term:
        slots = [_slot(s.slice) for s in node.slice]
        inner = self.lift(node.value, scope)
        if isinstance(inner, App) and inner.op == "pair" and slots == [0]:
            return placed(inner.args[0], node)
        if self.uses_torch and slots == [0] and isinstance(inner, App) and inner.op in ("max", "min"):
            if inner.attr("axis") != Lit(None) and _is_method_call(node.value):
                return placed(inner, node)
        if all(s in (":", "newaxis", "...") for s in slots) and "newaxis" in slots:
            return App("index", (inner,), (("slots", Lit(tuple(slots))),), node)
        if slots in ([":"], ["..."], [":", ":"]):
            return _same(inner, node)
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            where = node.slice[0].slice.value
            if isinstance(where, cst.Name) and where.value in scope.indices:
                return placed(inner, node)
            condition = self.lift(where, scope)
            if is_condition(condition):
                return App("masked", (inner, condition), (), node)
            if isinstance(inner, App) and inner.op == "masked":
                return self._opaque(node, scope)
        if isinstance(inner, App) and inner.op == "exp" and isinstance(node.value, cst.Name):
            # One component of an array of exponentials is the exponential of one component.
            component = self.bare(node)
            origin = node.with_changes(value=node.value)
            argument = inner.args[0]
            if isinstance(argument, Var):
                text = f"{argument.name}[{component.split('[', 1)[1]}"
                return App("exp", (Var(text, argument.stamp + scope.stamp(names_in(origin)), None),), (), node)
        return self._opaque(node, scope)

    def _call(self, node: cst.Call, scope: Scope) -> Term:
        resolved = self._resolve(node, scope)
        if resolved is None:
            return self._unknown_call(node, scope)
        dialect, spelling, receiver = resolved
        arguments = self._arguments(node, spelling, receiver, scope)
        if arguments is None:
            return self._opaque(node, scope)
        operands, settings, out = arguments
        row = ops.TABLE[spelling.op]
        if len(operands) != len(row.operands):
            return self._opaque(node, scope)
        for parameter in spelling.parameters:
            if parameter.default is not None:
                settings.setdefault(parameter.role, Const(parameter.default))
        missing: dict[str, Term] = {"keepdims": Lit(False)}
        attrs = tuple((n, settings.get(n, missing.get(n, Lit(None)))) for n in row.settings)
        term = App(row.name, tuple(operands[n] for n in row.operands), attrs, node)
        if spelling.paired and settings.get("axis", Lit(None)) != Lit(None):
            term = App("pair", (term,), (), node)
        if receiver is None or not self._is_shared(node):
            self.note(node, dialect)
        if out is not None:
            scope.mutate(out)
            scope.bind(out, term)
        return term

    def _resolve(
        self, node: cst.Call, scope: Scope
    ) -> tuple[Dialect, Spelling, cst.BaseExpression | None] | None:
        """Dialect and spelling of a call, and the object if it is a method's."""
        path = self.path(node.func, scope)
        if path is not None:
            known = function(path)
            if known is not None:
                if path in ("builtins.max", "builtins.min") and len(node.args) == 2:
                    return named("builtins"), _PAIRWISE[path], None
                return (*known, None)
            if (home := dialect_of(path)) is not None and (home.symbolic or home.functions):
                return None
            if isinstance(node.func, cst.Attribute):
                return self._of_unknown_module(node)
            return None
        if not isinstance(node.func, cst.Attribute):
            return None
        attribute = node.func.attr.value
        last = node.func.value
        last_name = last.attr.value if isinstance(last, cst.Attribute) else getattr(last, "value", None)
        if last_name in MODULE_NAMES and (found := self._of_unknown_module(node)):
            return found
        keywords = {a.keyword.value for a in node.args if a.keyword}
        torch, numpy = named("torch"), named("numpy")
        likely = [torch, numpy] if self.uses_torch and "axis" not in keywords and "keepdims" not in keywords else [numpy, torch]
        if keywords & {"dim", "keepdim"}:
            likely = [torch]
        for dialect in likely:
            if attribute in dialect.methods:
                return dialect, dialect.methods[attribute], node.func.value
        return None

    def _is_shared(self, node: cst.Call) -> bool:
        """Whether a method call says nothing about its library: `.sum(axis)` of an array or a tensor."""
        assert isinstance(node.func, cst.Attribute)
        name = node.func.attr.value
        keywords = {a.keyword.value for a in node.args if a.keyword}
        return name in named("numpy").methods and name in named("torch").methods and not keywords & {"dim", "keepdim"}

    def _of_unknown_module(self, node: cst.Call) -> tuple[Dialect, Spelling, None] | None:
        assert isinstance(node.func, cst.Attribute)
        known = function(f"*.{node.func.attr.value}")
        return (*known, None) if known is not None and node.args else None

    def _arguments(
        self, node: cst.Call, spelling: Spelling, receiver: cst.BaseExpression | None, scope: Scope
    ) -> tuple[dict[str, Term], dict[str, Term], str | None] | None:
        """Operands and settings by role, and the name given as `out`; `None` if an argument is not understood."""
        row = ops.TABLE[spelling.op]
        by_name = {p.name: p for p in spelling.parameters}
        operands: dict[str, Term] = {}
        settings: dict[str, Term] = {}
        out = None
        given: list[tuple[str, cst.BaseExpression]] = []
        positional = list(spelling.parameters)
        if receiver is not None:
            given.append((positional.pop(0).role, receiver))
        for argument in node.args:
            if argument.star:
                return None
            if argument.keyword is not None:
                name = argument.keyword.value
                alias = {"keepdims": "keepdim", "keepdim": "keepdims", "axis": "dim", "dim": "axis", "x": "input"}
                parameter = by_name.get(name) or by_name.get(alias.get(name, ""))
                if parameter is None:
                    return None
            elif positional:
                parameter = positional.pop(0)
            else:
                return None
            given.append((parameter.role, argument.value))
        for role, value in given:
            if role == REFUSED:
                if isinstance(value, cst.Name) and value.value == "None":
                    continue
                if spelling.op in ("sum", "mean", "softmax", "log_softmax", "cumsum"):
                    # A dtype changes precision, not the formula.
                    continue
                return None
            if role == IGNORED:
                continue
            if role == OUT:
                if isinstance(value, cst.Name) and value.value != "None":
                    out = value.value
                continue
            if role in row.operands:
                operands[role] = self.lift(value, scope)
            else:
                settings[role] = self._setting(value, scope)
        return operands, settings, out

    def _setting(self, node: cst.BaseExpression, scope: Scope) -> Term:
        """An axis, a truth value, a shape."""
        number = _integer(node)
        if number is not None:
            return Const(number, node)
        if isinstance(node, (cst.Tuple, cst.List)):
            numbers = [_integer(e.value) for e in node.elements]
            if None not in numbers:
                if len(numbers) == 1 and numbers[0] is not None:
                    return Const(numbers[0], node)
                return Lit(tuple(numbers), node)
        term = self.lift(node, scope)
        if isinstance(term, (Lit, Const, Var)):
            return placed(term, node)
        return scope.variable(self.bare(node), names_in(node), node)

    def _unknown_call(self, node: cst.Call, scope: Scope) -> Term:
        """A call that is not in any dialect: transparent, pure, or a value of its own each time."""
        func = node.func
        attribute = func.attr.value if isinstance(func, cst.Attribute) else None
        path = self.path(func, scope)
        name = attribute or (func.value if isinstance(func, cst.Name) else "")
        if name in SAME_VALUES:
            if path is None and isinstance(func, cst.Attribute):
                return _same(self.lift(func.value, scope), node)
            if node.args and not node.args[0].star and (path is not None or name in ("float", "list", "tuple")):
                inner = self.lift(node.args[0].value, scope)
                for other in node.args[1:]:
                    self.lift(other.value, scope)
                return _same(inner, node)
        if attribute in ("reshape", "view") and isinstance(func, cst.Attribute) and path is None:
            shape = self._shape(node.args)
            inner = self.lift(func.value, scope)
            if shape is not None:
                return App("reshape", (inner,), (("shape", Lit(shape)),), node)
        if path in ("numpy.linspace", "numpy.arange", "builtins.range") and (span := _span(node, path)):
            return Data(span, node)
        return self._opaque(node, scope)

    def _shape(self, arguments: Sequence[cst.Arg]) -> tuple[int, ...] | None:
        values = [a.value for a in arguments if not a.star and a.keyword is None]
        if len(values) == 1 and isinstance(values[0], (cst.Tuple, cst.List)):
            values = [e.value for e in values[0].elements]
        numbers = [_integer(v) for v in values]
        return None if not numbers or None in numbers else tuple(n for n in numbers if n is not None)

    def _sequence(self, node: cst.List | cst.Tuple, scope: Scope) -> Term:
        values = _numbers(node)
        if values:
            return Data(values, node)
        return self._opaque(node, scope)

    def _comprehension(self, node: cst.ListComp | cst.GeneratorExp, scope: Scope) -> Term:
        """`[f(v) for v in xs]` is `f(xs)`, element by element; so is `[f(xs[i]) for i in range(n)]`."""
        loop = node.for_in
        simple = not loop.ifs and loop.inner_for_in is None and isinstance(loop.target, cst.Name)
        inner = scope.copy()
        inner.mapped = True
        if not simple:
            for name in _loop_names(loop):
                inner.forget(name)
            self._inside_loop(loop, scope)
            self.found(self.lift(node.elt, inner), inner)
            return self._unique(node, self.bare(node))
        assert isinstance(loop.target, cst.Name)
        if _is_range(loop.iter):
            self._inside(loop.iter, scope)
            inner.forget(loop.target.value)
            inner.indices |= {loop.target.value}
        else:
            inner.bind(loop.target.value, self.lift(loop.iter, scope))
        element = self.lift(node.elt, inner)
        self.found(element, inner)
        return placed(element, node)

    def _inside_loop(self, loop: cst.CompFor, scope: Scope) -> None:
        self.found(self.lift(loop.iter, scope), scope)
        if loop.inner_for_in is not None:
            inner = scope.copy()
            for name in _loop_names(loop):
                inner.forget(name)
            self._inside_loop(loop.inner_for_in, inner)

    def _opaque(self, node: cst.BaseExpression, scope: Scope) -> Term:
        """A value that is not looked into; the expressions inside it are looked at on their own."""
        self._inside(node, scope)
        text = self.bare(node)
        if self._is_pure(node, scope):
            return scope.variable(text, names_in(node), node)
        return self._unique(node, text)

    def _unique(self, node: cst.BaseExpression, text: str) -> Var:
        return Var(text, (("#", next(self._fresh)),), node)

    def _inside(self, node: cst.CSTNode, scope: Scope) -> None:
        if isinstance(node, (cst.Lambda, cst.BaseComp)):
            inner = scope.copy()
            names = _loop_names(node.for_in) if isinstance(node, cst.BaseComp) else _parameters(node.params)
            for name in names:
                inner.forget(name)
            if isinstance(node, cst.Lambda):
                inner.guards = ()
            scope = inner
        for child in node.children:
            if isinstance(child, cst.BaseExpression):
                self.found(self.lift(child, scope), scope)
            else:
                self._inside(child, scope)

    def _is_pure(self, node: cst.CSTNode, scope: Scope) -> bool:
        """Whether the expression gives the same value wherever it stands, its names unchanged."""
        if isinstance(node, cst.Call):
            path = self.path(node.func, scope)
            if path is not None:
                home = dialect_of(path)
                pure = home is not None and ".random" not in path and home.functions != {}
            else:
                pure = isinstance(node.func, cst.Attribute) and node.func.attr.value in PURE_METHODS
            pure = pure or (isinstance(node.func, cst.Name) and node.func.value in ("len", "range", "int", "round"))
            if not pure:
                return False
        if isinstance(node, (cst.Await, cst.Yield, cst.Lambda, cst.BaseComp, cst.NamedExpr)):
            return False
        return all(self._is_pure(child, scope) for child in node.children)


def _same(term: Term, node: cst.BaseExpression) -> Term:
    """The values of `term` in another type or container."""
    return App("same", (term,), (), node)


_PAIRWISE = {
    "builtins.max": Spelling("maximum", named("numpy").functions["numpy.maximum"].parameters),
    "builtins.min": Spelling("minimum", named("numpy").functions["numpy.minimum"].parameters),
}


def names_in(node: cst.CSTNode) -> set[str]:
    """The names an expression reads, dotted ones of attributes included."""
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, cst.Attribute):
        inner = names_in(node.value)
        dotted = _dotted(node)
        return inner | ({dotted} if dotted else set())
    if isinstance(node, cst.Arg):
        return names_in(node.value)
    return set().union(*(names_in(child) for child in node.children)) if node.children else set()


def is_condition(term: Term) -> bool:
    """Whether a term is a truth value."""
    return isinstance(term, App) and term.op in ("lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "isfinite")


def _dotted(node: cst.BaseExpression) -> str | None:
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        inner = _dotted(node.value)
        return f"{inner}.{node.attr.value}" if inner else None
    return None


def _integer(node: cst.BaseExpression) -> int | None:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = _integer(node.expression)
        return None if inner is None else -inner
    return int(node.value.replace("_", ""), 0) if isinstance(node, cst.Integer) else None


def _slot(slot: cst.BaseSlice) -> object:
    """One place of a subscript: a number, `:`, `...`, `newaxis`, or `None` for anything else."""
    if isinstance(slot, cst.Slice):
        return ":" if slot.lower is None and slot.upper is None and slot.step is None else None
    assert isinstance(slot, cst.Index)
    value = slot.value
    if isinstance(value, cst.Ellipsis):
        return "..."
    if isinstance(value, cst.Name) and value.value in ("None", "newaxis"):
        return "newaxis"
    if isinstance(value, cst.Attribute) and value.attr.value == "newaxis":
        return "newaxis"
    return _integer(value)


def _numbers(node: cst.BaseExpression) -> tuple[object, ...] | None:
    """Nested lists of number literals as tuples."""
    if not isinstance(node, (cst.List, cst.Tuple)):
        return None
    values: list[object] = []
    for element in node.elements:
        value = _numbers(element.value) or _number(element.value)
        if value is None or isinstance(element, cst.StarredElement):
            return None
        values.append(value)
    return tuple(values)


def _number(node: cst.BaseExpression) -> float | None:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = _number(node.expression)
        return None if inner is None else -inner
    if isinstance(node, cst.Float):
        return float(node.value.replace("_", ""))
    whole = _integer(node)
    return None if whole is None else float(whole)


def _span(node: cst.Call, path: str) -> tuple[float, ...] | None:
    """The two ends of `linspace` or `arange` between literals: enough to see what may happen in between."""
    numbers = [_number(a.value) for a in node.args[:2] if a.keyword is None and not a.star]
    if not numbers or any(n is None for n in numbers) or any(a.star for a in node.args):
        return None
    low, high = (0.0, numbers[0]) if len(numbers) == 1 else numbers
    assert low is not None
    assert high is not None
    if path == "numpy.linspace" and len(numbers) == 1:
        return None
    return (low, (low + high) / 2, high)


def _is_range(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "range"


def _is_method_call(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute)


def _loop_names(loop: cst.CompFor) -> set[str]:
    inner = _loop_names(loop.inner_for_in) if loop.inner_for_in is not None else set()
    return names_in(loop.target) | inner


def _parameters(parameters: cst.Parameters) -> set[str]:
    every = [*parameters.params, *parameters.kwonly_params, *parameters.posonly_params]
    stars = [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    return {p.name.value for p in [*every, *stars]}


parameters_of = _parameters
