"""The rows of a text that a part of its tree is made of: what LibCST parses, ten times as slowly as Python itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from stabaudit.source.tree import first_line
from stabaudit.syntax.compound import COMPOUND, Class, Function
from stabaudit.syntax.node import LeftOut, Node, Statement, parts
from stabaudit.syntax.places import first_row
from stabaudit.syntax.statements import Block, Module

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: Comments and empty lines.
HEAD = re.compile(r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")


class Excerpt:
    """A text with lines left out, so that a parser sees in it what is in `tree`; all of it without one."""

    def __init__(self, whole: str, tree: Module | None = None) -> None:
        self._whole = whole
        self._tree = tree

    @cached_property
    def rows(self) -> tuple[int, ...] | None:
        """The rows of those lines that are there, counted from 1; `None` if that are all."""
        return None if self._tree is None else tuple(sorted(self._kept))

    @cached_property
    def text(self) -> str:
        """What is left."""
        if self.rows is None:
            return self._whole
        lines = LINE.findall(self._whole)
        return "".join([_cut(lines[row - 1], self._kept[row]) for row in self.rows])

    def row(self, row: int) -> int:
        """The row in the whole text of a row of the excerpt; the row behind the last is that behind its line."""
        if self.rows is None or row < 1:
            return row
        return self.rows[row - 1] if row <= len(self.rows) else self.rows[-1] + row - len(self.rows)

    @cached_property
    def _kept(self) -> dict[int, LeftOut | None]:
        """The rows that are there, and what of each is left out."""
        assert self._tree is not None
        # An import that a fix needs goes behind the comments at the top.
        head = HEAD.match(self._whole)
        above = len(LINE.findall(head[0])) if head is not None else 0
        return {**dict.fromkeys(range(1, above + 1)), **dict(_rows(self._tree.body))}


def _rows(body: Sequence[Statement]) -> Iterator[tuple[int, LeftOut | None]]:
    for statement in body:
        place = statement.place
        if isinstance(statement, Class):
            # Its statements may be fewer than there are, and what stands between those that are left out is, too.
            start = first_row(statement)
            yield from dict.fromkeys(range(start, max(start + 1, first_line(place.body[0])))).items()
            yield from _rows(statement.body.body)
            continue
        gone = {row: cut for cut in _left_out(statement) for row in range(cut.lineno, cut.last + 1)}
        for row in range(first_row(statement), place.end_lineno + 1):
            cut = gone.get(row)
            if cut is None or cut.lineno == row:
                yield row, cut


def _left_out(node: Node) -> Iterator[LeftOut]:
    """What is left out of a statement."""
    if isinstance(node.place, LeftOut):
        yield node.place
    elif isinstance(node, Function):
        # Of a function all is there, or nothing but its head.
        if isinstance(node.body.body[0].place, LeftOut):
            yield node.body.body[0].place
    else:
        for part in parts(node):
            if isinstance(part, (Block, *COMPOUND)) or isinstance(node, (Block, *COMPOUND)):
                yield from _left_out(part)


def _cut(line: str, gone: LeftOut | None) -> str:
    if gone is None:
        return line
    kept = line.encode("utf-8", "surrogatepass")[: gone.col_offset].decode("utf-8", "surrogatepass")
    return f"{kept}pass{line[len(line.rstrip()) :] or chr(10)}"
