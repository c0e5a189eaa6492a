"""Sums and differences of numbers that are given by their logarithms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pairs import pair


def logaddexp(a: ArrayLike, b: ArrayLike, *more: ArrayLike, out: Array | None = None) -> Any:
    """`log(exp(a) + exp(b) + ...)`, element by element."""
    result = added(a, b, out=out)
    for c in more:
        result = added(result, c, out=out)
    return result


@pair
def added(a: Array, b: Array) -> Array:
    """`log(exp(a) + exp(b))`."""
    # exp(a) + exp(b) is infinite from 710 on and 0 below -745: the larger term is taken out.
    top = np.maximum(a, b)
    result = top + np.log1p(np.exp(-np.abs(a - b)))
    return np.where(np.isinf(top), top, result)


@pair
def logdiffexp(a: Array, b: Array) -> Array:
    """`log(exp(a) - exp(b))` for a >= b."""
    # exp(a) - exp(b) is inf - inf from 710 on, and cancels where a is near b.
    d = b - a
    tail = np.where(d > -0.6931471805599453, np.log(-np.expm1(d)), np.log1p(-np.exp(d)))
    result = a + tail
    result = np.where((b == -np.inf) & (a < np.inf), a, result)
    return np.where((a == np.inf) & (b < np.inf), a, result)
