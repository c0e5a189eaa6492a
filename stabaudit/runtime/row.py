"""One row of floats that fits the cache and raises no flag: less work than a stack of blocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.total import CUT, above

# 1 MB of float64: its steps stay in the second-level cache.
LONGEST = 1 << 17
# 128 KB of float64, which stay in the second-level cache beside what is read.
PIECE = 1 << 14
# Up to here neither an exponential nor a quotient of two leaves the normal range, nor their sum the highest.
REACH = {"d": 300.0, "f": 35.0}


def bounds(x: Any, axis: Axis) -> tuple[Any, Any] | None:
    """The places of the smallest and the largest element of a row of moderate numbers; None for anything else."""
    if type(x) is not np.ndarray or x.ndim != 1 or not 0 < x.size <= LONGEST:
        return None
    reach = REACH.get(x.dtype.char)
    if reach is None or not x.flags.c_contiguous:
        return None
    if axis is not None and axis != -1:
        axes_of(axis, 1)
    # `argmax` takes less time than `max` on short rows, and gives a nan where there is one.
    low, high = x.argmin(), x.argmax()
    return (low, high) if x[low] > -reach and x[high] < reach else None


def parts(e: Array) -> tuple[float, float]:
    """The sum of a row of positive numbers as a head and a small tail, as good as correctly rounded; see `total`."""
    if e.dtype.char == "f":
        return float(np.add.reduce(e, dtype=np.float64)), 0.0
    head, tail = split(e, CUT)
    if not CUT * 2.0**-32 <= head <= CUT / 2:
        return split(e, above(np.add.reduce(e)))
    return head, tail


def split(e: Array, cut: Any) -> tuple[float, float]:
    """The sums of the parts of `e` above and below half an ULP of `cut`: the first is exact in any order."""
    if e.size <= PIECE:
        return halves(e, cut, None)
    head = tail = 0.0
    # One small array for all: the memory of a second one as long as the row goes back to the system at each call.
    room = np.empty(PIECE)
    for start in range(0, e.size, PIECE):
        piece = e[start : start + PIECE]
        more, less = halves(piece, cut, room[: piece.size])
        head, tail = head + more, tail + less
    return head, tail


def halves(e: Array, cut: Any, room: Array | None) -> tuple[float, float]:
    """The same of a piece, with `room` for as many numbers."""
    upper = np.add(e, cut, room)
    upper -= cut
    head = float(np.add.reduce(upper))
    np.subtract(e, upper, out=upper)
    return head, float(np.add.reduce(upper))
