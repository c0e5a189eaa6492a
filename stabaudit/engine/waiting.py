"""Which of several pipes have something to read, or have come to their end."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

#: Windows cannot wait for pipes; so often, in seconds, they are asked there.
PACE = 0.005


def readable(pipes: Sequence[int], timeout: float | None) -> list[int]:
    """Those that have, at the latest after `timeout` seconds, `None` for ever."""
    if sys.platform == "win32":
        return _asked(pipes, timeout)
    # Imported here: it is not there on Windows.
    import select

    poll = select.poll()
    for pipe in pipes:
        poll.register(pipe, select.POLLIN)
    return [pipe for pipe, _ in poll.poll(None if timeout is None else max(0, 1000 * timeout))]


def _asked(pipes: Sequence[int], timeout: float | None) -> list[int]:
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        if found := [pipe for pipe in pipes if _has(pipe)]:
            return found
        if end is not None and time.monotonic() >= end:
            return []
        time.sleep(PACE)


def _has(pipe: int) -> bool:
    import msvcrt
    from _winapi import PeekNamedPipe  # type: ignore[attr-defined]

    try:
        return bool(PeekNamedPipe(msvcrt.get_osfhandle(pipe), 0)[0])  # type: ignore[attr-defined]
    except OSError:
        # Its end; to read says so.
        return True
