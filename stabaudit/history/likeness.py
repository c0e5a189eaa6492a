"""Which of several old files a new one was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

#: From which share of common lines on, one file is taken to be another one under a new name, as git has it.
ENOUGH = 0.5


def nearest(data: bytes, others: Iterable[bytes]) -> bytes:
    """That of `others` which has most lines in common with `data`, if these are enough, or else nothing."""
    lines = Counter(data.splitlines())
    best, most = b"", ENOUGH
    for other in others:
        theirs = Counter(other.splitlines())
        larger = max(lines.total(), theirs.total())
        share = (lines & theirs).total() / larger if larger else 0.0
        if share >= most:
            best, most = other, share
    return best
