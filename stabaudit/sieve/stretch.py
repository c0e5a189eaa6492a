"""The stretches of a module: functions that stand in no other, and all that stands outside of functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stabaudit.sieve.needles import words

Function = ast.FunctionDef | ast.AsyncFunctionDef
NAME = re.compile(r"\w+")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(eq=False)
class Stretch:
    """One stretch; `node` is its function, `name` what that is called by, `f` or `self.f`.

    `hit`: some pattern could fit an expression in it. `given` are the marks of what it gives back, `calls` the
    names of the functions it calls, `callers` who looked at what it gives back, `names` all words in it.
    """

    body: list[ast.stmt]
    node: Function | None = None
    name: str = ""
    hit: bool = False
    given: int | None = None
    calls: set[str] = field(default_factory=set)
    callers: set[Stretch] = field(default_factory=set)
    names: frozenset[str] | None = None

    def text(self, lines: Sequence[str]) -> Iterator[str]:
        """Its source, line by line, decorators included."""
        for node in [self.node] if self.node is not None else self.body:
            yield from lines[first_line(node) - 1 : node.end_lineno]


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def names_a_word(stretch: Stretch, lines: Sequence[str]) -> bool:
    """Whether some library's exponential or logarithm is named in a stretch."""
    return words().search("".join(stretch.text(lines))) is not None


def mentions(stretch: Stretch, lines: Sequence[str], names: Collection[str]) -> bool:
    """Whether one of these names, the last parts of dotted ones, occurs in a stretch."""
    if not names:
        return False
    if stretch.names is None:
        stretch.names = frozenset(NAME.findall("".join(stretch.text(lines))))
    return not stretch.names.isdisjoint(names)


def blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        if block := getattr(node, name, None):
            yield block
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements in a body, those inside of others as well."""
    todo = list(body)
    while todo:
        node = todo.pop()
        yield node
        for block in blocks(node):
            todo += block
