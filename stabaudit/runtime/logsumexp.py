"""Logarithms of sums of exponentials."""

from __future__ import annotations

import math
from math import fsum, inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas, twofold
from stabaudit.runtime.arrays import Array, floating, has_missing_type, labelled
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import BLOCK, SHORT, spans, stacked, whole
from stabaudit.runtime.containers import axes_in, is_masked, lowered, opened, running_axes
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import exponentials, others, top
from stabaudit.runtime.total import grow, plain, total
from stabaudit.runtime.weighted import weighted

FEW = 48


@quiet
def logsumexp(
    x: ArrayLike,
    axis: Axis = None,
    keepdims: bool = False,
    b: ArrayLike | None = None,
    return_sign: bool = False,
) -> Any:
    """`log(sum(b * exp(x)))` along `axis`, over all elements by default.

    `axis` is an integer, a tuple or None; weights `b` broadcast against `x` and may be zero or
    negative. With `return_sign` the logarithm of the absolute sum and its sign; without, a negative sum
    is nan. The result has the promoted type, integers become float64.
    -inf for nothing and for -inf only, inf with an inf, nan with a nan; weight 0 takes its element out
    whatever it is.
    Error at most 3.7 ULP in float64 where |result| >= 1e-12, absolute error 1e-28 below; 5 in float32
    (0.501 in `precise` and in float16); 8 with weights of both signs. Measured by `python
    benchmarks/runtime.py`.
    Source: the definition without a shift where none is needed; `m + log1p(rest)` otherwise (Blanchard,
    Higham, Higham 2021); twofold arithmetic where the sum is near 1.
    """
    bare = b is None and not keepdims and not return_sign
    if bare and type(x) is np.ndarray and x.ndim == 1 and x.dtype.char == "d" and 0 < x.size <= FEW:
        if axis is not None and axis != -1:
            axes_of(axis, 1)
        return few(x)
    if not return_sign and (formula_only(x) or (b is not None and formula_only(b))):
        return formulas.logsumexp(spread(x), axis, keepdims, spread(b))
    array, _ = opened(x, "logsumexp")
    if b is not None:
        weights = floating(b, "logsumexp")
        dtype = np.result_type(array, weights)
        array, weights = np.broadcast_arrays(array.astype(dtype), weights.astype(dtype))
        axes = axes_in(x, axis, array.ndim)
        value, sign = weighted(array, weights, axes)
    else:
        axes = axes_in(x, axis, array.ndim)
        value = log_total(array, axes)
        sign = np.where(np.isnan(value), value, np.where(value == -np.inf, 0, 1)).astype(value.dtype)
    if return_sign:
        return lowered(x, value, axes, keepdims), lowered(x, sign, axes, keepdims)
    # A negative sum has no real logarithm.
    return lowered(x, np.where(sign < 0, np.asarray(np.nan, value.dtype), value), axes, keepdims)


def few(x: Array) -> Any:
    """The logarithm of the sum of a few exponentials, of all of `x`."""
    try:
        s = fsum(np.exp(x).tolist())
    except OverflowError:
        s = inf
    # Away from 1, where the logarithm crosses 0, and from the ends of the range.
    if 2.8 < s < inf or 1e-270 < s < 0.35:
        return np.float64(math.log(s))
    return careful(x.reshape(1, -1), 1)[0]


def log_total(x: Array, axes: tuple[int, ...], precise: bool = False) -> Array:
    """`log(sum(exp(x)))`, the axes kept as axes of length 1."""
    stack, _ = stacked(x, axes)
    outer, n, wide = stack.shape
    shape = tuple(1 if a in axes else x.shape[a] for a in range(x.ndim))
    inner = whole(x.dtype, precise)
    if n == 0:
        return np.full(shape, -np.inf, x.dtype)
    result = np.empty((outer, wide), x.dtype)
    if wide == 1 and n <= BLOCK:
        shift = False
        for part in spans(outer, max(1, BLOCK // n)):
            block = stack[part, :, 0].astype(inner, copy=False)
            if n < SHORT and outer > 1:
                result[part, 0], shift = step(np.ascontiguousarray(block.T), 0, shift, x.dtype)
            else:
                result[part, 0], shift = step(block, 1, shift, x.dtype)
    else:
        for k in range(outer):
            for part in spans(wide, BLOCK):
                axis = 0 if wide > 1 else 1
                result[k, part] = along(stack[k, :, part] if wide > 1 else stack[k].T, axis, inner)
    kept = [a for a in range(x.ndim) if a not in axes]
    if x.flags.f_contiguous and not x.flags.c_contiguous:
        lengths = tuple(x.shape[a] for a in reversed(kept))
        return result.reshape(lengths).T.reshape(shape)
    return result.reshape(shape)


def step(x: Array, axis: int, shift: bool, dtype: np.dtype[Any]) -> tuple[Array, bool]:
    """The logarithms of the sums of one block; whether the next had better be shifted at once."""
    if shift or x.dtype.char not in "fd":
        return careful(x, axis, dtype), True
    e = np.exp(x)
    s = plain(e, axis)
    value = np.log(s)
    # The rounding of a plain sum shows where the logarithm is small; from 8 on its ULP is 8 times larger.
    if x.dtype.char == "d" and not (value.min() >= 8 and value.max() < np.inf):
        head, tail = total(e, axis)
        # Only there, so that no row's last bit depends on its neighbours.
        s = np.where((value >= 8) & (value < np.inf), s, head + tail)
        value = np.log(s)
    tiny = 1e-30 if x.dtype.char == "f" else 1e-270
    bad = np.flatnonzero(~((np.abs(value) >= 1) & (s < np.inf) & (s > tiny)))
    if bad.size:
        value[bad] = careful(np.take(x, bad, axis=1 - axis), axis, dtype)
    return value, 2 * bad.size > s.size


def along(x: Array, axis: int, inner: np.dtype[Any]) -> Array:
    """The logarithms of the sums of a 2-d array along an axis too long for one block."""
    parts = [
        (span, slice(None)) if axis == 0 else (slice(None), span)
        for span in spans(x.shape[axis], max(1, BLOCK // x.shape[1 - axis]))
    ]
    if len(parts) == 1:
        return step(x.astype(inner, copy=False), axis, False, x.dtype)[0]
    head = np.zeros(x.shape[1 - axis], np.result_type(inner, np.float64))
    tail = np.zeros_like(head)
    room = np.empty(x[parts[0]].shape, inner)
    # The rounding of plain sums shows where the logarithm is small; from 8 on its ULP is 8 times larger.
    for exactly in (False, True):
        head[...] = tail[...] = 0
        for part in parts:
            source = x[part].astype(inner, copy=False)
            e = np.exp(source, out=room[: source.shape[0], : source.shape[1]])
            grow(head, tail, e, axis, exactly)
        s = head + tail
        value = np.asarray(np.log(s))
        if value.min() >= 8:
            break
    tiny = 1e-30 if inner.char == "f" else 1e-270
    bad = np.flatnonzero(~((np.abs(value) >= 1) & (s < np.inf) & (s > tiny)))
    for column in bad:
        row = x[:, column] if axis == 0 else x[column]
        value[column] = careful_long(row.astype(np.result_type(inner, np.float64)), x.dtype)
    return value


def careful_long(x: Array, dtype: np.dtype[Any]) -> Any:
    """`log(sum(exp(x)))` of one long row."""
    m = np.maximum.reduce(x)
    if not np.isfinite(m):
        return m
    head, tail, many = np.zeros(1, x.dtype), np.zeros(1, x.dtype), 0
    for part in spans(x.size, BLOCK):
        e = exponentials(x[None, part], m)
        # The largest are counted, not added: beside them the others would lose their last bits.
        many += int(np.count_nonzero(x[part] == m))
        e[x[None, part] == m] = 0
        grow(head, tail, e, 1)
    log = np.log1p((many - 1) + head + tail)
    value = m + log
    return near_one(x) if lost(value, log, dtype)[0] else value[0]


def careful(x: Array, axis: int, dtype: np.dtype[Any] | None = None) -> Array:
    """The logarithms of the sums of one block, shifted by the maximum; to be rounded to `dtype`."""
    m = top(x, axis)
    log = np.log1p(others(x, m, axis))
    m = m.squeeze(axis).astype(log.dtype, copy=False)
    value = np.where(np.isfinite(m), m + log, m)
    if x.dtype.char == "f":
        again = np.flatnonzero(np.abs(value) < 0.5 * log)
        value[again] = careful(np.take(x, again, axis=1 - axis).astype(np.float64), axis, x.dtype)
        return value
    for i in np.flatnonzero(lost(value, log, x.dtype if dtype is None else dtype)):
        value[i] = near_one(x[i] if axis else x[:, i])
    return value


def lost(value: Array, log: Array, dtype: np.dtype[Any]) -> Array:
    """Where the maximum and the logarithm of the rest have cancelled and left too few digits."""
    if value.dtype.char != "d":
        return np.zeros(value.shape, bool)
    return np.asarray(np.abs(value) < (0.5 if dtype.char == "d" else 2.0**-18) * log)


def near_one(x: Array) -> float:
    """`log(sum(exp(x)))` of one row whose exponentials add up to nearly 1, to twice the precision."""
    parts = [-1.0]
    for part in spans(x.size, BLOCK):
        high, low = twofold.exp(x[part])
        terms = [*high.tolist(), *low.tolist()]
        head = fsum(terms)
        parts += [head, fsum([*terms, -head])]
    return float(np.log1p(fsum(parts)))


@quiet
def logcumsumexp(x: ArrayLike, axis: int | None = None) -> Any:
    """`log(cumsum(exp(x)))` along `axis`, of the flattened array by default.

    The result has the type of `x`, integers become float64.
    nan from the first nan on; -inf as long as there is only -inf.
    The error grows with the length as that of any running sum; nothing overflows. No bound is promised.
    Source: `numpy.logaddexp.accumulate`.
    """
    if formula_only(x) or has_missing_type(x):
        return formulas.logcumsumexp(spread(x), axis)
    if not labelled(x) and (np.ndim(x) == 0 or (axis is None and np.ndim(x) != 1)):
        # A matrix is a row with two axes.
        x, axis = x.ravel() if isinstance(x, np.matrix) else np.ravel(x), -1
    array, wrap = opened(x, "logcumsumexp")
    for position in running_axes(x, axis, array.ndim):
        array = np.logaddexp.accumulate(array, axis=position)
    result = wrap(array)
    if is_masked(result):
        # As a running sum of NumPy's, it does not keep what is to be filled in.
        result.fill_value = None
    return result


@quiet
def logmatmulexp(a: ArrayLike, b: ArrayLike) -> Any:
    """`log(exp(a) @ exp(b))`, with the shapes of `numpy.matmul`.

    The types are promoted as NumPy does, integers become float64. All sums are formed at once: memory
    for n k m elements.
    As `logsumexp` over the sums `a + b`.
    Error that of rounding `a + b`, and 3.7 ULP. No tighter bound is promised.
    Source: the definition as a `logsumexp`.
    """
    left, right = floating(a, "logmatmulexp"), floating(b, "logmatmulexp")
    if left.ndim == 0 or right.ndim == 0:
        raise ValueError("`logmatmulexp` takes arrays of at least one dimension")
    rows = left if left.ndim > 1 else left[None, :]
    columns = right if right.ndim > 1 else right[:, None]
    if rows.shape[-1] != columns.shape[-2]:
        raise ValueError(f"`logmatmulexp` cannot multiply shapes {left.shape} and {right.shape}")
    pairs = rows[..., :, None] + columns[..., None, :, :]
    result = log_total(pairs, (pairs.ndim - 2,)).squeeze(-2)
    result = result if left.ndim > 1 else result.squeeze(-2)
    return (result if right.ndim > 1 else result.squeeze(-1))[()]
