"""The logarithm of softmax."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array, given
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.containers import opened
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import shifted, top
from stabaudit.runtime.total import total


@quiet
def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, over all elements by default."""
    array, wrap = opened(x, "log_softmax")
    result = np.asarray(log_proportions(array, axes_of(axis, array.ndim)))
    if out is not None:
        given(out, array.shape, array.dtype)[...] = result
        return out
    return wrap(result)


def log_proportions(x: Array, axes: tuple[int, ...]) -> Array:
    """Log-softmax of a floating-point array."""
    if x.dtype.char in "ef":
        return log_proportions(x.astype(np.float64), axes).astype(x.dtype)
    # log(softmax(x)) is -inf 745 below the maximum; x - logsumexp(x) cancels where one element weighs all.
    m = top(x, axes)
    d, low = shifted(x, m)
    e = np.asarray(np.exp(d))
    e += e * low
    # The sum without the largest element, so that log1p sees it whole: log(1 + 1e-20) would be 0.
    first = d == 0
    many = np.add.reduce(first, axis=axes, keepdims=True)
    np.copyto(e, 0, where=first)
    rest = total(e, axes) + (many - 1)
    d -= np.log1p(rest)
    np.copyto(d, np.nan, where=~np.isfinite(m))
    return d
