"""How far a long run is, on a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from stabaudit.engine.job import Result

#: What takes less long needs no word; and how often the number changes.
PATIENCE, PACE = 1.0, 0.1
_CLEAR = "\r\033[K"


def shown(
    results: Iterable[Result], total: int, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Result]:
    """The results as they come; after a second their number is on the last line of `stream`, if that is a terminal."""
    stream = stream or sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    due, there, number = clock() + PATIENCE, False, 0
    try:
        for result in results:
            number += result.files
            if there and (result.findings or result.trouble or result.notes):
                # What is printed now takes the line.
                stream.write(_CLEAR)
                stream.flush()
                there, due = False, clock() + PACE
            yield result
            if clock() >= due:
                stream.write(f"{_CLEAR}{number}/{total} files")
                stream.flush()
                there, due = True, clock() + PACE
    finally:
        if there:
            stream.write(_CLEAR)
            stream.flush()
