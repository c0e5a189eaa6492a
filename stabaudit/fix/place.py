"""Where the text of a rewrite goes, and whether it needs brackets there."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from stabaudit.finding import Edit, Position
from stabaudit.fix.propose import strength
from stabaudit.fix.render import ATOM, LOOSE, Text

#: Behind these and before those an expression stands by itself.
OPENING = ("=", "(", "[", "{", ",", ":", "return", "yield", "lambda")
CLOSING = (")", "]", "}", ",", "#", ";")

#: Words that a bracket may touch and a name may not: `return(x)`.
KEYWORDS = ("return", "yield", "in", "not", "and", "or", "is", "if", "else", "assert", "await", "del")


def replacement(node: cst.CSTNode, start: Position, end: Position, text: Text, lines: Sequence[str]) -> Edit:
    """The edit that puts `text` in the place of `node`, with the brackets it needs and without those it does not."""
    if isinstance(node, cst.AugAssign):
        # What the name held is gone with the fix, so nothing is left to change in place.
        assert isinstance(node.target, cst.Name)
        return Edit(start, end, f"{node.target.value} = {text.within(LOOSE)}")
    assert isinstance(node, cst.BaseExpression)
    before = lines[start.row - 1][: start.column - 1]
    after = lines[end.row - 1][end.column - 1 :]
    bracketed = bool(node.lpar) and before.endswith("(") and after.startswith(")")
    if bracketed and text.strength == ATOM and not before[:-1].rstrip(" ").endswith(KEYWORDS):
        return Edit(Position(start.row, start.column - 1), Position(end.row, end.column + 1), text.source)
    alone = before.rstrip().endswith(OPENING) and (after.strip() == "" or after.lstrip().startswith(CLOSING))
    if node.lpar or (alone and not text.open_ended):
        return Edit(start, end, text.source)
    return Edit(start, end, text.within(max(strength(node), LOOSE + 1)))
