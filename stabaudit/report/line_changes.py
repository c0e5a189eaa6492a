"""What a fix does to the lines of a text: those it takes away and those it puts there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stabaudit.findings.finding import Edit, Fix, Position
from stabaudit.fix.apply import offsets
from stabaudit.report.place import Where
from stabaudit.report.style import TAB, Style, clean
from stabaudit.source import lines


def change(text: str, fix: Fix, gutter: int, style: Style, at: Where) -> Iterator[str]:
    """The lines to print, with row numbers `gutter` wide."""
    source, shown = lines.bare(text), None
    for edits in _blocks(fix.edits):
        row, end = edits[0].start.row, max(edit.end.row for edit in edits)
        old, new = source[row - 1 : end], _rewritten(text, edits, row, end)
        while old and new and old[-1] == new[-1]:
            old, new = old[:-1], new[:-1]
        while old and new and old[0] == new[0]:
            old, new, row = old[1:], new[1:], row + 1
        cell = at(Position(row, 1)).cell
        if cell != shown:
            # Rows of a notebook are those of a cell.
            yield style.blue(f"cell {cell}")
        shown = cell
        for sign, block, colour in (("-", old, style.red), ("+", new, style.green)):
            for number, line in enumerate(block, at(Position(row, 1)).row):
                yield colour(f"{number:>{gutter}} {sign} {clean(line, TAB)}".rstrip())


def _blocks(edits: Sequence[Edit]) -> list[list[Edit]]:
    """The edits in order, those that share a line together."""
    blocks: list[list[Edit]] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if blocks and edit.start.row <= max(other.end.row for other in blocks[-1]):
            blocks[-1].append(edit)
        else:
            blocks.append([edit])
    return blocks


def _rewritten(text: str, edits: Sequence[Edit], row: int, end: int) -> list[str]:
    """The lines `row` to `end` after `edits`."""
    at, starts = offsets(text), [*lines.starts(text), len(text)]
    pieces, last = [], starts[row - 1]
    for edit in edits:
        pieces += [text[last : at(edit.start)], edit.content]
        last = at(edit.end)
    whole = "".join([*pieces, text[last : starts[end]]])
    return lines.bare(whole.removesuffix("\n").removesuffix("\r"))
