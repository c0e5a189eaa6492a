"""Findings for programs that read as they come: one object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.json import entries
from stabaudit.report.style import Style
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the objects of the JSON form, each on its line."""
    for result in results:
        for one in entries(result):
            stream.write(f"{written(one)}\n")
