"""Softmax and softmin."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas, row
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import filled
from stabaudit.runtime.containers import axes_in, opened
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.pointwise import stored
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import exponentials, top
from stabaudit.runtime.total import grow, total

# Below this many elements Python's exact `fsum` is faster than vector steps.
FEW = 48
# A look-up less each, where a call takes two microseconds.
exp, divide = np.exp, np.divide
# Sums up to here leave room for a product with as many elements as there can be.
HIGH = 1e290


def softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(x) / sum(exp(x))` along `axis`, over all elements by default.

    `axis` is an integer, a tuple or None; the result has the shape and type of `x`, integers become
    float64.
    A row with nan, or of -inf only, is nan, without a warning; no other row is. +inf is nan and all beside
    it 0, as in the formula; -inf is 0. Empty in, empty out. Masked elements are not seen.
    Error at most 3.1 ULP in float64 on any axis and length, 5.5 in float32 (0.501 in `precise` and in
    float16); rows sum to 1 within 2 eps. Measured by `python benchmarks/runtime.py`.
    Source: the definition without a shift where none is needed; TwoSum (Knuth) for the shift,
    ExtractVector (Rump, Ogita, Oishi 2008) for the sum.
    """
    if type(x) is np.ndarray and x.ndim == 1 and x.dtype.char == "d" and 0 < x.size <= FEW and out is None:
        result = few(x, axis)
        if result is not None:
            return result
    if out is None and row.bounds(x, axis):
        e: Array = exp(x)
        return divide(e, sum(row.parts(e)), e)
    return general(x, axis, out)


@quiet
def general(x: ArrayLike, axis: Axis, out: Array | None) -> Any:
    """Softmax of anything."""
    if formula_only(x):
        return stored(formulas.softmax(spread(x), axis), out)
    array, wrap = opened(x, "softmax")
    return wrap(filled(Proportions(), array, axes_in(x, axis, array.ndim), out))


@quiet
def softmin(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(-x) / sum(exp(-x))` along `axis`, over all elements by default.

    As `softmax` of `-x`, in shape, type, special values and error; integers become float64 before the
    sign changes.
    """
    if formula_only(x):
        return stored(formulas.softmax(-spread(x), axis), out)
    array, wrap = opened(x, "softmin", hole=np.inf)
    return wrap(filled(Proportions(), -array, axes_in(x, axis, array.ndim), out))


def few(x: Array, axis: Axis) -> Array | None:
    """Softmax of a few numbers that raise no flag, without `np.errstate`; None for others."""
    if axis is not None and axis != -1:
        axes_of(axis, 1)
    numbers = x.tolist()
    if not (min(numbers) > -300 and max(numbers) < 300):
        return None
    e: Array = exp(x)
    return divide(e, fsum(e.tolist()), e)


class Proportions:
    """Softmax of 2-d blocks.

    The shift by the maximum costs up to |x - max|/2 ULP an element (19 measured on normal data, 512 on
    wide rows), so it is left away where it is not needed, and made good where it is.
    """

    def block(self, x: Array, out: Array, axis: int, shift: bool) -> bool:
        """One block along `axis`; whether most of it had to be shifted by the maximum."""
        if shift or x.dtype.char not in "fd":
            return careful(x, out, axis)
        source = x.copy() if x is out else x
        e = np.exp(source, out=out)
        s = summed(e, axis)
        np.divide(e, np.expand_dims(s, axis), out=out)
        high, low = (1e30, -80) if x.dtype.char == "f" else (HIGH, -700)
        # With a sum of 1 or more an exponential below the normal range is a result below it, and
        # nothing is lost; with a smaller one no exponential may be there.
        if s.max() <= high and (s.min() >= 1 or np.minimum.reduce(source, axis=None) >= low):
            return False
        bad = np.flatnonzero(~((s >= 1) & (s <= high)))
        some = np.take(source, bad, axis=1 - axis)
        careful(some, some, axis)
        out[(bad, slice(None)) if axis else (slice(None), bad)] = some
        return 2 * bad.size > s.size

    def pieces(self, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
        """An axis too long for one block, in parts."""
        if x is out:
            x = x.copy()
        high = 1e30 if x.dtype.char == "f" else HIGH
        s = proportional(x, out, axis, parts, None)
        if x.dtype.char not in "fd" or not (s.min() >= 1 and s.max() <= high):
            m = top(x, axis)
            s = proportional(x, out, axis, parts, centre(x, m, axis))
            unbounded(s, m.squeeze(axis))
        s = np.expand_dims(s, axis).astype(x.dtype)
        for part in parts:
            np.divide(out[part], s, out=out[part])


def proportional(x: Array, out: Array, axis: int, parts: list[Any], c: Array | None) -> Array:
    """Fill `out` with the exponentials of x - c, and give their sums."""
    head = np.zeros(x.shape[1 - axis], np.result_type(x.dtype, np.float64))
    tail = np.zeros_like(head)
    for part in parts:
        e = np.exp(x[part], out=out[part]) if c is None else exponentials(x[part], c)
        if c is not None:
            out[part] = e
        grow(head, tail, e, axis)
    return np.asarray(head + tail)


def centre(x: Array, m: Array, axis: int) -> Array | None:
    """What to subtract from rows with maximum m: 0 where nothing is lost without; None if nowhere."""
    high, low, level = (80, -80, 0) if x.dtype.char == "f" else (690, -700, 600)
    if m.min() >= 0 and m.max() <= high:
        return None
    least = np.minimum.reduce(x, axis=axis, keepdims=True)
    # Down from 600, not from 0: exponentials that underflow take libraries five times as long.
    shift = np.where(np.isfinite(m), m - level, m) if x.dtype.char in "fd" else m
    return np.where((m <= high) & ((m >= 0) | (least >= low)), 0, shift)


def summed(e: Array, axis: int) -> Array:
    """The sum of exponentials, in their own type."""
    head, tail = total(e, axis)
    return (head + tail).astype(e.dtype, copy=False)


def careful(x: Array, out: Array, axis: int) -> bool:
    """Softmax of one block, shifted by the maximum where that is needed; whether it was anywhere."""
    # exp(x)/sum(exp(x)) is nan from x = 710 on (inf/inf) and where a whole row lies below -745 (0/0).
    m = top(x, axis)
    c = centre(x, m, axis)
    e = np.exp(x) if c is None else exponentials(x, c)
    s = np.expand_dims(summed(e, axis), axis)
    unbounded(s, m)
    np.divide(e, s, out=out)
    return c is not None


def unbounded(s: Array, m: Array) -> None:
    """Set the sums of rows whose largest element is not finite: nan for nan and -inf.

    Less +inf all are 0 or nan by themselves.
    """
    np.copyto(s, np.nan, where=~np.isfinite(m))
    np.copyto(s, 1, where=m == np.inf)
