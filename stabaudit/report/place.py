"""Where a finding is shown to be: in the file, or in a cell of a notebook."""

from __future__ import annotations

from collections.abc import Callable

from stabaudit.records import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Position


class Place(Record):
    """A position, and the cell in which it is if it is in one."""

    row: int
    column: int
    cell: int | None = None

    def __str__(self) -> str:
        cell = "" if self.cell is None else f"cell {self.cell}:"
        return f"{cell}{self.row}:{self.column}"


Where = Callable[["Position"], Place]


def where(result: Result) -> Where:
    """The place at which a position in the text of `result` is shown."""
    if not (result.source and result.source.notebook):
        return lambda position: Place(position.row, position.column)
    from stabaudit.source.cells import place

    at = place(result.text, result.source.notebook.joined.heads)

    def shown(position: Position) -> Place:
        cell, row = at(position.row)
        return Place(row, position.column, cell)

    return shown


def inside(result: Result) -> Where:
    """The place in the file itself: that of a notebook has lines of its own."""
    notebook = result.source.notebook if result.source else None
    if notebook is None:
        return where(result)
    # After a fix lines are not where they were.
    notebook, shown = notebook.having(result.text), where(result)

    def raw(position: Position) -> Place:
        row, _, cell = shown(position)
        assert cell is not None
        return Place(notebook.line(cell, row), 1, cell)

    return raw
