"""What a function gives back on each way out of it, and whether that is surely foreign.

Statements are read in the order in which the lift reads them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.sieve.changes import bound
from stabaudit.sieve.foreign import Foreign, Surroundings
from stabaudit.sieve.names import chain
from stabaudit.sieve.stretch import Function, statements

#: Operators of which the lift knows the result; after `x %= y` nothing is known of x.
_STEPS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


def gives_what_is_foreign(function: Function, module: Surroundings) -> bool:
    """Whether something that a function gives back, or a condition on the way there, is surely foreign."""
    reader = Exits(function, module)
    reader.block(function.body)
    # What decides on the last way out is not asked.
    return any(value for _, value in reader.found) or any(condition for condition, _ in reader.found[:-1])


class Exits(Foreign):
    """Goes through a function; `found` are its ways out, each with whether a condition and the value are foreign."""

    def __init__(self, function: Function, module: Surroundings) -> None:
        super().__init__(module)
        self.found: list[tuple[bool, bool]] = []
        # A name that is not bound yet holds nothing that is known.
        self.names |= dict.fromkeys(bound(function.body), True)
        self.names |= dict.fromkeys((p.arg for p in function.args.args if p.arg not in ("self", "cls")), False)
        self.stored |= _stored(function.body)
        self.unsure |= _unsure(function)
        self.guard = False

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
            self.found.append((self.guard, self.foreign(node.value)))
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
        # What a round changes is not known at its start, as it may be any round.
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


_STATEMENTS: dict[type[ast.stmt], Callable[[Exits, Any], bool]] = {
    ast.Assign: Exits._assigns,
    ast.AnnAssign: Exits._declares,
    ast.AugAssign: Exits._augments,
    ast.Return: Exits._returns,
    ast.Raise: Exits._leaves,
    ast.Break: Exits._leaves,
    ast.Continue: Exits._leaves,
    ast.If: Exits._asks,
    ast.For: Exits._repeats,
    ast.AsyncFor: Exits._repeats,
    ast.While: Exits._repeats,
    ast.With: Exits._enters,
    ast.AsyncWith: Exits._enters,
    ast.Try: Exits._tries,
    getattr(ast, "TryStar", ast.Try): Exits._tries,
    ast.Match: Exits._matches,
    ast.FunctionDef: Exits._defines,
    ast.AsyncFunctionDef: Exits._defines,
    ast.ClassDef: Exits._defines,
}
