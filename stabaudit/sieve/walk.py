"""One stretch walked, statement by statement."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from stabaudit.sieve.bits import applied, bit, every, suffices
from stabaudit.sieve.stretch import Function, blocks
from stabaudit.sieve.values import OPERATORS, Values, defaults, own_marks

#: Rounds until what names hold is taken for anything.
MOST_ROUNDS = 8


class Walk(Values):
    """Goes through a stretch until nothing new is learned of its names."""

    back = 0

    def walk(self) -> int:
        """The marks of what the stretch gives back."""
        node = self.stretch.node
        for round_ in range(MOST_ROUNDS + 1):
            self.changed = False
            self.calls.clear()
            if node is not None:
                self._heading(node)
            self._block(self.stretch.body)
            if not self.changed:
                break
            if round_ == MOST_ROUNDS:
                self.stretch.hit, self.back = True, every()
        return self.back

    def _heading(self, node: Function) -> None:
        """What stands around a function's body: decorators and defaults."""
        for decorator in node.decorator_list:
            self.look(decorator)
        for default in defaults(node):
            self.look(default)

    def _block(self, body: Iterable[ast.stmt]) -> None:
        """Statements, those inside of others as well."""
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        """One statement, and those in it."""
        match node:
            case ast.Assign():
                value = self.look(node.value)
                for target in node.targets:
                    self._assign(target, node.value, value)
                    if not isinstance(target, ast.Name):
                        self.inside(target)
            case ast.AnnAssign():
                if node.value is not None:
                    self._assign(node.target, node.value, self.look(node.value))
            case ast.AugAssign():
                own = OPERATORS.get(type(node.op))
                value = self.value(node.value) | self.value(node.target)
                if own is not None:
                    # A loop adds up a sum.
                    left = own_marks(own) | (bit("sum") if isinstance(node.op, ast.Add) else 0)
                    value = applied(left, value)
                    if suffices(value):
                        self.stretch.hit = True
                self.look(node.value)
                self.bind(node.target, value)
            case ast.For() | ast.AsyncFor():
                self.bind(node.target, self.look(node.iter))
            case ast.Return() if node.value is not None:
                self.back |= self.look(node.value)
            case ast.If() | ast.While() | ast.Assert():
                # Conditions on the way are part of what a function gives back.
                self.back |= self.look(node.test)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._heading(node)
                if self.stretch.node is None:
                    return
            case _:
                self.inside(node)
        for block in blocks(node):
            self._block(block)

    def _assign(self, target: ast.expr, node: ast.expr, value: int) -> None:
        """Names that hold a value, each its own where both sides are lists."""
        match target, node:
            case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if len(target.elts) == len(node.elts):
                for one, other in zip(target.elts, node.elts, strict=True):
                    self._assign(one, other, self.value(other))
            case _:
                self.bind(target, value)
