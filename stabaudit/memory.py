"""A process that is ours: when circles are looked for, and what memory goes back to the system.

Trees are millions of objects that stay for one file. Those who read them know each other, so a tree goes only when
Python looks for circles; if it does so by itself it goes through what stays again and again, a fifth of a run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import cache

#: How many bytes of trees may wait to be taken away.
MOST = 30_000_000
#: Bytes of a tree for one of its text: LibCST's, and what the sieve makes of it on average.
LIFTED, SIEVED = 400, 12
#: A text of so many bytes leaves much free memory behind.
LONG = 50_000


class _Waiting:
    """What may be taken away; `None` where the process is another's."""

    size: int | None = None
    frozen = False


def unhurried() -> None:
    """Let Python look for circles only when it is asked, or has made very many objects; the process is ours now."""
    gc.set_threshold(500_000, 50, 50)
    _Waiting.size = 0
    # NumPy would start threads for products of matrices, which nothing here computes: 0.1 s of the processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def done_with(size: int) -> None:
    """Trees of so many bytes are needed no more."""
    if _Waiting.size is None:
        return
    _Waiting.size += size
    if _Waiting.size > MOST:
        _Waiting.size = 0
        gc.collect()
        if not _Waiting.frozen:
            # Rules and libraries stay, and are not gone through again.
            gc.freeze()
            _Waiting.frozen = True


def give_back(length: int) -> None:
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
