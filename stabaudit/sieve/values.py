"""What the expressions of a stretch leave, whatever way a value takes to them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from stabaudit.sieve.bits import (
    NUMBERS,
    SUM,
    added,
    divided,
    multiplied,
    number,
    raised,
    squared,
    subtracted,
    suffices,
    under,
    within,
    without_numbers,
)
from stabaudit.sieve.names import SEGMENTING, Meaning, key
from stabaudit.sieve.stretch import Stretch
from stabaudit.sieve.words import constants
from stabaudit.source.dotted import dotted_name

#: Attributes that are another look at the same values.
LOOKS = frozenset({"T", "mT", "data", "values", "real"})
#: What operators do to the shapes of their operands.
COMBINED: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: added,
    ast.Sub: subtracted,
    ast.Mult: multiplied,
    ast.Div: divided,
    ast.Pow: raised,
    ast.MatMult: lambda one, other: under(SUM, multiplied(one, other)),
    ast.BitAnd: lambda one, other: without_numbers(one | other),
    ast.BitOr: lambda one, other: without_numbers(one | other),
}
#: Limits of the floats by name.
LIMITS = {"eps": 0.0, "tiny": 0.0, "smallest_normal": 0.0, "max": 1.0, "min": 1.0}


class Surroundings(Protocol):
    """What has to be known of the module around."""

    functions: dict[str, list[Stretch]]
    #: What else each name is called.
    aliases: dict[str, set[str]]
    #: Whether a library is named that differentiates.
    differentiates: bool

    @property
    def running(self) -> frozenset[str]:
        """The attributes in which methods add something up."""

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for."""

    def seen_through(self, stretch: Stretch) -> bool:
        """Whether it matters what a function gives back."""

    def given(self, stretch: Stretch) -> int:
        """The shapes of what a function gives back."""

    def number(self, name: str) -> int:
        """The shapes of a number that the module keeps under a name."""


class Values:
    """The shapes of the expressions of one stretch, and of what its names hold."""

    def __init__(self, module: Surroundings, stretch: Stretch) -> None:
        self.module = module
        self.stretch = stretch
        self.names: dict[str, int] = {}
        # Names that were asked for; whether a loop is gone through, and whether in it one was given more afterwards.
        self.asked: set[str] = set()
        self.loops = False
        self.changed = False
        # How deep in what runs later than it stands, such as a lambda; the names asked for there, and the same of them.
        self.deferred = 0
        self.asked_later: set[str] = set()
        self.changed_later = False
        # What expressions gave in this round: each is asked for as an operand and by itself.
        self.known: dict[ast.expr, int] = {}
        #: The lambdas with a name and the functions that are defined in it.
        self.inner: set[str] = set()

    def look(self, node: ast.expr) -> int:
        """The shapes of an expression that is nobody's operand."""
        value = self.value(node)
        if not self.stretch.hit and self.suffices(value) and not isinstance(node, (ast.Name, ast.Constant)):
            self.stretch.hit = True
        return value

    def suffices(self, value: int) -> bool:
        """Whether some pattern could fit what has these shapes here."""
        return suffices(value, gradients=self.module.differentiates)

    def bind(self, target: ast.expr, value: int) -> None:
        """A name may hold what has these shapes."""
        if isinstance(target, (ast.Name, ast.Attribute)):
            path = dotted_name(target)
            if path is not None:
                old = self.names.get(path)
                if old is None or old | value != old:
                    # A name without shapes is its own none the less, and no number of the module's.
                    if value:
                        self.changed = self.changed or (self.loops and path in self.asked)
                        self.changed_later = self.changed_later or path in self.asked_later
                    self.names[path] = (old or 0) | value
        elif isinstance(target, (ast.Tuple, ast.List)):
            for part in target.elts:
                self.bind(part, value)
        elif isinstance(target, ast.Subscript):
            by_name = isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str)
            self.bind(target.value, value if by_name else without_numbers(value))
        elif isinstance(target, ast.Starred):
            self.bind(target.value, value)

    def inside(self, node: ast.AST) -> None:
        """The expressions in something that is not read closer."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.look(child)
            elif not isinstance(child, (ast.stmt, ast.expr_context, ast.operator, ast.excepthandler)):
                self.inside(child)

    def value(self, node: ast.expr) -> int:
        """The shapes of an expression; what is not looked into leaves none, but its parts are looked at."""
        read = READERS.get(type(node))
        if read is None:
            self.inside(node)
            return 0
        return read(self, node)

    def _name(self, node: ast.Name) -> int:
        self._asks_for(node.id)
        self._mentions(node.id)
        found = self.names.get(node.id)
        if found is None:
            found = self.module.number(node.id)
        return found | self.module.meaning(node.id).value if node.id in self.module.aliases else found

    def _asks_for(self, path: str) -> None:
        """A name is asked for; who gives it more later is too late, in a loop and in what runs later."""
        self.asked.add(path)
        if self.deferred:
            self.asked_later.add(path)

    def _mentions(self, path: str) -> None:
        """A function of the module is known as such even where it is not called, a property for one."""
        if path in self.module.functions:
            self.stretch.calls.add(path)

    def _constant(self, node: ast.Constant) -> int:
        return number(node.value) if type(node.value) in (int, float) else 0  # type: ignore[arg-type]

    def _binary(self, node: ast.BinOp) -> int:
        if type(node.op) not in COMBINED:
            self.look(node.left)
            self.look(node.right)
            return 0
        value = self.combined(node.op, self.value(node.left), self.value(node.right), node.right)
        if isinstance(node.op, ast.Div) and (path := dotted_name(node.left)) and path == dotted_name(node.right):
            value |= number(1)
        return value

    def combined(self, op: ast.operator, one: int, other: int, right: ast.expr) -> int:
        """The shapes of two values put together by an operator, which is one of `COMBINED`."""
        if type(op) is ast.Pow and type(right) is ast.Constant and right.value and not one & NUMBERS:
            if right.value.__class__ is float and right.value % 1:
                # `x ** 0.5` has an infinite slope.
                return raised(one, other)
            # `x ** 2` is a product.
            return squared(one)
        return COMBINED[type(op)](one, other)

    def _unary(self, node: ast.UnaryOp) -> int:
        return self.value(node.operand)

    def _attribute(self, node: ast.Attribute) -> int:
        path = dotted_name(node)
        found = 0
        if path is not None:
            self._asks_for(path)
            found = self.names.get(path, 0) | (under(SUM, 0) if path in self.module.running else 0)
            self._mentions(path)
        if node.attr in constants() or f".{node.attr}" in self.module.aliases:
            found |= self.module.meaning(f".{node.attr}").value
        if node.attr in LOOKS:
            return found | self.value(node.value)
        if not isinstance(node.value, (ast.Name, ast.Attribute)):
            self.look(node.value)
            if node.attr in LIMITS:
                found |= number(LIMITS[node.attr])
        return found

    def _subscript(self, node: ast.Subscript) -> int:
        return self.value(node.value) | without_numbers(self.value(node.slice))

    def _choice(self, node: ast.IfExp) -> int:
        return without_numbers(self.value(node.test)) | self.value(node.body) | self.value(node.orelse)

    def _compared(self, node: ast.Compare) -> int:
        return without_numbers(self._all([node.left, *node.comparators]))

    def _either(self, node: ast.BoolOp) -> int:
        return self._all(node.values)

    def _elements(self, node: ast.Tuple | ast.List) -> int:
        return self._all(node.elts)

    def _starred(self, node: ast.Starred) -> int:
        return self.value(node.value)

    def _slice(self, node: ast.Slice) -> int:
        return self._all([n for n in (node.lower, node.upper, node.step) if n is not None])

    def _all(self, nodes: Iterable[ast.expr]) -> int:
        """The shapes of all of these."""
        found = 0
        for node in nodes:
            found |= self.value(node)
        return found

    def _lambda(self, node: ast.Lambda) -> int:
        # Its name holds what a call of it gives.
        self.deferred += 1
        self.inside(node.args)
        value = self.look(node.body)
        self.deferred -= 1
        return value

    def _generator(self, node: ast.GeneratorExp) -> int:
        self.deferred += 1
        value = self._comprehension(node)
        self.deferred -= 1
        return value

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> int:
        self._loops(node.generators)
        value = self.look(node.elt)
        return 0 if isinstance(node, ast.SetComp) else value

    def _dictionary(self, node: ast.DictComp) -> int:
        self._loops(node.generators)
        self.look(node.key)
        return self.look(node.value)

    def _walrus(self, node: ast.NamedExpr) -> int:
        value = self.value(node.value)
        before = self.names.get(node.target.id)
        self.bind(node.target, value)
        if node.target.id in self.asked and self.names[node.target.id] != before:
            # It may stand in the loop of a comprehension.
            self.changed_later = True
        return value

    def _loops(self, generators: Iterable[ast.comprehension]) -> None:
        """The loops of a comprehension."""
        for loop in generators:
            self.bind(loop.target, self.look(loop.iter))
            for condition in loop.ifs:
                self.look(condition)

    def _call(self, node: ast.Call) -> int:
        if node not in self.known:
            self.known[node] = self._called(node)
        return self.known[node]

    def _called(self, node: ast.Call) -> int:
        """The shapes of what a call gives back."""
        # `nn.Softmax(dim=1)(x)` calls an object.
        meaning = self.module.meaning(key(node.func.func if isinstance(node.func, ast.Call) else node.func))
        operands = [*node.args, *(k.value for k in node.keywords)]
        if isinstance(node.func, ast.Attribute):
            operands.append(node.func.value)
        elif not isinstance(node.func, ast.Name):
            self.look(node.func)
        mapped = isinstance(node.func, ast.Name) and node.func.id == "map" and node.args
        given = 0
        for operand in operands:
            given |= self.look(operand)
        local = self._called_here(node, given)
        if not meaning.words and not meaning.own:
            if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                self.bind(node.func.value, without_numbers(given))
            return local
        if mapped:
            given |= self.module.meaning(key(node.args[0])).called(given)
        value = local | meaning.called(given)
        for name in meaning.own:
            self.stretch.calls.add(name)
            for function in self.module.functions[name]:
                if not self.module.seen_through(function):
                    continue
                function.callers.add(self.stretch)
                own = given
                for default in function.defaults:
                    own |= self.value(default)
                value |= within(self.module.given(function), own)
        if not SEGMENTING.isdisjoint(meaning.words):
            for operand in operands:
                self.bind(operand, value)
        for keyword in node.keywords:
            if keyword.arg == "out":
                self.bind(keyword.value, value)
        return value

    def _called_here(self, node: ast.Call, given: int) -> int:
        """The shapes of a call of a lambda, or of a function that is defined in the stretch itself."""
        if not isinstance(node.func, ast.Name) or node.func.id not in self.inner:
            return 0
        self._asks_for(node.func.id)
        return within(self.names.get(node.func.id, 0), given)


# Looked up by type: a chain of questions would be asked of each expression of each round.
READERS: dict[type[ast.expr], Callable[[Values, Any], int]] = {
    ast.Name: Values._name,
    ast.Constant: Values._constant,
    ast.Call: Values._call,
    ast.BinOp: Values._binary,
    ast.UnaryOp: Values._unary,
    ast.Attribute: Values._attribute,
    ast.Subscript: Values._subscript,
    ast.IfExp: Values._choice,
    ast.BoolOp: Values._either,
    ast.Compare: Values._compared,
    ast.Slice: Values._slice,
    ast.Tuple: Values._elements,
    ast.List: Values._elements,
    ast.Starred: Values._starred,
    ast.ListComp: Values._comprehension,
    ast.GeneratorExp: Values._generator,
    ast.SetComp: Values._comprehension,
    ast.DictComp: Values._dictionary,
    ast.NamedExpr: Values._walrus,
    ast.Lambda: Values._lambda,
}
