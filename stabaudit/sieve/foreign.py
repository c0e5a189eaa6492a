"""Whether a function surely gives back more than its parameters make, so that no call of it is seen through.

The lift takes a function for a formula only if its parameters alone make what it gives back. A value is *foreign* here
if the lift surely finds something else in it: an attribute, a call of who knows what, a tuple, what a loop has left.
What is not sure is not foreign. Statements are read in the order in which the lift reads them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Protocol

from stabaudit.dialects import dialects
from stabaudit.dialects.arrays import FUNCTIONS_OF_ONE, MODULE_NAMES
from stabaudit.dialects.copies import PLACES
from stabaudit.sieve.changes import bound
from stabaudit.sieve.names import FILLED, Meaning, chain, key, last
from stabaudit.sieve.stretch import Function, Stretch, statements
from stabaudit.sieve.values import COMBINED, LIMITS, LOOKS

#: Calls that may leave out what they are given.
_LEAVING_OUT = FILLED.keys() | {"map", "einsum"}
#: Calls that give a module.
_BRINGING_IN = frozenset({"importorskip", "import_module"})
#: Keywords that are no operand of a method.
_SETTINGS = frozenset({"axis", "dim", "keepdims", "keepdim", "dtype"})
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
#: Operators of a value that is a new one, whatever its name held before.
_STEPS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


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


def gives_what_is_foreign(function: Function, module: Surroundings) -> bool:
    """Whether something that a function gives back, or a condition on the way there, is surely foreign."""
    reader = _Reader(function, module)
    reader.block(function.body)
    # What decides on the last way out is not asked.
    return any(value for _, value in reader.exits) or any(condition for condition, _ in reader.exits[:-1])


class _Reader:
    """Goes through a function; `exits` are its ways out, each with whether a condition and the value are foreign."""

    def __init__(self, function: Function, module: Surroundings) -> None:
        self.module = module
        self.exits: list[tuple[bool, bool]] = []
        given = function.args
        self.parameters = {p.arg for p in given.args}
        # A name that is not bound yet holds nothing that is known.
        self.names = dict.fromkeys(bound(function.body), True) | dict.fromkeys(self.parameters, False)
        self.names |= {"self": True, "cls": True}
        self.stored = _stored(function.body)
        self.unsure = _unsure(function)
        self.guard = False

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

    def block(self, body: Iterable[ast.stmt]) -> bool:
        """Read statements in order; true if the end is never reached."""
        ended = False
        for statement in body:
            read = _STATEMENTS.get(type(statement))
            ended = (read is not None and read(self, statement)) or ended
        return ended

    def _assigns(self, node: ast.Assign) -> bool:
        value = self.foreign(node.value)
        for target in node.targets:
            self._bind(target, node.value, value)
        return False

    def _declares(self, node: ast.AnnAssign) -> bool:
        if node.value is not None:
            self._bind(node.target, node.value, self.foreign(node.value))
        return False

    def _augments(self, node: ast.AugAssign) -> bool:
        if isinstance(node.target, ast.Name):
            name = node.target.id
            self.names[name] = self.names[name] or not isinstance(node.op, _STEPS) or self.foreign(node.value)
        return False

    def _bind(self, target: ast.expr, node: ast.expr | None, value: bool) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            same = isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == len(target.elts)
            values = [self.foreign(e) for e in node.elts] if same else []  # type: ignore[union-attr]
            for i, part in enumerate(target.elts):
                # The first of a pair, of values and places, may be known.
                self._bind(part, None, values[i] if same else i > 0)
        elif isinstance(target, ast.Subscript) and _is_all(target.slice):
            path = chain(target.value)
            if path in self.names:
                self.names[path] = value

    def _returns(self, node: ast.Return) -> bool:
        if node.value is not None:
            self.exits.append((self.guard, self.foreign(node.value)))
        return True

    def _leaves(self, node: ast.stmt) -> bool:
        return True

    def _asks(self, node: ast.If) -> bool:
        test = self.foreign(node.test)
        taken, taken_guard, taken_ends = self._branch(node.body, test)
        other, other_guard, other_ends = self._branch(node.orelse, test)
        if taken_ends and not other_ends:
            self.names, self.guard = other, other_guard
        elif other_ends and not taken_ends:
            self.names, self.guard = taken, taken_guard
        else:
            self._merge(taken, other)
        return taken_ends and other_ends

    def _branch(self, body: Iterable[ast.stmt], test: bool = False) -> tuple[dict[str, bool], bool, bool]:
        """What a branch leaves: its names, whether a condition is foreign there, and whether its end is reached."""
        names, guard = self.names, self.guard
        self.names, self.guard = dict(names), guard or test
        ended = self.block(body)
        left = self.names, self.guard, ended
        self.names, self.guard = names, guard
        return left

    def _merge(self, one: dict[str, bool], other: dict[str, bool]) -> None:
        """A choice holds what both ways leave."""
        self.names = {name: value or other.get(name, False) for name, value in one.items()}

    def _repeats(self, node: ast.For | ast.AsyncFor | ast.While) -> bool:
        changed = bound(node.body)
        own = set() if isinstance(node, ast.While) else _stored_names(node.target) - changed
        changed |= own
        before = dict(self.names)
        # What holds in any round holds in the first.
        self.names |= dict.fromkeys(changed & self.names.keys(), True)
        self.block(node.body)
        sums, lists = _built(node.body)
        for name in changed & self.names.keys():
            if name in lists:
                self.names[name] = False
            elif name in sums:
                self.names[name] = before[name]
            else:
                self.names[name] = self.names[name] or before[name] or name in own
        self.block(node.orelse)
        return False

    def _enters(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            if item.optional_vars is not None:
                self.names |= dict.fromkeys(_stored_names(item.optional_vars), True)
        return self.block(node.body)

    def _tries(self, node: ast.Try) -> bool:
        before = {**self.names, **dict.fromkeys(bound(node.body) & self.names.keys(), True)}
        self.block(node.body)
        for handler in node.handlers:
            after, self.names = self.names, dict(before)
            other, _, ended = self._branch(handler.body)
            self.names = after
            if not ended:
                self._merge(after, other)
        self.block(node.orelse)
        self._branch(node.finalbody)
        return False

    def _matches(self, node: ast.Match) -> bool:
        for case in node.cases:
            self._merge(self.names, self._branch(case.body)[0])
        return False

    def _defines(self, node: Function | ast.ClassDef) -> bool:
        self.names[node.name] = True
        return False


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


def _is_all(place: ast.expr) -> bool:
    """Whether a subscript is of the whole."""
    parts = place.elts if isinstance(place, ast.Tuple) else [place]
    return all(isinstance(p, ast.Slice) and p.lower is None and p.upper is None for p in parts)


def _built(body: Iterable[ast.stmt]) -> tuple[set[str], set[str]]:
    """The names that a loop may build up to a sum, and to a list."""
    sums: set[str] = set()
    lists: set[str] = set()
    for node in statements(body):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)):
                sums.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.Add())):
                sums.add(name)
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
                lists.add(name)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"))):
                lists.add(name)
    return sums, lists


def _stored(body: Iterable[ast.stmt]) -> set[str]:
    """All attributes that are given a value somewhere in some code."""
    nodes = [n for s in body for n in ast.walk(s) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]
    return {chain(node) or "" for node in nodes}


def _stored_names(target: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}


def _unsure(function: Function) -> set[str]:
    """The names of a function that may get a value in the midst of an expression, or in another function."""
    found: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.NamedExpr(target=ast.Name(id=name)) | ast.keyword(arg="out", value=ast.Name(id=name)):
                found.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found |= {*names}
            case ast.Import(names=several) | ast.ImportFrom(names=several):
                found |= {alias.asname or alias.name.partition(".")[0] for alias in several}
    return found


def constants(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names under which Euler's number and the like are imported."""
    imports = [statement for statement in statements(body) if isinstance(statement, ast.ImportFrom)]
    return frozenset(a.asname or a.name for i in imports for a in i.names if a.name in _known_constants())


@cache
def _known_constants() -> frozenset[str]:
    """The last parts of the names of constants that are looked into."""
    return frozenset(p.rpartition(".")[2] for d in dialects() for p, c in d.constants.items() if c != "pi")


_EXPRESSIONS: dict[type[ast.expr], Callable[[_Reader, Any], bool]] = {
    ast.Name: _Reader._name,
    ast.Constant: _Reader._constant,
    ast.UnaryOp: _Reader._unary,
    ast.BinOp: _Reader._binary,
    ast.BoolOp: _Reader._either,
    ast.Compare: _Reader._compared,
    ast.IfExp: _Reader._choice,
    ast.Tuple: _Reader._elements,
    ast.List: _Reader._elements,
    ast.NamedExpr: _Reader._walrus,
    ast.ListComp: _Reader._comprehension,
    ast.GeneratorExp: _Reader._comprehension,
    ast.Subscript: _Reader._subscript,
    ast.Attribute: _Reader._attribute,
    ast.Call: _Reader._call,
    ast.Dict: _Reader._always,
    ast.Set: _Reader._always,
    ast.DictComp: _Reader._always,
    ast.SetComp: _Reader._always,
    ast.Lambda: _Reader._always,
    ast.JoinedStr: _Reader._always,
    ast.Await: _Reader._always,
}
_STATEMENTS: dict[type[ast.stmt], Callable[[_Reader, Any], bool]] = {
    ast.Assign: _Reader._assigns,
    ast.AnnAssign: _Reader._declares,
    ast.AugAssign: _Reader._augments,
    ast.Return: _Reader._returns,
    ast.Raise: _Reader._leaves,
    ast.Break: _Reader._leaves,
    ast.Continue: _Reader._leaves,
    ast.If: _Reader._asks,
    ast.For: _Reader._repeats,
    ast.AsyncFor: _Reader._repeats,
    ast.While: _Reader._repeats,
    ast.With: _Reader._enters,
    ast.AsyncWith: _Reader._enters,
    ast.Try: _Reader._tries,
    getattr(ast, "TryStar", ast.Try): _Reader._tries,
    ast.Match: _Reader._matches,
    ast.FunctionDef: _Reader._defines,
    ast.AsyncFunctionDef: _Reader._defines,
    ast.ClassDef: _Reader._defines,
}
