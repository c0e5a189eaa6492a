"""Memory that is free but still held by the process goes back to the system."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the C library return what it keeps: of a long text that has been parsed a hundred bytes for each of it.

    Nothing happens where the C library is not glibc, which alone keeps that much.
    """
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], object] | None:
    if not sys.platform.startswith("linux"):
        return None
    # Imported here: few files are so long.
    import ctypes

    trim: Callable[[int], object] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim
