"""The logarithm of softmax."""

from __future__ import annotations

from math import fsum, log1p
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import BLOCK, filled, spans
from stabaudit.runtime.containers import opened
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import shifted, top
from stabaudit.runtime.total import grow, rest, total

# Below this many elements Python's exact `fsum` is faster than vector steps.
FEW = 48
# The result of an element with more than half the weight is so small that the rounding of log(sum) shows
# in it.
HALF = -0.7


@quiet
def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, over all elements by default."""
    if out is None and type(x) is np.ndarray and x.ndim == 1 and x.dtype.char == "d" and 0 < x.size <= FEW:
        if axis is not None and axis != -1:
            axes_of(axis, 1)
        return few(x)
    array, wrap = opened(x, "log_softmax")
    return wrap(filled(LogProportions(), array, axes_of(axis, array.ndim), out))


def few(x: Array) -> Any:
    """Log-softmax of a few numbers, all in one row."""
    numbers = x.tolist()
    m = max(numbers)
    if not (-600 < m < 690 and min(numbers) > -700):
        result = np.empty((1, x.size))
        careful(x[None], result, 1)
        return result[0]
    e = np.exp(x).tolist()
    largest = max(e)
    e[e.index(largest)] = 0.0
    tail = log1p(fsum(e) / largest)
    return np.array([(v - m) - tail for v in numbers])


class LogProportions:
    """Log-softmax of 2-d blocks."""

    def block(self, x: Array, out: Array, axis: int, shift: bool) -> bool:
        """One block along `axis`; whether most of it had to be shifted by the maximum."""
        if shift or x.dtype.char not in "fd":
            careful(x, out, axis)
            return True
        if x is out:
            x = x.copy()
        high, low, s = log_sum(*total(np.exp(x), axis), axis)
        bad = unsafe(top(x, axis), high, s)
        subtracted(x, high, low, out)
        if bad.size:
            some = np.take(x, bad, axis=1 - axis)
            careful(some, some, axis)
            out[(bad, slice(None)) if axis else (slice(None), bad)] = some
        return 2 * bad.size > s.size

    def pieces(self, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
        """An axis too long for one block, in parts."""
        if x.dtype.char not in "fd":
            careful_pieces(x, out, axis, parts)
            return
        if x is out:
            x = x.copy()
        m = top(x, axis)
        head = np.zeros(x.shape[1 - axis])
        tail = np.zeros_like(head)
        for part in parts:
            grow(head, tail, np.exp(x[part]), axis)
        high, low, s = log_sum(head, tail, axis)
        bad = unsafe(m, high, s)
        for part in parts:
            subtracted(x[part], high, low, out[part])
        if 2 * bad.size > s.size:
            careful_pieces(x, out, axis, parts)
            return
        for span in spans(bad.size, max(1, 2 * BLOCK // x.shape[axis])):
            some = np.take(x, bad[span], axis=1 - axis)
            careful_pieces(some, some, axis, parts)
            out[(bad[span], slice(None)) if axis else (slice(None), bad[span])] = some


def log_sum(head: Array, tail: Array, axis: int) -> tuple[Array, Array, Array]:
    """The logarithm of head + tail as a head and a tail, and the sum itself, with the axis put back."""
    s = np.expand_dims(head + tail, axis)
    high = np.log(s)
    back = np.exp(high)
    return high, ((np.expand_dims(head, axis) - back) + np.expand_dims(tail, axis)) / back, s


def halved(high: Array, low: Array) -> tuple[Array, Array]:
    """A float64 sum as a sum of two float32."""
    first = high.astype(np.float32)
    return first, ((high - first) + low).astype(np.float32)


def unsafe(m: Array, log: Array, s: Array) -> Array:
    """The rows, by their maximum and the logarithm of their sum, that need the shift."""
    return np.flatnonzero(~((m - log <= HALF) & (s < np.inf) & (s > 1e-30)))


def subtracted(x: Array, high: Array, low: Array, out: Array) -> None:
    """`x - (high + low)`: with a rounded logarithm it would be off by that rounding, 8 ULP and more."""
    if x.dtype.char == "f" and high.dtype.char == "d":
        high, low = halved(high, low)
    np.subtract(x, high, out=out)
    out -= low


def careful_pieces(x: Array, out: Array, axis: int, parts: list[Any]) -> None:
    """Log-softmax in parts, shifted by the maximum."""
    inner = np.result_type(x.dtype, np.float64)
    m = top(x, axis).astype(inner)
    head = np.zeros(x.shape[1 - axis], inner)
    tail = np.zeros_like(head)
    many = np.zeros_like(head)
    for part in parts:
        d, low = shifted(x[part].astype(inner, copy=False), m)
        e = np.exp(d)
        e += e * low
        # The largest are counted, not added: beside them the others would lose their last bits.
        many += np.add.reduce(d == 0, axis=axis)
        e[d == 0] = 0
        grow(head, tail, e, axis)
    log = np.expand_dims(np.log1p((many - 1) + head + tail), axis)
    np.copyto(log, np.nan, where=~np.isfinite(m))
    for part in parts:
        d, low = shifted(x[part].astype(inner, copy=False), m)
        np.subtract(d, log - low, out=out[part], casting="same_kind")


def careful(x: Array, out: Array, axis: int) -> None:
    """Log-softmax of one block, shifted by the maximum."""
    # log(softmax(x)) is -inf 745 below the maximum; x - logsumexp(x) cancels where one element weighs all.
    m = top(x, axis)
    d, low = shifted(x, m)
    e = np.exp(d)
    e += e * low
    log = np.expand_dims(np.log1p(rest(e, axis)), axis)
    np.copyto(log, np.nan, where=~np.isfinite(m))
    np.subtract(d, log.astype(x.dtype, copy=False) - low, out=out)
