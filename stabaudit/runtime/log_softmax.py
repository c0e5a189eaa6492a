"""The logarithm of softmax."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import filled
from stabaudit.runtime.containers import opened
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import shifted, top
from stabaudit.runtime.total import grow, plain, total

# The result of an element with more than half the weight is so small that the rounding of log(sum) shows
# in it.
HALF = -0.7


@quiet
def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, over all elements by default."""
    array, wrap = opened(x, "log_softmax")
    return wrap(filled(LogProportions(), array, axes_of(axis, array.ndim), out))


class LogProportions:
    """Log-softmax of 2-d blocks."""

    def block(self, x: Array, out: Array, axis: int, shift: bool) -> bool:
        """One block along `axis`; whether most of it had to be shifted by the maximum."""
        if shift or x.dtype.char not in "fd":
            careful(x, out, axis)
            return True
        high, low, s = log_sum(np.exp(x), axis)
        m = top(x, axis)
        # x - log(s) as a rounded logarithm would have it is off by its rounding, 8 ULP and more.
        np.subtract(x, high, out=out)
        out -= low
        bad = np.flatnonzero(~((m - high <= HALF) & (s < np.inf) & (s > 1e-30)))
        if bad.size:
            some = np.take(x, bad, axis=1 - axis)
            fixed = np.empty_like(some)
            careful(some, fixed, axis)
            out[(bad, slice(None)) if axis else (slice(None), bad)] = fixed
        return 2 * bad.size > s.size

    def pieces(self, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
        """An axis too long for one block, in parts."""
        m = top(x, axis)
        head, tail = np.zeros_like(m).squeeze(axis), np.zeros_like(m).squeeze(axis)
        if x.dtype.char in "fd" and (
            m.size == 0 or (m.min() >= 0 and m.max() <= (80 if x.dtype.char == "f" else 690))
        ):
            for part in parts:
                grow(head, tail, np.exp(x[part]), axis)
            high, low, _ = split_log(np.expand_dims(head, axis), np.expand_dims(tail, axis))
            if (m - high).max() <= HALF:
                for part in parts:
                    np.subtract(x[part], high, out=out[part])
                    out[part] -= low
                return
            head[...] = tail[...] = 0
        for part in parts:
            d, rounding = shifted(x[part], m)
            e = np.exp(d)
            grow(head, tail, e + e * rounding, axis)
        log = np.expand_dims(log_rest(head, tail), axis)
        np.copyto(log, np.nan, where=~np.isfinite(m))
        for part in parts:
            d, rounding = shifted(x[part], m)
            np.subtract(d, log - rounding, out=out[part])


def careful(x: Array, out: Array, axis: int) -> None:
    """Log-softmax of one block, shifted by the maximum."""
    if x.dtype.char == "f":
        block = np.empty(x.shape)
        careful(x.astype(np.float64), block, axis)
        out[...] = block
        return
    # log(softmax(x)) is -inf 745 below the maximum; x - logsumexp(x) cancels where one element weighs all.
    m = top(x, axis)
    d, low = shifted(x, m)
    e = np.exp(d)
    e += e * low
    log = np.expand_dims(log_rest(*total(e, axis)), axis)
    np.copyto(log, np.nan, where=~np.isfinite(m))
    np.subtract(d, log - low, out=out)


def log_rest(head: Array, tail: Array) -> Array:
    """The logarithm of a sum whose largest term is 1: what comes on top of it is exactly head - 1 + tail."""
    return np.asarray(np.log1p((head - 1) + tail))


def log_sum(e: Array, axis: int) -> tuple[Array, Array, Array]:
    """The logarithm of the sum of `e` as a head and a tail, and the sum, with the axis kept."""
    if e.dtype.char == "f":
        s = np.expand_dims(plain(e, axis), axis)
        return split_log(s, np.zeros_like(s))
    head, tail = total(e, axis)
    return split_log(np.expand_dims(head, axis), np.expand_dims(tail, axis))


def split_log(head: Array, tail: Array) -> tuple[Array, Array, Array]:
    """The logarithm of head + tail as a head and a tail, and the sum itself."""
    s = head + tail
    if s.dtype.char == "f":
        wide = np.log(s.astype(np.float64))
        high = wide.astype(np.float32)
        return high, (wide - high).astype(np.float32), s
    high = np.log(s)
    back = np.exp(high)
    return high, ((head - back) + tail) / back, s
