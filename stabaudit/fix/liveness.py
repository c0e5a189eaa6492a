"""Which values that a function gives to its names nothing reads: told from the text alone, in doubt it is read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stabaudit.fix.changes import FUNCTIONS

CLOSED = (*FUNCTIONS, ast.Lambda, ast.ClassDef)
#: Functions that reach every name.
REACHING = frozenset({"locals", "vars", "eval", "exec", "dir", "query", "evaluate", "_getframe", "currentframe"})


def unread(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Assign]:
    """The statements `name = value` of a function of which no way leads to a reading of the name."""
    inside = [n for statement in function.body for n in ast.walk(statement)]
    called = (n.func for n in inside if isinstance(n, ast.Call))
    if any(getattr(f, "id", getattr(f, "attr", "")) in REACHING for f in called):
        return
    shared = {name for n in inside if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
    captured = {m.id for n in inside if isinstance(n, CLOSED) for m in ast.walk(n) if isinstance(m, ast.Name)}
    assigned = {n.targets[0].id for n in inside if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)}
    for name in sorted(assigned - shared - captured):
        ways = _Ways(name)
        ways.block(function.body, _After(False))
        yield from ways.dead()


class _After(NamedTuple):
    """Whether a name is read behind a place: next, where a loop is left or goes on, and where an error leads."""

    next: bool
    left: bool = False
    on: bool = False
    error: bool = False


class _Ways:
    """The ways from the values of one name to its readings."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._read: dict[int, bool] = {}
        self._given: dict[int, ast.Assign] = {}

    def dead(self) -> list[ast.Assign]:
        """The statements whose value no way leads to a reading from."""
        return [statement for key, statement in self._given.items() if not self._read[key]]

    def block(self, statements: Sequence[ast.stmt], after: _After) -> bool:
        """Whether the name is read from the beginning of a block on."""
        live = after.next
        for statement in reversed(statements):
            live = self._statement(statement, after._replace(next=live))
        return live

    def _statement(self, statement: ast.stmt, after: _After) -> bool:
        match statement:
            case ast.Assign(targets=[ast.Name(id=self.name)], value=value):
                return self._assignment(statement, value, after)
            case ast.Return() | ast.Raise():
                return self._reads(statement) or after.error
            case ast.Break():
                return after.left
            case ast.Continue():
                return after.on
            case ast.If(test=test, body=body, orelse=orelse):
                ways = [self.block(body, after), self.block(orelse, after)]
                return self._reads(test) or any(ways)
            case ast.For(target=head, body=body, orelse=orelse) | ast.AsyncFor(target=head, body=body, orelse=orelse):
                return self._loop([head, statement.iter], body, orelse, after)
            case ast.While(test=test, body=body, orelse=orelse):
                return self._loop([test], body, orelse, after)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                # What is entered may take an error.
                live = self.block(body, after._replace(error=after.error or after.next))
                return live or any(self._reads(item) for item in items)
            case ast.Match(cases=cases):
                ways = [self.block(case.body, after) for case in cases]
                return any(ways) or after.next or self._reads(statement)
        if hasattr(statement, "handlers"):
            return self._guarded(statement, after)
        return self._reads(statement) or after.next

    def _guarded(self, statement: ast.stmt, after: _After) -> bool:
        """The same for `try`, where each line may lead to each block."""
        anywhere = after.error or after.next or self._reads(statement)
        behind = after._replace(next=anywhere, error=anywhere)
        blocks = (getattr(statement, field) for field in ("body", "orelse", "finalbody"))
        handlers = (handler.body for handler in getattr(statement, "handlers", ()))
        for block in (*blocks, *handlers):
            self.block(block, behind)
        return anywhere

    def _assignment(self, statement: ast.Assign, value: ast.expr, after: _After) -> bool:
        read = after.next or after.error
        self._given[id(statement)] = statement
        self._read[id(statement)] = self._read.get(id(statement), False) or read
        return self._reads(value) or after.error

    def _loop(
        self, heads: Sequence[ast.AST], body: Sequence[ast.stmt], orelse: Sequence[ast.stmt], after: _After
    ) -> bool:
        over = self.block(orelse, after)
        live = over or any(self._reads(head) for head in heads)
        for _ in range(2):
            live = live or self.block(body, after._replace(next=live, left=after.next, on=live))
            # Once more with what the next round reads.
            self.block(body, after._replace(next=live, left=after.next, on=live))
        return live

    def _reads(self, node: ast.AST) -> bool:
        """Whether a node says the name otherwise than to give it a value."""
        return any(
            isinstance(n, ast.Name) and n.id == self.name and not isinstance(n.ctx, ast.Store) for n in ast.walk(node)
        )
