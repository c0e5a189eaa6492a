"""Softmax and softmin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array, given
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.containers import opened
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import exponentials, top
from stabaudit.runtime.total import total


@quiet
def softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(x) / sum(exp(x))` along `axis`, over all elements by default."""
    array, wrap = opened(x, "softmax")
    result = np.asarray(proportions(array, axes_of(axis, array.ndim)))
    if out is not None:
        given(out, array.shape, array.dtype)[...] = result
        return out
    return wrap(result)


@quiet
def softmin(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(-x) / sum(exp(-x))` along `axis`, over all elements by default."""
    array, wrap = opened(x, "softmin", hole=np.inf)
    result = np.asarray(proportions(-array, axes_of(axis, array.ndim)))
    if out is not None:
        given(out, array.shape, array.dtype)[...] = result
        return out
    return wrap(result)


def proportions(x: Array, axes: tuple[int, ...]) -> Array:
    """Softmax of a floating-point array."""
    if x.dtype.char == "e":
        return proportions(x.astype(np.float64), axes).astype(np.float16)
    # exp(x)/sum(exp(x)) is nan from x = 710 on (inf/inf) and where a whole row lies below -745 (0/0).
    m = top(x, axes)
    e = exponentials(x, m)
    # A row with +inf has no limit, a row of -inf no sum: nan, as in torch and JAX.
    np.copyto(e, np.nan, where=~np.isfinite(m))
    e /= total(e, axes)
    return e
