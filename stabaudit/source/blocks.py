"""The Python code blocks and sessions of Markdown and reStructuredText, each a text of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from stabaudit.findings.finding import Finding
    from stabaudit.source.block import Block

MARKDOWN = (".md", ".markdown")
DOCUMENTS = (*MARKDOWN, ".rst")
_LANGUAGES = ("python", "py", "python3")
_SESSIONS = ("pycon", "pycon3", "python-console", "doctest")
# Compiled where they are used: most runs see no document.
# CommonMark: three or more marks; a word after backticks holds no backtick.
# No two parts take the same characters: a line of spaces would be cut between them at each.
_FENCE = r"(?P<indent>[ \t]*(?:(?:>[ \t]?)+[ \t]*)?)(?P<marks>`{3,}(?!`)|~{3,}(?!~))(?P<info>[^`\n]*)$"
_DIRECTIVE = (
    r"(?P<indent>[ \t]*)\.\.[ \t]+(?P<name>code-block|code|sourcecode|doctest|testcode)::[ \t]*(?P<info>\S*)[ \t]*$"
)


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
    from stabaudit.findings.finding import Unparsable

    found: list[Finding] = []
    for block in blocks(path, text):
        try:
            found += [block.moved(one) for one in find(block.text)]
        except Unparsable:
            continue
    return sorted(found, key=lambda one: (one.start, one.end))


def _fenced(rows: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(rows):
        opened = re.match(_FENCE, rows[at])
        at += 1
        if not opened:
            continue
        first, marks, indent = at, opened["marks"], opened["indent"]
        closing = re.compile(rf"[ \t>]*{marks[0]}{{{len(marks)},}}[ \t]*$")
        while at < len(rows) and not closing.match(rows[at]):
            at += 1
        words = re.split(r"[\s,{}.]+", opened["info"].strip(" \t{.").lower())
        yield from _block(rows[first:at], first, indent, words[0])
        at += 1


def _directed(rows: Sequence[str]) -> Iterator[Block]:
    from stabaudit.source.block import prompted

    # What no directive holds is one session, as doctest has it.
    bare = list(rows)
    for at, row in enumerate(rows):
        opened = re.match(_DIRECTIVE, row)
        if not opened:
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
            language = {"doctest": "pycon", "testcode": "python"}.get(opened["name"], opened["info"].lower())
            yield from _block(rows[first:last], first, rows[first][: _depth(rows[first])], language)
            bare[at:last] = [""] * (last - at)
    if session := prompted(bare, 0):
        yield session


def _block(rows: Sequence[str], before: int, indent: str, language: str) -> Iterator[Block]:
    # Imported here: most runs see no document.
    from stabaudit.source.block import indented, prompted

    # Imported here: most runs see no document.
    from stabaudit.source.examples import PROMPT

    session = language in _SESSIONS or any(row[len(indent) :].startswith(PROMPT) for row in rows[:1])
    if language in (*_LANGUAGES, *_SESSIONS):
        block = prompted(rows, before) if session else indented(rows, before, indent)
        if block is not None:
            yield block


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
