"""Where the text of a rewrite goes, and whether it needs brackets there."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.code_text import strength
from stabaudit.fix.layout import fitted, own_width
from stabaudit.fix.text import ATOM, LOOSE, SIGN, Text

#: Behind these and before those an expression stands by itself.
OPENING = ("=", "(", "[", "{", ",", ":", "return", "yield", "lambda")
CLOSING = (")", "]", "}", ",", "#", ";")


def replacement(node: cst.CSTNode, start: Position, end: Position, text: Text, source: str) -> Edit:
    """The edit that puts `text` in the place of `node`, with the brackets it needs and without those it does not."""
    return _in_brackets(node, start, end, text, source.splitlines(keepends=True))


def laid_out(node: cst.CSTNode, start: Position, edit: Edit, source: str) -> Edit:
    """The edit that replaces `node`, which begins at `start`, with lines no longer than those of the `source`."""
    lines = source.splitlines(keepends=True)
    before = lines[edit.start.row - 1][: edit.start.column - 1]
    after = lines[edit.end.row - 1][edit.end.column - 1 :].rstrip("\r\n")
    # What was wider before may be so again.
    was = max(len(line.rstrip("\r\n")) for line in lines[edit.start.row - 1 : edit.end.row])
    if any(before.count(quote) % 2 for quote in "'\""):
        # A line break in an f-string is not for all releases of Python.
        return edit
    inside = isinstance(node, cst.BaseExpression) and bool(node.lpar) and not edit.content.startswith("(")
    inside = inside and edit.start == start
    width = max(own_width(source), was)
    return Edit(edit.start, edit.end, fitted(before, edit.content, after, width, inside=inside))


def is_torn(edit: Edit, source: str) -> bool:
    """Whether an edit breaks a line that goes on with another operand behind it."""
    after = source.splitlines()[edit.end.row - 1][edit.end.column - 1 :].lstrip(") ")
    return "\n" in edit.content and after.startswith(("+", "-", "*", "/", "@"))


def _in_brackets(node: cst.CSTNode, start: Position, end: Position, text: Text, lines: Sequence[str]) -> Edit:
    """The edit on one line."""
    if isinstance(node, cst.AugAssign):
        # What the name held is gone with the fix, so nothing is left to change in place.
        assert isinstance(node.target, cst.Name)
        return Edit(start, end, f"{node.target.value} = {text.within(LOOSE)}")
    assert isinstance(node, cst.BaseExpression)
    before = lines[start.row - 1][: start.column - 1]
    after = lines[end.row - 1][end.column - 1 :]
    if node.lpar and (text.strength == ATOM or (text.strength == SIGN and _is_first(before, after))):
        around = _brackets(start, end, lines)
        if around is not None and not _touches_word(lines[around[0].row - 1][: around[0].column - 1]):
            return Edit(*around, text.source)
    alone = before.rstrip().endswith(OPENING) and (after.strip() == "" or after.lstrip().startswith(CLOSING))
    if node.lpar or alone:
        # A bracket may touch a word and a name may not: `return(1 + x)**-1`.
        return Edit(start, end, f" {text.source}" if before[-1:].isalpha() else text.source)
    return Edit(start, end, text.within(max(strength(node), LOOSE + 1)))


def _brackets(start: Position, end: Position, lines: Sequence[str]) -> tuple[Position, Position] | None:
    """The brackets around a place, with nothing but white space between them and what they enclose."""
    row, head = start.row, lines[start.row - 1][: start.column - 1]
    while not head.strip() and row > 1:
        row -= 1
        head = lines[row - 1]
    last, tail = end.row, lines[end.row - 1][end.column - 1 :]
    while not tail.strip() and last < len(lines):
        last += 1
        tail = lines[last - 1]
    if not head.rstrip().endswith("(") or not tail.lstrip().startswith(")"):
        return None
    opened = len(head.rstrip())
    closed = lines[last - 1].index(")", 0 if last > end.row else end.column - 1) + 1
    return Position(row, opened), Position(last, closed + 1)


def _touches_word(before: str) -> bool:
    """Whether what stands before a bracket would run into a name in its place, or calls it."""
    return bool(before) and (before[-1].isalnum() or before[-1] in "_)]")


def _is_first(before: str, after: str) -> bool:
    """Whether a sign may stand in the place of a bracket: in front of a product or sum, and under no power."""
    head = before.rstrip().removesuffix("(").rstrip()
    tail = after.lstrip().removeprefix(")").lstrip()
    return (head.endswith(OPENING) or not head) and not tail.startswith(("**", ".", "[", "("))
