"""What only a function itself can change: its numbers, and arrays that it made and never handed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from stabaudit.dialects import pure
from stabaudit.dialects.views import VIEW_ATTRIBUTES
from stabaudit.fix.callees import Callees
from stabaudit.fix.change import Scope, body_of, without_out
from stabaudit.syntax.bindings import CLOSED, names_bound, values_given
from stabaudit.syntax.compound import For, Function, If, While
from stabaudit.syntax.dotted import dotted, last
from stabaudit.syntax.expressions import (
    Argument,
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
    Text,
    Unary,
)
from stabaudit.syntax.find import own_nodes, parents_of, stored_in
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.parameters import Parameters
from stabaudit.syntax.statements import Annotated, Assert, Assign, Augment, Declare, Delete, Evaluate, Module, Return

NUMBER_TYPES = frozenset({"int", "float", "bool", "str", "complex"})
#: Functions of which the value is a number.
COUNTING = frozenset({"len", "int", "float", "bool", "str", "complex", "ord", "hash", "id", "isinstance", "item"})
#: A number, as good as any other.
NUMBER = Constant(0, "0")


class Locals:
    """The names of one function, or of a module outside of functions, and what they can be bound to."""

    def __init__(self, node: Scope, callees: Callees) -> None:
        self.node = node
        self.callees = callees
        self._numbers: dict[str, bool] = {}
        self._arrays: dict[str, bool] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the function binds, parameters included; of a module none are left out of its imports."""
        if isinstance(self.node, Module):
            return frozenset()
        return frozenset(self.values) - self._declared

    @cached_property
    def values(self) -> dict[str, list[Expression | None]]:
        """What each name is given, `None` where that is not one expression."""
        found: dict[str, list[Expression | None]] = defaultdict(list)
        if isinstance(self.node, (Function, Lambda)):
            for name, value in _parameters(self.node.parameters):
                found[name].append(value)
        for node in own_nodes(body_of(self.node)):
            for name, value in _given(node):
                found[name].append(value)
        return dict(found)

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The names that are bound from elsewhere as well."""
        found = {name for node in below(self.node) if isinstance(node, Declare) for name in node.names}
        if isinstance(self.node, Module):
            found |= {n for n, times in self.callees.bindings.items() if times != 1}
        return frozenset(found)

    def _around(self, node: Node) -> Node | None:
        """What a node stands in."""
        return parents_of(self.callees.module).get(id(node))

    def _is_stored(self, node: Node) -> bool:
        """Whether a place is given a value, or deleted."""
        return id(node) in stored_in(self.callees.module)

    @cached_property
    def _places(self) -> dict[str, list[Name]]:
        """Where each name stands."""
        found: dict[str, list[Name]] = defaultdict(list)
        for node in below(self.node):
            if isinstance(node, Name):
                found[node.name].append(node)
        return found

    def is_number(self, name: str) -> bool:
        """Whether a name only ever holds numbers and the like, which nothing changes."""
        if name in self._declared:
            return False
        if name not in self._numbers:
            # A number that is made of itself is one.
            self._numbers[name] = True
            if name in self.values:
                given = self.values[name]
            elif name in self.callees.values:
                given = [self.callees.values[name]]
            else:
                given = [None]
            self._numbers[name] = self._is_exponent(name) or all(v is not None and self._counts(v) for v in given)
        return self._numbers[name]

    def is_array(self, name: str) -> bool:
        """Whether a name only ever holds values that the function has made and nobody else knows of."""
        if name in self._declared or name not in self.values:
            return False
        if name not in self._arrays:
            self._arrays[name] = False
            given = self.values[name]
            self._arrays[name] = all(v is not None and self._makes(v) for v in given) and self._is_kept(name)
        return self._arrays[name]

    def is_container(self, name: str) -> bool:
        """Whether a name only ever holds lists and dicts that the function has made and nobody else knows of."""
        return name not in self._declared and self._collects(name) and self._is_kept(name)

    def may_be_object(self, node: Node) -> bool:
        """Whether a value may be an object of a class of the module: no number, no array that was made here."""
        if isinstance(node, Name):
            own = node.name in self.names or node.name in self.callees.values
            return own and not (self.is_number(node.name) or self.is_array(node.name) or self._collects(node.name))
        if isinstance(node, Call):
            return isinstance(node.func, Name) and node.func.name in self.callees.classes
        return isinstance(node, Attribute) and not self._counts(node)

    def _collects(self, name: str) -> bool:
        """Whether a name only ever holds lists and dicts that are made there."""
        return all(value is not None and _is_collection(value) for value in self.values.get(name, [None]))

    def _is_exponent(self, name: str) -> bool:
        """Whether it is given to a function of `math`, which takes single numbers."""
        for place in self._places.get(name, ()):
            node: Node | None = place
            while isinstance(node, (Name, Binary, Unary)):
                node = self._around(node)
            if isinstance(node, Argument) and node.keyword is None and not node.star:
                node = self._around(node)
            if isinstance(node, Call) and (path := dotted(node.func)) is not None:
                root = path.partition(".")[0]
                if self._home(root) == "math" and root not in self.values:
                    return True
        return False

    def _home(self, root: str) -> str:
        """The library that a name of the module leads to."""
        return self.callees.imports.get(root, "").partition(".")[0]

    def _counts(self, node: Expression) -> bool:
        """Whether an expression gives a number, or something else that nothing changes."""
        match node:
            case Constant() | Text() | Compare(operators=("is" | "is not" | "in" | "not in",)):
                return True
            case Name(name=name):
                return self.is_number(name)
            case Unary(operand=operand):
                return self._counts(operand)
            case Binary(left=left, right=right):
                return self._counts(left) and self._counts(right)
            case Choice(body=body, orelse=orelse):
                return self._counts(body) and self._counts(orelse)
            case Display(kind="tuple", elements=elements):
                return all(map(self._counts, elements))
            case Attribute(attr=name):
                return name in pure.MEASURES or (dotted(node) or "").startswith(("math.", "np.", "numpy."))
            case Subscript(value=Attribute(attr=name)):
                return name in pure.MEASURES
            case Call(func=func):
                name, root = last(func), (dotted(func) or "").partition(".")[0]
                inner = name in ("abs", "min", "max", "sum", "round", "pow", "range", "sqrt", "log")
                operands = [a.value for a in node.args if a.keyword is None]
                counted = inner and bool(operands) and all(map(self._counts, operands))
                return name in COUNTING or self._home(root) == "math" or counted
        return False

    def _makes(self, node: Expression) -> bool:
        """Whether an expression gives a new value, which is not memory of another."""
        match node:
            case Binary() | Unary(operator="-" | "~" | "not") | Compare():
                return True
            case Choice(body=body, orelse=orelse):
                return self._makes(body) and self._makes(orelse)
            case Call():
                name = self.callees.name(node, self.names)
                return name in pure.FRESH and all(a.keyword not in ("out", "copy") for a in node.args)
        return self._counts(node)

    def _is_kept(self, name: str) -> bool:
        """Whether a name is never handed to code that could keep or change what it holds."""
        return all(map(self._is_harmless, self._places.get(name, ())))

    def _is_harmless(self, node: Node) -> bool:
        """Whether what reads a value only computes with it."""
        above = self._around(node)
        match above:
            case Binary() | Unary() | Compare() | If() | While() | Assert() | Evaluate() | Text() | Slice() | Delete():
                return True
            case Augment():
                return True
            case Assign(targets=targets):
                return node in targets
            case Annotated(target=target):
                return node is target
            case Subscript(value=value):
                return value is not node or self._is_stored(above) or self._is_harmless(above)
            case Choice(test=test):
                return test is node or self._is_harmless(above)
            case Display(kind="tuple" | "list") | Starred() | Argument() | Boolean():
                return self._is_stored(node) or self._is_harmless(above)
            case Attribute(attr=attr):
                if self._is_stored(above):
                    return False
                if attr in VIEW_ATTRIBUTES:
                    return self._is_harmless(above)
                over = self._around(above)
                if isinstance(over, Call) and over.func is above:
                    grows = isinstance(node, Name) and attr in pure.CHANGING and self._collects(node.name)
                    return grows or self._takes(over)
                return attr in pure.MEASURES
            case Call():
                return self._takes(above)
            case Return():
                return self._is_last(above)
        return False

    def _takes(self, call: Call) -> bool:
        """Whether a call only computes with what it is given and called on."""
        outs, bare = without_out(call)
        name = self.callees.name(bare, self.names)
        if name is None or not self.callees.is_pure(bare, self.names):
            return False
        if outs and not isinstance(self._around(call), Evaluate):
            return False
        return name in pure.FRESH or name in pure.BUILTINS or name in pure.LOGGING or self._is_harmless(call)

    def _is_last(self, node: Node) -> bool:
        """Whether a statement ends this function, not one inside of it."""
        above = self._around(node)
        while above is not None and above.__class__ not in CLOSED:
            above = self._around(above)
        return above is None or above is self.node


def _parameters(parameters: Parameters) -> Iterator[tuple[str, Expression | None]]:
    """The parameters, each with a number if an annotation or a default says that it is one."""
    for parameter in parameters.named:
        note, default = parameter.annotation, parameter.default
        typed = isinstance(note, Name) and note.name in NUMBER_TYPES
        number = default.operand if isinstance(default, Unary) else default
        plain = isinstance(number, Constant) and number.value is not None
        yield parameter.name, NUMBER if typed or (plain and note is None) else None
    yield from ((star.name, None) for star in (parameters.star, parameters.stars) if star is not None)


def _given(node: Node) -> Iterator[tuple[str, Expression | None]]:
    """The names that a node binds, each with what it is given, if that is one expression."""
    match node:
        case Assign(targets=targets, value=value):
            for target in targets:
                yield from _values(target, value, alone=len(targets) == 1)
        case Annotated(target=target, value=Expression() as value) | Named(target=target, value=value):
            yield from _values(target, value)
        case Augment(target=Name(name=name) as target, operator=operator, value=value):
            yield name, Binary(target, operator, value)
        case For(target=Name(name=name), iter=Call(func=Name(name="range"))):
            yield name, NUMBER
        case For(target=Display(elements=(Name(name=name), rest)), iter=Call(func=Name(name="enumerate")) as iterated):
            yield name, NUMBER
            yield from _values(rest, iterated, alone=False)
        case Delete():
            return
        case _:
            yield from ((name, None) for name in names_bound(node))


def _values(target: Expression, value: Expression, *, alone: bool = True) -> Iterator[tuple[str, Expression | None]]:
    """The names in a target, each with what it is given, if that is one expression and it stands `alone` for it."""
    for place, one, is_part in values_given(target, value):
        # The parts of a shape are numbers, as the shape is.
        known = alone and (not is_part or (isinstance(one, Attribute) and one.attr in pure.MEASURES))
        if isinstance(place, Name):
            yield place.name, one if known else None


def _is_collection(node: Expression) -> bool:
    """Whether it makes a list, a dict or a set."""
    match node:
        case Display(kind=kind) | Comprehension(kind=kind):
            return kind in ("list", "set", "dict")
        case Call(func=Name(name=name)):
            return name in ("list", "dict", "set")
    return isinstance(node, Dict)
