"""What the expressions of a stretch leave, whatever way a value takes to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.dialects.copies import APPLYING
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
from stabaudit.sieve.names import LAMBDA, LIMITS, LOOKS, SEGMENTING, key
from stabaudit.sieve.stretch import Stretch, defaults
from stabaudit.sieve.surroundings import Surroundings
from stabaudit.sieve.words import constants
from stabaudit.syntax.dotted import dotted, last
from stabaudit.syntax.expressions import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Dict,
    Display,
    Lambda,
    Name,
    Named,
    Slice,
    Starred,
    Subscript,
    Unary,
)
from stabaudit.syntax.node import Expression, Node, parts
from stabaudit.syntax.statements import Block
from stabaudit.syntax.wrappers import wrapped

#: What operators do to the shapes of their operands.
COMBINED: dict[str, Callable[[int, int], int]] = {
    "+": added,
    "-": subtracted,
    "*": multiplied,
    "/": divided,
    "**": raised,
    "@": lambda one, other: under(SUM, multiplied(one, other)),
    "&": lambda one, other: without_numbers(one | other),
    "|": lambda one, other: without_numbers(one | other),
}


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
        self.known: dict[Node, int] = {}
        #: The lambdas with a name and the functions that are defined in it.
        self.inner: set[str] = set()

    def look(self, node: Node) -> int:
        """The shapes of an expression that is nobody's operand."""
        value = self.value(node)
        if not self.stretch.hit and self.suffices(value) and not isinstance(node, (Name, Constant)):
            self.stretch.hit = True
        return value

    def suffices(self, value: int) -> bool:
        """Whether some pattern could fit what has these shapes here."""
        return suffices(value, gradients=self.module.differentiates)

    def bind(self, target: Node, value: int) -> None:
        """A name may hold what has these shapes."""
        if isinstance(target, (Name, Attribute)):
            path = dotted(target)
            if path is not None:
                old = self.names.get(path)
                if old is None or old | value != old:
                    # A name without shapes is its own none the less, and no number of the module's.
                    if value:
                        self.changed = self.changed or (self.loops and path in self.asked)
                        self.changed_later = self.changed_later or path in self.asked_later
                    self.names[path] = (old or 0) | value
        elif isinstance(target, Display):
            for part in target.elements:
                self.bind(part, value)
        elif isinstance(target, Subscript):
            by_name = isinstance(target.places[0], Constant) and isinstance(target.places[0].value, str)
            self.bind(target.value, value if by_name else without_numbers(value))
        elif isinstance(target, Starred):
            self.bind(target.value, value)

    def inside(self, node: Node) -> None:
        """The expressions in something that is not read closer."""
        for child in parts(node):
            if isinstance(child, Expression):
                self.look(child)
            elif not isinstance(child, Block):
                self.inside(child)

    def value(self, node: Node) -> int:
        """The shapes of an expression; what is not looked into leaves none, but its parts are looked at."""
        read = READERS.get(type(node))
        if read is None:
            self.inside(node)
            return 0
        return read(self, node)

    def _name(self, node: Name) -> int:
        self._asks_for(node.name)
        found = self.names.get(node.name)
        if found is None:
            found = self.module.number(node.name)
        return found | self.module.meaning(node.name).value if node.name in self.module.aliases else found

    def _asks_for(self, path: str) -> None:
        """A name is asked for; who gives it more later is too late, in a loop and in what runs later."""
        self.asked.add(path)
        if path in self.module.functions:
            # A function of the module is known as such even where it is not called.
            self.stretch.calls.add(path)
        if self.deferred:
            self.asked_later.add(path)

    def _constant(self, node: Constant) -> int:
        return number(node.value) if type(node.value) in (int, float) else 0  # type: ignore[arg-type]

    def _binary(self, node: Binary) -> int:
        if node.operator not in COMBINED:
            self.look(node.left)
            self.look(node.right)
            return 0
        value = self.combined(node.operator, self.value(node.left), self.value(node.right), node.right)
        if node.operator == "/" and (path := dotted(node.left)) and path == dotted(node.right):
            value |= number(1)
        return value

    def combined(self, operator: str, one: int, other: int, right: Expression) -> int:
        """The shapes of two values put together by an operator, which is one of `COMBINED`."""
        if operator == "**" and isinstance(right, Constant) and right.value and not one & NUMBERS:
            if right.value.__class__ is float and right.value % 1:
                # `x ** 0.5` has an infinite slope.
                return raised(one, other)
            # `x ** 2` is a product.
            return squared(one)
        return COMBINED[operator](one, other)

    def _unary(self, node: Unary) -> int:
        return self.value(node.operand)

    def _attribute(self, node: Attribute) -> int:
        path = dotted(node)
        found = 0
        if path is not None:
            self._asks_for(path)
            found = self.names.get(path, 0) | (under(SUM, 0) if path in self.module.running else 0)
            if kept := self.module.kept.shapes(self.stretch, path):
                self.stretch.reads.add(path)
                found |= kept
        if (name := key(node)) in self.module.properties:
            self.stretch.calls.add(name)
            found |= self._gives(self.module.properties[name], 0)
        if node.attr in constants() or f".{node.attr}" in self.module.aliases:
            found |= self.module.meaning(f".{node.attr}").value
        if node.attr in LOOKS:
            return found | self.value(node.value)
        if not isinstance(node.value, (Name, Attribute)):
            self.look(node.value)
            if node.attr in LIMITS:
                found |= number(LIMITS[node.attr])
        return found

    def _subscript(self, node: Subscript) -> int:
        return self.value(node.value) | without_numbers(self._all(node.places))

    def _choice(self, node: Choice) -> int:
        return without_numbers(self.value(node.test)) | self.value(node.body) | self.value(node.orelse)

    def _compared(self, node: Compare) -> int:
        return without_numbers(self._all([node.left, *node.others]))

    def _either(self, node: Boolean) -> int:
        return self.value(node.left) | self.value(node.right)

    def _elements(self, node: Display) -> int:
        if node.kind != "set":
            return self._all(node.elements)
        self.inside(node)
        return 0

    def _items(self, node: Dict) -> int:
        return self._all(item.value for item in node.items) | without_numbers(
            self._all(item.key for item in node.items if item.key is not None)
        )

    def _starred(self, node: Starred) -> int:
        return self.value(node.value)

    def _slice(self, node: Slice) -> int:
        return self._all(parts(node))

    def _all(self, nodes: Iterable[Node]) -> int:
        """The shapes of all of these."""
        found = 0
        for node in nodes:
            found |= self.value(node)
        return found

    def _lambda(self, node: Lambda) -> int:
        # Its name holds what a call of it gives.
        self.deferred += 1
        self.inside(node.parameters)
        value = self.look(node.body)
        self.deferred -= 1
        return value

    def _comprehension(self, node: Comprehension) -> int:
        later = node.kind == "generator"
        self.deferred += later
        for loop in node.loops:
            self.bind(loop.target, self.look(loop.iter))
            for condition in loop.conditions:
                self.look(condition)
        if node.key is not None:
            self.look(node.key)
        value = self.look(node.element)
        self.deferred -= later
        return 0 if node.kind == "set" else value

    def _walrus(self, node: Named) -> int:
        value = self.value(node.value)
        name = dotted(node.target) or ""
        before = self.names.get(name)
        self.bind(node.target, value)
        if name in self.asked and self.names[name] != before:
            # It may stand in the loop of a comprehension.
            self.changed_later = True
        return value

    def _call(self, node: Call) -> int:
        if node not in self.known:
            self.known[node] = self._called(node)
        return self.known[node]

    def _called(self, node: Call) -> int:
        """The shapes of what a call gives back."""
        # `nn.Softmax(dim=1)(x)` calls an object, and `np.vectorize(f)(x)` what the wrapper is given.
        inner = wrapped(node.func)
        made = node.func.func if isinstance(node.func, Call) else node.func
        meaning = self.module.meaning(LAMBDA if isinstance(inner, Lambda) else key(made if inner is None else inner))
        operands = [argument.value for argument in node.args]
        if isinstance(node.func, Attribute):
            operands.append(node.func.value)
        elif not isinstance(node.func, Name):
            # What it is given already is an argument, too.
            operands += [node.func] if inner is not None else []
            self.look(node.func)
        elif node.func.name not in self.inner and node.func.name in self.names:
            operands.append(node.func)
        mapped = bool(node.args) and last(node.func) in APPLYING
        given = 0
        for operand in operands:
            given |= self.look(operand)
        local = given if dotted(node.func) == "dict" else self._called_here(node, given)
        if mapped:
            given |= self.module.meaning(key(node.args[0].value)).called(given)
            local |= given
        if not meaning.words and not meaning.own:
            if isinstance(node.func, Attribute) and node.func.attr == "append":
                self.bind(node.func.value, without_numbers(given))
            return local

        value = local | meaning.called(given)
        for name in meaning.own:
            self.stretch.calls.add(name)
            value |= self._gives(self.module.functions[name], given)
        if not SEGMENTING.isdisjoint(meaning.words):
            for operand in operands:
                self.bind(operand, value)
        for argument in node.args:
            if argument.keyword == "out":
                self.bind(argument.value, value)
        return value

    def _gives(self, functions: Iterable[Stretch], given: int) -> int:
        """The shapes of a call of one of these functions on what left `given`."""
        value = 0
        for function in functions:
            if not self.module.seen_through(function):
                continue
            function.callers.add(self.stretch)
            own = given
            for default in defaults(function.node):
                own |= self.value(default)
            value |= within(self.module.given(function), own)
        return value

    def _called_here(self, node: Call, given: int) -> int:
        """The shapes of a call of a lambda, or of a function that is defined in the stretch itself."""
        if not isinstance(node.func, Name) or node.func.name not in self.inner:
            return 0
        self._asks_for(node.func.name)
        return within(self.names.get(node.func.name, 0), given)


# Looked up by type: a chain of questions would be asked of each expression of each round.
READERS: dict[type[Node], Callable[[Values, Any], int]] = {
    Name: Values._name,
    Constant: Values._constant,
    Call: Values._call,
    Binary: Values._binary,
    Unary: Values._unary,
    Attribute: Values._attribute,
    Subscript: Values._subscript,
    Choice: Values._choice,
    Boolean: Values._either,
    Compare: Values._compared,
    Slice: Values._slice,
    Display: Values._elements,
    Dict: Values._items,
    Starred: Values._starred,
    Comprehension: Values._comprehension,
    Named: Values._walrus,
    Lambda: Values._lambda,
}
