"""Work that may take no longer than it is told: a random program, or one made shorter, may have no end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Late(BaseException):
    """The time is over. No program handles it, as it is no `Exception`."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise `Late` in what is done here once so many seconds have passed."""
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _late(*_: object) -> None:
    raise Late
