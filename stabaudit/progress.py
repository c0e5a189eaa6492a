"""How far a long run has come: one line on a terminal, gone before anything else is written there."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from stabaudit.task import Result

#: Seconds before the line is shown, and between two of them.
PATIENCE, PAUSE = 1.0, 0.1


def shown(results: Iterable[Result], count: int) -> Iterator[Result]:
    """The results as they come, beside a line that counts them if they take long."""
    start = last = time.monotonic()
    drawn = False
    for number, result in enumerate(results, 1):
        if drawn and (result.findings or result.fixed or result.trouble or result.notes):
            # It is about to be told of.
            _write("\r\x1b[K")
            drawn = False
        yield result
        now = time.monotonic()
        if now - start > PATIENCE and now - last > PAUSE and number < count:
            _write(f"\r{number} of {count} files ({100 * number // count} %)\x1b[K")
            drawn, last = True, now
    if drawn:
        _write("\r\x1b[K")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
