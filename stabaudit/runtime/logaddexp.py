"""Sums and differences of numbers that are given by their logarithms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas, twofold
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pairs import pair
from stabaudit.runtime.shift import exponentials, shifted


def logaddexp(a: ArrayLike, b: ArrayLike, *more: ArrayLike, out: Array | None = None) -> Any:
    """`log(exp(a) + exp(b) + ...)`, element by element, two terms at a time.

    Shapes broadcast; the types of the operands are promoted as NumPy does, integers become float64.
    -inf is the logarithm of 0; inf where any is inf, nan where any is nan.
    Error of two terms at most 3.7 ULP in float64 where |result| >= 1e-12, absolute error 1e-28 below;
    float32 and float16 within 0.501 ULP. Measured by `python benchmarks/runtime.py`.
    Source: `max + log1p(exp(-|a - b|))`; twofold arithmetic where the sum is near 1 (Dekker 1971).
    """
    result = added(a, b, out=out)
    for c in more:
        result = added(result, c, out=out)
    return result


@pair(formulas.logaddexp)
def added(a: Array, b: Array) -> Array:
    """`log(exp(a) + exp(b))`."""
    # exp(a) + exp(b) is infinite from 710 on and 0 below -745: the larger term is taken out.
    top = np.maximum(a, b)
    low = np.minimum(a, b)
    tail = np.log1p(exponentials(low, top))
    result = np.where(np.isinf(top), top, top + tail)
    # Where exp(a) + exp(b) is near 1 the two parts cancel: of log p and log(1-p) nothing is left.
    # There the sum less 1 is taken to twice the precision.
    lost = np.flatnonzero(np.abs(result) < tail)
    if lost.size and result.dtype == np.float64:
        result.ravel()[lost] = near_one(top.ravel()[lost], low.ravel()[lost])
    return result


def near_one(a: Array, b: Array) -> Array:
    """`log(exp(a) + exp(b))` where the sum is near 1 and b <= a < 0."""
    high, low = twofold.expm1(a)
    other, other_low = twofold.exp(b)
    high, error = twofold.two_sum(high, other)
    return twofold.log1p(high, low + other_low + error)


@pair(formulas.logdiffexp)
def logdiffexp(a: Array, b: Array) -> Array:
    """`log(exp(a) - exp(b))` for a >= b, element by element.

    Shapes broadcast; the types of the operands are promoted as NumPy does, integers become float64.
    -inf for a = b, also both -inf; nan for a < b and for both inf.
    Error at most 3.7 ULP in float64 where |result| >= 1e-12; float32 and float16 within 0.501 ULP.
    Measured by `python benchmarks/runtime.py`.
    Source: `a + log1mexp(b - a)`; twofold arithmetic where the difference is near 1 (Dekker 1971).
    """
    # exp(a) - exp(b) is inf - inf from 710 on, and cancels where a is near b.
    d, rounding = shifted(b, a)
    e = np.exp(d)
    tail = np.where(d > -0.6931471805599453, np.log(-np.expm1(d)), np.log1p(-(e + e * rounding)))
    # With b = -inf nothing is taken away, and from a = inf nothing finite takes anything.
    whole = ((b == -np.inf) & (a < np.inf)) | ((a == np.inf) & (b < np.inf))
    result = np.where(whole, a, a + tail)
    lost = np.flatnonzero((np.abs(result) < -0.5 * tail) & (a < 700))
    if lost.size and result.dtype == np.float64:
        result.ravel()[lost] = near_one_below(a.ravel()[lost], d.ravel()[lost], b.ravel()[lost])
    return result


def near_one_below(a: Array, d: Array, b: Array) -> Array:
    """`log(exp(a) - exp(b))` where the difference is near 1, with d = b - a."""
    # exp(a) - exp(b) - 1 = expm1(a) - exp(b) for small a; for a large one d is exact and exp(a) (1 -
    # exp(d)) - 1 keeps the relative precision that a difference of two large numbers would lose.
    high, low = twofold.expm1(a)
    other, other_low = twofold.exp(np.minimum(b, 1.0))
    small, error = twofold.two_sum(high, -other)
    small_low = low - other_low + error
    grown, grown_low = twofold.exp(a)
    part, part_low = twofold.expm1(d)
    product, lost = twofold.two_product(grown, -part)
    lost = lost - grown * part_low - grown_low * part
    large, error = twofold.two_sum(product, np.asarray(-1.0))
    near = a < 1
    return twofold.log1p(np.where(near, small, large), np.where(near, small_low, lost + error))
