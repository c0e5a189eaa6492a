"""What a fix replaces in the file itself: the places of its edits, or in a notebook stretches of its JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stabaudit.report.place import Place

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Fix
    from stabaudit.source.notebook import Notebook

Replaced = tuple[Place, Place, str]


def replaced(result: Result, fix: Fix) -> Iterator[Replaced]:
    """Where each replacement begins and ends, and what it puts there."""
    notebook = result.source.notebook if result.source else None
    if notebook is not None:
        yield from _within(notebook.having(result.text), fix)
        return
    for edit in sorted(fix.edits):
        yield Place(edit.start.row, edit.start.column), Place(edit.end.row, edit.end.column), edit.content


def _within(notebook: Notebook, fix: Fix) -> Iterator[Replaced]:
    from stabaudit.fix.apply import apply

    raw = notebook.raw
    for start, end, new in notebook.changes(apply(notebook.text, fix.edits)):
        old = raw[start:end]
        # Of the source of a cell only what differs.
        same = _shared(old, new)
        tail = _shared(old[same:][::-1], new[same:][::-1])
        yield _place(raw, start + same), _place(raw, end - tail), new[same : len(new) - tail]


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike: by halves, as one after the other takes long in a large cell."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _place(raw: str, at: int) -> Place:
    return Place(raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at))
