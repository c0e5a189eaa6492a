"""The logarithm of softmax."""

from __future__ import annotations

from math import fsum, log1p
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas, row
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import BLOCK, filled, spans
from stabaudit.runtime.containers import axes_in, opened
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.pointwise import stored
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import others, shifted, top
from stabaudit.runtime.total import grow, total

# Below this many elements Python's exact `fsum` is faster than vector steps.
FEW = 48
# Of a rest that is a smaller part of the sum, the tail of the sum has too few bits.
ALONE = 2.0**-20


def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, over all elements by default.

    `axis` is an integer, a tuple or None; the result has the shape and type of `x`, integers become
    float64.
    A row with nan, or of -inf only, is nan, without a warning; no other row is. +inf is nan and all beside
    it -inf, as in the formula. Masked elements are not seen.
    Error at most 3.5 ULP in float64 on any axis and length, 5 in float32 (0.501 in `precise` and in
    float16). Measured by `python benchmarks/runtime.py`.
    Source: the definition as `(x - max) - log1p(rest / largest)` (Blanchard, Higham, Higham 2021), without a
    shift of the exponentials where none is needed.
    """
    if type(x) is np.ndarray and x.ndim == 1 and x.dtype.char == "d" and 0 < x.size <= FEW and out is None:
        result = few(x, axis)
        if result is not None:
            return result
    if out is None and (places := row.bounds(x, axis)):
        return of_row(np.asarray(x), places[1])
    return general(x, axis, out)


@quiet
def general(x: ArrayLike, axis: Axis, out: Array | None) -> Any:
    """Log-softmax of anything."""
    if formula_only(x):
        return stored(formulas.log_softmax(spread(x), axis), out)
    array, wrap = opened(x, "log_softmax")
    return wrap(filled(LogProportions(), array, axes_in(x, axis, array.ndim), out))


def few(x: Array, axis: Axis) -> Array | None:
    """Log-softmax of a few numbers that raise no flag; None for others."""
    if axis is not None and axis != -1:
        axes_of(axis, 1)
    numbers = x.tolist()
    low, high = min(numbers), max(numbers)
    if not (low > -600 and high < 600 and high - low < 650):
        return None
    e = np.exp(x).tolist()
    largest = max(e)
    e[e.index(largest)] = 0.0
    y: Array = x - high
    y -= log1p(fsum(e) / largest)
    return y


def of_row(x: Array, highest: Any) -> Array:
    """Log-softmax of a row of moderate numbers, given the place of the largest."""
    e = np.exp(x)
    largest = float(e[highest])
    head, tail = row.parts(e)
    rest = (head - largest) + tail
    if not rest > ALONE * head:
        e[highest] = 0
        rest = sum(row.parts(e))
    y: Array = x - x[highest]
    y -= log1p(rest / largest)
    return y


class LogProportions:
    """Log-softmax of 2-d blocks, as `(x - max) - log1p(rest / largest)`.

    Both differences have terms of one sign, so nothing cancels. The exponentials need no shift where they stay in
    range, and the rest, the sum less the largest, is exact.
    """

    def block(self, x: Array, out: Array, axis: int, shift: bool) -> bool:
        """One block along `axis`; whether most of it had to be shifted by the maximum."""
        if shift or x.dtype.char not in "fd":
            careful(x, out, axis)
            return True
        if x is out:
            x = x.copy()
        m = top(x, axis)
        log, bad = log_rest(*total(np.exp(x), axis), m, axis)
        np.subtract(x, m, out=out)
        out -= log
        if bad.size:
            some = np.take(x, bad, axis=1 - axis)
            careful(some, some, axis)
            out[(bad, slice(None)) if axis else (slice(None), bad)] = some
        return 2 * bad.size > m.size

    def pieces(self, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
        """An axis too long for one block, in parts."""
        if x is out:
            x = x.copy()
        if x.dtype.char not in "fd":
            careful_pieces(x, out, axis, parts)
            return
        m = top(x, axis)
        head = np.zeros(x.shape[1 - axis])
        tail = np.zeros_like(head)
        if not m.min() > (-80 if x.dtype.char == "f" else -600):
            head += np.nan
        elif m.max() < (80 if x.dtype.char == "f" else 690):
            for part in parts:
                grow(head, tail, np.exp(x[part]), axis)
        log, bad = log_rest(head, tail, m, axis)
        if 2 * bad.size >= head.size:
            careful_pieces(x, out, axis, parts)
            return
        for part in parts:
            np.subtract(x[part], m, out=out[part])
            out[part] -= log
        for span in spans(bad.size, max(1, BLOCK // x.shape[axis])):
            some = np.take(x, bad[span], axis=1 - axis)
            careful_pieces(some, some, axis, parts)
            out[(bad[span], slice(None)) if axis else (slice(None), bad[span])] = some


def log_rest(head: Array, tail: Array, m: Array, axis: int) -> tuple[Array, np.ndarray[Any, np.dtype[np.intp]]]:
    """log(1 + rest/largest) of rows with maximum `m` and the sum head + tail, and which rows need the shift.

    The rest, the sum less the largest, is exact where it has bits enough: the sum is at least the largest.
    """
    largest = np.exp(m).squeeze(axis)
    rest = (head - largest) + tail
    log = np.log1p(rest / largest)
    lost = ~((head < np.inf) & (head > 1e-30) & (rest > ALONE * head))
    return np.expand_dims(log, axis).astype(m.dtype, copy=False), np.flatnonzero(lost)


def unbounded(log: Array, m: Array) -> None:
    """Set the logarithms for rows whose largest element is not finite: nan for nan and -inf.

    Less +inf all are -inf or nan by themselves.
    """
    np.copyto(log, np.nan, where=~np.isfinite(m))
    np.copyto(log, 0, where=m == np.inf)


def careful_pieces(x: Array, out: Array, axis: int, parts: list[Any]) -> None:
    """Log-softmax in parts, shifted by the maximum."""
    m = top(x, axis)
    head = np.zeros(x.shape[1 - axis], np.result_type(x.dtype, np.float64))
    tail = np.zeros_like(head)
    many = np.zeros_like(head)
    for part in parts:
        d, low = shifted(x[part], m)
        e = np.exp(d)
        e += e * low
        # The largest are counted, not added: beside them the others would lose their last bits.
        many += np.add.reduce(d == 0, axis=axis)
        e[d == 0] = 0
        grow(head, tail, e, axis)
    log = np.expand_dims(np.log1p((many - 1) + head + tail), axis).astype(x.dtype)
    unbounded(log, m)
    for part in parts:
        d, low = shifted(x[part], m)
        np.subtract(d, log - low, out=out[part])


def careful(x: Array, out: Array, axis: int) -> None:
    """Log-softmax of one block, shifted by the maximum."""
    # log(softmax(x)) is -inf 745 below the maximum; x - logsumexp(x) cancels where one element weighs all.
    m = top(x, axis)
    log = np.expand_dims(np.log1p(others(x, m, axis)), axis)
    d, low = shifted(x, m)
    unbounded(log, m)
    np.subtract(d, log.astype(x.dtype, copy=False) - low, out=out)
