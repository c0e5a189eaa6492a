"""Findings for programs that read as they come: one object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.ink import Ink
from stabaudit.report.json import entries
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.task import Result


def show(results: Iterable[Result], stream: TextIO, ink: Ink, unsafe: bool) -> None:
    """Print the objects of the JSON form, each on its line."""
    for result in results:
        for one in entries(result):
            stream.write(f"{written(one)}\n")
