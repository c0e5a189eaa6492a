"""One stretch walked, statement by statement."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.sieve.bits import SUM, anything, under
from stabaudit.sieve.stretch import FUNCTIONS, Function, blocks, defaults, parameters
from stabaudit.sieve.values import COMBINED, Values

#: Rounds until what names hold is taken for anything.
MOST_ROUNDS = 8


class Walk(Values):
    """Goes through a stretch in order, and again through what runs again, until nothing new is learned of its names."""

    back = 0

    def walk(self) -> int:
        """The shapes of what the stretch gives back."""
        for round_ in range(MOST_ROUNDS + 1):
            self.changed_later = False
            self.asked_later.clear()
            self.asked.clear()
            self.known.clear()
            self._block(self.stretch.body)
            if not self.changed_later:
                break
            if round_ == MOST_ROUNDS:
                self._takes_anything()
        return self.back

    def _takes_anything(self) -> None:
        self.stretch.hit, self.back = True, anything()

    def _block(self, body: Iterable[ast.stmt]) -> None:
        """Statements, those inside of others as well."""
        for statement in body:
            kind = type(statement)
            if kind in LOOPS and not self.loops:
                self._loop(statement)
            elif kind in FUNCTIONS and statement is not self.stretch.node:
                self._inner_function(statement)
            else:
                self._statement(statement)

    def _inner_function(self, statement: ast.stmt) -> None:
        """A function that is defined in the stretch: its name holds what a call of it gives."""
        assert isinstance(statement, FUNCTIONS)
        around, self.back = self.back, 0
        self.deferred += 1
        self._statement(statement)
        self.deferred -= 1
        self.inner.add(statement.name)
        self.bind(ast.Name(statement.name), self.back)
        self.back |= around

    def _statement(self, statement: ast.stmt) -> None:
        STATEMENTS.get(type(statement), Walk.inside)(self, statement)
        if type(statement) in COMPOUND:
            for block in blocks(statement):
                self._block(block)

    def _loop(self, statement: ast.stmt) -> None:
        """A loop that stands in no other, with those in it, until nothing new is learned."""
        self.loops = True
        for round_ in range(MOST_ROUNDS + 1):
            self.changed = False
            self.asked.clear()
            self.known.clear()
            self._statement(statement)
            if not self.changed:
                break
            if round_ == MOST_ROUNDS:
                self._takes_anything()
        self.loops = False

    def _assigns(self, node: ast.Assign) -> None:
        value = self.look(node.value)
        for target in node.targets:
            self._assign(target, node.value, value)
            if not isinstance(target, ast.Name):
                self.inside(target)

    def _declares(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._assign(node.target, node.value, self.look(node.value))

    def _augments(self, node: ast.AugAssign) -> None:
        before, given = self.value(node.target), self.look(node.value)
        if type(node.op) not in COMBINED:
            self.bind(node.target, before | given)
            return
        value = self.combined(node.op, before, given, node.value)
        if isinstance(node.op, ast.Add):
            # A loop adds up a sum.
            value |= under(SUM, given)
        if self.suffices(value):
            self.stretch.hit = True
        self.bind(node.target, value)

    def _says(self, node: ast.Expr) -> None:
        if type(node.value) is not ast.Constant:
            self.look(node.value)

    def _nothing(self, node: ast.stmt) -> None:
        pass

    def _repeats(self, node: ast.For | ast.AsyncFor) -> None:
        self.bind(node.target, self.look(node.iter))

    def _returns(self, node: ast.Return) -> None:
        if node.value is not None:
            self.back |= self.look(node.value)

    def _asks(self, node: ast.If | ast.While | ast.Assert) -> None:
        # Conditions on the way are part of what a function gives back.
        self.back |= self.look(node.test)

    def _defines(self, node: Function) -> None:
        """What stands around a function's body: decorators and defaults; its parameters are no numbers."""
        for decorator in node.decorator_list:
            self.look(decorator)
        for default in defaults(node):
            self.look(default)
        for name in parameters(node):
            self.names.setdefault(name, 0)

    def _assign(self, target: ast.expr, node: ast.expr, value: int) -> None:
        """Names that hold a value, each its own where both sides are lists."""
        match target, node:
            case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if len(target.elts) == len(node.elts):
                for one, other in zip(target.elts, node.elts, strict=True):
                    self._assign(one, other, self.value(other))
            case ast.Name(id=name), ast.Lambda():
                self.inner.add(name)
                self.bind(target, value)
            case _:
                self.bind(target, value)


# Looked up by type: a chain of questions would be asked of each statement of each round.
STATEMENTS: dict[type[ast.stmt], Callable[[Walk, Any], None]] = {
    ast.Assign: Walk._assigns,
    ast.AnnAssign: Walk._declares,
    ast.AugAssign: Walk._augments,
    ast.Expr: Walk._says,
    ast.Pass: Walk._nothing,
    ast.Import: Walk._nothing,
    ast.ImportFrom: Walk._nothing,
    ast.For: Walk._repeats,
    ast.AsyncFor: Walk._repeats,
    ast.Return: Walk._returns,
    ast.If: Walk._asks,
    ast.While: Walk._asks,
    ast.Assert: Walk._asks,
    ast.FunctionDef: Walk._defines,
    ast.AsyncFunctionDef: Walk._defines,
}
#: Statements that run several times.
LOOPS = frozenset({ast.For, ast.AsyncFor, ast.While})
#: Statements in which others stand.
COMPOUND = frozenset(
    {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.AsyncFor, ast.While, ast.With,
     ast.AsyncWith, ast.Try, ast.Match, getattr(ast, "TryStar", ast.Try)}
)  # fmt: skip
