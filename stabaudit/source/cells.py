"""Many cells in one text: where each begins, and lines that are not Python kept out of sight.

A line that begins a cell, and one that stands for a magic, are comments with a character
that no one types. Fixes leave comments alone, so the cells can be told apart afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from stabaudit.records import Record
from stabaudit.source.syntax import TOO_DEEP, Flaw

#: The unit separator.
MARK = "\x1f"
#: What the line in front of a cell begins with.
CELL = f"#{MARK}cell "
_BEGIN = re.compile(rf"{CELL}(\d+)\n", re.ASCII)
_HIDDEN = re.compile(rf"^[ \t]*(?:pass  )?#{MARK}line (\d+)$", re.MULTILINE | re.ASCII)
#: Why a cell is not in the text, and what to do.
CONTROL = "skipped, because it contains a control character; remove it"
DEEP = "skipped, because it is nested too deeply or too large to parse; split it"
FOREIGN = "not Python, skipped; fix it, or start its shell lines with `!`"
# Lines for IPython, not Python; a magic may also be what is assigned.
_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?:[%!?]|[\w.]+(?:[ \t]*,[ \t]*[\w.]+)*[ \t]*=[ \t]*[%!])")
_HELP = re.compile(r"(?P<indent>[ \t]*)[\w.\[\]%*]+\?{1,2}[ \t]*$")
# What these run is the cell itself, as Python.
TRANSPARENT = frozenset(
    {"capture", "debug", "memit", "memray", "prun", "py", "pypy", "python", "python3", "time", "timeit"}
)


class Cell(Record):
    """The text of a code cell and its number among all cells, counted from 1."""

    number: int
    text: str


class Joined(Record):
    """The text of all cells, the lines hidden in it, and what was cut from the head of each cell.

    `left` says why cells are not in the text that should be, by their number.
    """

    text: str
    hidden: list[str]
    heads: dict[int, str]
    left: dict[int, str]


def join(cells: Sequence[Cell], flaw: Callable[[str], Flaw | None]) -> Joined:
    """The Python of `cells` in order; a cell that is not Python is left out."""
    pieces: list[str] = []
    joined = Joined("", [], {}, {})
    for number, text in cells:
        head, body = _head(text)
        if head is None:
            continue
        if MARK in text or "\0" in text:
            joined.left[number] = CONTROL
            continue
        hidden: list[str] = []
        seen = body
        # What is Python as it stands may still have a line that begins with a remainder's `%`.
        if (said := flaw(body)) is not None:
            seen = _hide(body, hidden, len(joined.hidden))
            if not hidden or (said := flaw(seen)) is not None:
                joined.left[number] = DEEP if said.message == TOO_DEEP else FOREIGN
                continue
        joined.hidden.extend(hidden)
        joined.heads[number] = head
        pieces.append(f"{CELL}{number}\n{seen}" + ("" if seen.endswith("\n") else "\n"))
    return joined._replace(text="".join(pieces))


def split(text: str, joined: Joined) -> dict[int, str]:
    """The cells of `text`, as they are written in the notebook but for a line end at their end."""
    before, *rest = _BEGIN.split(text)
    cells = {}
    for number, body in zip(map(int, rest[::2]), rest[1::2], strict=True):
        # What stands before all cells belongs to the first.
        body, before = before + body, ""
        shown = _HIDDEN.sub(lambda match: joined.hidden[int(match[1])], body)
        cells[number] = joined.heads[number] + shown
    return cells


def place(text: str, heads: Mapping[int, str]) -> Callable[[int], tuple[int, int]]:
    """The cell of a row of joined cells, and the row in that cell, the magic at its head with it."""
    starts, numbers = [], []
    row = at = 0
    for one in _BEGIN.finditer(text):
        row, at = row + text.count("\n", at, one.end()), one.end()
        starts.append(row)
        numbers.append(int(one[1]))

    def found(row: int) -> tuple[int, int]:
        if not starts:
            return 1, max(row, 1)
        index = max(bisect_left(starts, row) - 1, 0)
        cell = numbers[index]
        return cell, max(row - starts[index], 1) + heads.get(cell, "").count("\n")

    return found


def _head(text: str) -> tuple[str | None, str]:
    """The cell magic and what it runs; no head at all where that is not Python."""
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not lines or not lines[first].lstrip().startswith("%%"):
        return "", text
    word = re.match(r"%%(\w*)", lines[first].lstrip())
    if not word or word[1] not in TRANSPARENT:
        return None, text
    return "".join(lines[: first + 1]), "".join(lines[first + 1 :])


def _hide(text: str, hidden: list[str], before: int) -> str:
    shown: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        magic = _MAGIC.match(line) or _HELP.match(line)
        if goes_on or magic:
            indent = magic["indent"] if magic and not goes_on else re.match(r"[ \t]*", shown[-1])[0]  # type: ignore[index]
            goes_on = line.endswith("\\")
            # In a block something must stand; elsewhere a statement would part imports.
            shown.append(f"{indent}{'pass  ' if indent else ''}#{MARK}line {before + len(hidden)}")
            hidden.append(line)
        else:
            shown.append(line)
    return "\n".join(shown)
