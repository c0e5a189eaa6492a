"""Values that are surely made of more than a function's parameters.

The lift takes a function for a formula only if its parameters alone make what it gives back. A value is *foreign* here
if the lift surely finds something else in it: an attribute, a call of who knows what, a tuple, what a loop has left.
What is not sure is not foreign.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Protocol

from stabaudit.dialects import dialects
from stabaudit.dialects.arrays import FUNCTIONS_OF_ONE, MODULE_NAMES
from stabaudit.dialects.copies import PLACES
from stabaudit.sieve.names import FILLED, Meaning, chain, key, last
from stabaudit.sieve.stretch import Stretch, statements
from stabaudit.sieve.values import COMBINED, LIMITS, LOOKS

#: Calls that may leave out what they are given.
_LEAVING_OUT = FILLED.keys() | {"map", "einsum"}
#: Calls that give a module.
_BRINGING_IN = frozenset({"importorskip", "import_module"})
#: Keywords that are no operand of a method.
_SETTINGS = frozenset({"axis", "dim", "keepdims", "keepdim", "dtype"})
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


class Surroundings(Protocol):
    """What has to be known of the module around."""

    functions: dict[str, list[Stretch]]

    @property
    def constants(self) -> frozenset[str]:
        """The names under which Euler's number and the like are imported."""

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for."""

    def seen_through(self, stretch: Stretch) -> bool:
        """Whether a call of a function could be taken for what it computes."""


class Foreign:
    """Tells which expressions of a function are foreign, by what is known of its `names` at the moment.

    Those that are `unsure` may get a value in the midst of an expression; `stored` are attributes that are given one.
    """

    def __init__(self, module: Surroundings) -> None:
        self.module = module
        self.names: dict[str, bool] = {"self": True, "cls": True}
        self.stored: set[str] = set()
        self.unsure: set[str] = set()

    def foreign(self, node: ast.expr) -> bool:
        """Whether an expression is surely foreign."""
        read = _EXPRESSIONS.get(type(node))
        return read is not None and read(self, node)

    def _always(self, node: ast.expr) -> bool:
        return True

    def _name(self, node: ast.Name) -> bool:
        if node.id in self.unsure:
            return False
        # Of the names around a function only those of constants are known.
        return self.names.get(node.id, node.id not in self.module.constants)

    def _constant(self, node: ast.Constant) -> bool:
        return not isinstance(node.value, (int, float, type(None)))

    def _unary(self, node: ast.UnaryOp) -> bool:
        return self.foreign(node.operand)

    def _binary(self, node: ast.BinOp) -> bool:
        return type(node.op) not in COMBINED or self.foreign(node.left) or self.foreign(node.right)

    def _either(self, node: ast.BoolOp) -> bool:
        return any(map(self.foreign, node.values))

    def _compared(self, node: ast.Compare) -> bool:
        if len(node.ops) > 1 or not isinstance(node.ops[0], _COMPARISONS):
            return True
        return self.foreign(node.left) or self.foreign(node.comparators[0])

    def _choice(self, node: ast.IfExp) -> bool:
        return any(map(self.foreign, (node.test, node.body, node.orelse)))

    def _elements(self, node: ast.Tuple | ast.List) -> bool:
        return not node.elts or not all(map(_is_data, node.elts))

    def _walrus(self, node: ast.NamedExpr) -> bool:
        return self.foreign(node.value)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> bool:
        loop = node.generators[0]
        if len(node.generators) > 1 or loop.ifs or not isinstance(loop.target, ast.Name):
            return True
        name, before = loop.target.id, self.names
        # Of an index nothing is sure, as `x[i]` is x.
        self.names = {**before, name: key(getattr(loop.iter, "func", loop.iter)) != "range" and self.foreign(loop.iter)}
        element = self.foreign(node.elt)
        self.names = before
        return element

    def _subscript(self, node: ast.Subscript) -> bool:
        place = node.slice
        if isinstance(place, ast.Constant) and isinstance(place.value, str):
            # A column may be known by itself.
            return False
        parts = place.elts if isinstance(place, ast.Tuple) else [place]
        return any(map(_is_somewhere, parts)) or self.foreign(node.value)

    def _attribute(self, node: ast.Attribute) -> bool:
        path = chain(node)
        if node.attr in _known_constants() or path in self.stored:
            return False
        if path is None:
            if node.attr in LIMITS:
                return last(getattr(node.value, "func", node.value)) != "finfo"
            return self.foreign(node.value) if node.attr in LOOKS else True
        root = path.partition(".")[0]
        if root in self.unsure:
            return False
        return self.foreign(node.value) if root in self.names and node.attr in LOOKS else True

    def _call(self, node: ast.Call) -> bool:
        name = last(node.func)
        meaning = self.module.meaning(key(node.func))
        # Methods of the module are not known to the lift where it looks for formulas.
        if not key(node.func).startswith("self.") and any(
            self.module.seen_through(f) for own in meaning.own for f in self.module.functions[own]
        ):
            return False
        if name in _BRINGING_IN or not meaning.words.isdisjoint(_LEAVING_OUT):
            return False
        if not meaning.words and name not in PLACES:
            return True
        first = bool(node.args) and self.foreign(node.args[0]) and not isinstance(node.args[0], ast.Starred)
        return self._method(node.func, node, first) if isinstance(node.func, ast.Attribute) else first

    def _method(self, func: ast.Attribute, node: ast.Call, first: bool) -> bool:
        """The same of a call of an attribute, which may be a module's function or an object's method."""
        owner, path = func.value, chain(func.value)
        if path is not None and path.partition(".")[0] not in self.names:
            return first
        if not self.foreign(owner):
            return False
        if path is None:
            return first or (last(owner) not in MODULE_NAMES and func.attr not in FUNCTIONS_OF_ONE)
        return first if node.args else all(k.arg in _SETTINGS for k in node.keywords)


def _is_data(node: ast.expr) -> bool:
    """Whether an element is a number, or a list of some."""
    if isinstance(node, (ast.Tuple, ast.List)):
        return bool(node.elts) and all(map(_is_data, node.elts))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _is_data(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_somewhere(place: ast.expr) -> bool:
    """Whether a part of a subscript picks a place that no name stands for."""
    if isinstance(place, ast.Slice):
        return place.lower is not None or place.upper is not None
    if isinstance(place, ast.UnaryOp):
        place = place.operand
    return isinstance(place, ast.Constant) and type(place.value) is int and place.value != 0


def constants(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names under which Euler's number and the like are imported."""
    imports = [statement for statement in statements(body) if isinstance(statement, ast.ImportFrom)]
    return frozenset(a.asname or a.name for i in imports for a in i.names if a.name in _known_constants())


@cache
def _known_constants() -> frozenset[str]:
    """The last parts of the names of constants that are looked into."""
    return frozenset(p.rpartition(".")[2] for d in dialects() for p in d.constants)


_EXPRESSIONS: dict[type[ast.expr], Callable[[Foreign, Any], bool]] = {
    ast.Name: Foreign._name,
    ast.Constant: Foreign._constant,
    ast.UnaryOp: Foreign._unary,
    ast.BinOp: Foreign._binary,
    ast.BoolOp: Foreign._either,
    ast.Compare: Foreign._compared,
    ast.IfExp: Foreign._choice,
    ast.Tuple: Foreign._elements,
    ast.List: Foreign._elements,
    ast.NamedExpr: Foreign._walrus,
    ast.ListComp: Foreign._comprehension,
    ast.GeneratorExp: Foreign._comprehension,
    ast.Subscript: Foreign._subscript,
    ast.Attribute: Foreign._attribute,
    ast.Call: Foreign._call,
    ast.Dict: Foreign._always,
    ast.Set: Foreign._always,
    ast.DictComp: Foreign._always,
    ast.SetComp: Foreign._always,
    ast.Lambda: Foreign._always,
    ast.JoinedStr: Foreign._always,
    ast.Await: Foreign._always,
}
