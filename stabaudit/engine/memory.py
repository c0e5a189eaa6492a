"""A process that is ours: how often circles are looked for, and what memory goes back to the system.

A tree goes as soon as its file is done with, as nobody who reads it is in a circle with another; a test sees to that.
Where Python looks for circles by itself, it goes through all trees that are there again and again, a fifth of a run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import cache

#: Whether this process runs the program `stabaudit` and nothing else, and no other threads.
ours = False
#: A text of so many bytes leaves much free memory behind.
LONG = 50_000


def relax_gc() -> None:
    """Let Python look for circles only when it has made very many objects; the process is ours now."""
    gc.set_threshold(500_000, 50, 50)
    # NumPy would start threads for products of matrices, which nothing here computes: 0.1 s of the processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def trim_heap(length: int) -> None:
    """After a text of so many bytes let the C library return what is free: only glibc keeps that much."""
    if length > LONG and (trim := _trim()):
        trim(0)


@cache
def _trim() -> Callable[[int], object] | None:
    if not sys.platform.startswith("linux"):
        return None
    # Imported here: few files are so long.
    import ctypes

    trim: Callable[[int], object] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim
