"""The nodes of a module's syntax tree where a name is written, found without a walk through all of it."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from stabaudit.fix.flows import FUNCTIONS, Owner
from stabaudit.source.tree import first_line

NEWLINE = re.compile(r"\r\n|\r|\n")


class Written:
    """The nodes of `tree` by their rows; `outer` is what the functions come upon so far stand in."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self.tree = tree
        self.outer: dict[Owner, Owner] = {}
        # In this form names are the same that are the same to Python.
        self._text = text if text.isascii() else normalize("NFKC", text)
        self._starts = [m.end() for m in NEWLINE.finditer(self._text)]

    def with_name(self, name: str) -> Iterator[tuple[ast.AST, Owner]]:
        """The nodes of all statements that hold a name, each with the function it stands in, the last first."""
        rows: list[int] = []
        for match in re.finditer(rf"{name}\b", self._text):
            before = self._text[match.start() - 1 : match.start()]
            if not (before.isalnum() or before == "_"):
                row = bisect_right(self._starts, match.start()) + 1
                if rows[-1:] != [row]:
                    rows.append(row)
        return self.on(rows)

    def on(self, rows: Sequence[int]) -> Iterator[tuple[ast.AST, Owner]]:
        """The nodes of all statements on some rows, each with the function it stands in, the last first."""
        todo: list[tuple[ast.AST, Owner]] = [(s, self.tree) for s in _touched(self.tree.body, rows)]
        while todo:
            node, owner = todo.pop()
            inner = owner
            if isinstance(node, FUNCTIONS):
                inner = node
                self.outer[node] = owner
            yield node, owner
            todo += [(child, inner) for child in inside(node, rows)]


def inside(node: ast.AST, rows: Sequence[int] | None = None) -> list[ast.AST]:
    """The nodes directly inside of a node; of statements those on some rows, or all."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            if rows is not None and value and isinstance(value[0], ast.stmt):
                found += _touched(value, rows)
            else:
                found += [child for child in value if isinstance(child, ast.AST)]
        elif name != "ctx" and isinstance(value, ast.AST):
            found.append(value)
    return found


def _touched(body: Sequence[ast.stmt], rows: Sequence[int]) -> list[ast.stmt]:
    """The statements of a block that are on any of some rows, both in order."""
    found: list[ast.stmt] = []
    index = 0
    while index < len(body):
        statement = body[index]
        place = bisect_left(rows, first_line(statement))
        if place == len(rows):
            break
        index += 1
        if rows[place] <= _last_line(statement):
            found.append(statement)
        else:
            index = bisect_left(body, rows[place], index, key=_last_line)
    return found


def _last_line(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
