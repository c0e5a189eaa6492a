"""Logarithms of sums and means of exponentials."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array, floating
from stabaudit.runtime.axes import Axis, axes_of, reduced
from stabaudit.runtime.containers import opened
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import shifted, top
from stabaudit.runtime.total import total


@quiet
def logsumexp(
    x: ArrayLike,
    axis: Axis = None,
    keepdims: bool = False,
    b: ArrayLike | None = None,
    return_sign: bool = False,
) -> Any:
    """`log(sum(b * exp(x)))` along `axis`, over all elements by default."""
    array, _ = opened(x, "logsumexp")
    if b is None:
        axes = axes_of(axis, array.ndim)
        value = reduced(log_total(array, axes), axes, keepdims)
        return (value, np.where(np.isnan(value), value, np.sign(np.exp(value)))[()]) if return_sign else value
    weights = floating(b, "logsumexp")
    dtype = np.result_type(array, weights)
    array, weights = np.broadcast_arrays(array.astype(dtype), weights.astype(dtype))
    axes = axes_of(axis, array.ndim)
    value, sign = weighted(array, weights, axes)
    if return_sign:
        return reduced(value, axes, keepdims), reduced(sign, axes, keepdims)
    # A negative sum has no real logarithm.
    np.copyto(value, np.nan, where=sign < 0)
    return reduced(value, axes, keepdims)


@quiet
def logmeanexp(x: ArrayLike, axis: Axis = None, keepdims: bool = False) -> Any:
    """`log(mean(exp(x)))` along `axis`, over all elements by default."""
    array, _ = opened(x, "logmeanexp")
    axes = axes_of(axis, array.ndim)
    count = np.prod([array.shape[a] for a in axes], dtype=int)
    return reduced((log_total(array, axes) - np.log(float(count))).astype(array.dtype), axes, keepdims)


def log_total(x: Array, axes: tuple[int, ...]) -> Array:
    """`log(sum(exp(x)))`, the axes kept."""
    if x.dtype.char in "ef":
        return log_total(x.astype(np.float64), axes).astype(x.dtype)
    m = top(x, axes)
    d, low = shifted(x, m)
    e = np.asarray(np.exp(d))
    e += e * low
    first = d == 0
    many = np.add.reduce(first, axis=axes, keepdims=True)
    np.copyto(e, 0, where=first)
    rest = total(e, axes) + (many - 1)
    result = m + np.log1p(rest)
    return np.where(np.isfinite(m), result, m)


def weighted(x: Array, b: Array, axes: tuple[int, ...]) -> tuple[Array, Array]:
    """`log(abs(sum(b * exp(x))))` and the sign of the sum, the axes kept; weight 0 does not count."""
    x = np.where(b == 0, -np.inf, x)
    m = top(x, axes)
    m = np.where(np.isfinite(m), m, 0)
    s = total(b * np.exp(x - m), axes)
    return m + np.log(np.abs(s)), np.sign(s)


@quiet
def logcumsumexp(x: ArrayLike, axis: int | None = None) -> Any:
    """`log(cumsum(exp(x)))` along `axis`, of the flattened array by default."""
    array, wrap = opened(x, "logcumsumexp")
    if axis is None:
        return np.logaddexp.accumulate(array.ravel())
    (position,) = axes_of(axis, array.ndim)
    return wrap(np.logaddexp.accumulate(array, axis=position))


@quiet
def logmatmulexp(a: ArrayLike, b: ArrayLike) -> Any:
    """`log(exp(a) @ exp(b))`, with the shapes of `numpy.matmul`."""
    left, right = floating(a, "logmatmulexp"), floating(b, "logmatmulexp")
    if left.ndim == 0 or right.ndim == 0:
        raise ValueError("`logmatmulexp` takes arrays of at least one dimension")
    rows = left if left.ndim > 1 else left[None, :]
    columns = right if right.ndim > 1 else right[:, None]
    if rows.shape[-1] != columns.shape[-2]:
        raise ValueError(f"`logmatmulexp` cannot multiply shapes {left.shape} and {right.shape}")
    result = log_total(rows[..., :, None] + columns[..., None, :, :], (-2,)).squeeze(-2)
    result = result if left.ndim > 1 else result.squeeze(-2)
    return (result if right.ndim > 1 else result.squeeze(-1))[()]
