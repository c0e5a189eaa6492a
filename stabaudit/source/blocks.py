"""The Python code blocks of Markdown and reStructuredText, each a text of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stabaudit.finding import Edit, Finding, Position

MARKDOWN = (".md", ".markdown")
DOCUMENTS = (*MARKDOWN, ".rst")
_LANGUAGES = ("python", "py", "python3")
# CommonMark: three or more marks; a word after backticks holds no backtick.
_FENCE = re.compile(r"(?P<indent>[ \t]*(?:>[ \t]?)*[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\.[ \t]+(?:code-block|code|sourcecode)::[ \t]*(?P<info>\S*)[ \t]*$")


class Block(NamedTuple):
    """The text of a block, the row of its first line, and what its lines are indented by."""

    text: str
    row: int
    indent: str


def is_document(path: str) -> bool:
    """Whether the file at `path` is prose with code in it."""
    return path.endswith(DOCUMENTS)


def blocks(path: str, text: str) -> Iterator[Block]:
    """The Python blocks of the document `text`."""
    # Imported here: most runs see no document.
    from stabaudit.source.lines import bare

    rows = bare(text)
    yield from _fenced(rows) if path.endswith(MARKDOWN) else _directed(rows)


def check(path: str, find: Callable[[str], Sequence[Finding]], text: str) -> list[Finding]:
    """What `find` says of each block of `text`, at its place in the text; a fragment is passed over."""
    from stabaudit.finding import Unparsable

    found: list[Finding] = []
    for block in blocks(path, text):
        try:
            found += [_moved(one, block) for one in find(block.text)]
        except Unparsable:
            continue
    return found


def _fenced(rows: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(rows):
        opened = _FENCE.match(rows[at])
        at += 1
        if not opened:
            continue
        first, marks, indent = at, opened["marks"], opened["indent"]
        closing = re.compile(rf"[ \t>]*{marks[0]}{{{len(marks)},}}[ \t]*$")
        while at < len(rows) and not closing.match(rows[at]):
            at += 1
        words = re.split(r"[\s,{}.]+", opened["info"].strip(" \t{.").lower())
        if words[0] in _LANGUAGES:
            yield from _block(rows[first:at], first, indent)
        at += 1


def _directed(rows: Sequence[str]) -> Iterator[Block]:
    for at, row in enumerate(rows):
        opened = _DIRECTIVE.match(row)
        if not opened or opened["info"].lower() not in _LANGUAGES:
            continue
        first = at + 1
        # Options of the directive stand right below it.
        while first < len(rows) and re.match(r"[ \t]+:[\w-]+:", rows[first]):
            first += 1
        while first < len(rows) and not rows[first].strip():
            first += 1
        outer = len(opened["indent"])
        last = first
        while last < len(rows) and (not rows[last].strip() or _depth(rows[last]) > outer):
            last += 1
        if first < last:
            yield from _block(rows[first:last], first, rows[first][: _depth(rows[first])])


def _block(rows: Sequence[str], before: int, indent: str) -> Iterator[Block]:
    """The block of `rows`, unless a line of it stands outside its indentation."""
    if all(row.startswith(indent) or not row.strip(" \t>") for row in rows):
        yield Block("".join(f"{row[len(indent) :]}\n" for row in rows), before + 1, indent)


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))


def _moved(finding: Finding, block: Block) -> Finding:
    from dataclasses import replace

    def place(position: Position) -> Position:
        return replace(position, row=position.row + block.row - 1, column=position.column + len(block.indent))

    def moved(edit: Edit) -> Edit:
        if edit.start == edit.end and edit.start.column == 1 and edit.content.endswith("\n"):
            # Whole lines; the one that they come before may be empty and so not indented.
            whole = replace(place(edit.start), column=1)
            lines = "".join(f"{block.indent}{line}" for line in edit.content.splitlines(keepends=True))
            return replace(edit, start=whole, end=whole, content=lines)
        content = edit.content.replace("\n", f"\n{block.indent}")
        return replace(edit, start=place(edit.start), end=place(edit.end), content=content)

    fix = finding.fix and replace(finding.fix, edits=tuple(moved(edit) for edit in finding.fix.edits))
    return replace(finding, start=place(finding.start), end=place(finding.end), fix=fix)
