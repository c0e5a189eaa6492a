"""Work of this process that may take so much time of the processor and no more."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from stabaudit.engine import memory


class Late(Exception):
    """The time is over."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `Late` when the work in here has used so many seconds of the processor; 0 is no limit.

    It reaches Python and its regular expressions, which listen to signals. It does nothing where this process may have
    another use for the clock, or has no such clock.
    """
    if not seconds or not memory.ours or sys.platform == "win32":
        yield
        return
    # Imported here: hardly a file is so long.
    import signal

    def late(number: int, frame: object) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
