"""Sums of exponentials with weights of any sign."""

from __future__ import annotations

from math import fsum

import numpy as np

from stabaudit.runtime import twofold
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.shift import shifted


def weighted(x: Array, b: Array, axes: tuple[int, ...]) -> tuple[Array, Array]:
    """`log(abs(sum(b * exp(x))))` and the sign of the sum, the axes kept; weight 0 takes its element out."""
    dtype = x.dtype
    inner = np.result_type(dtype, np.float64)
    x, b = x.astype(inner), b.astype(inner)
    kept = tuple(a for a in range(x.ndim) if a not in axes)
    shape = tuple(1 if a in axes else x.shape[a] for a in range(x.ndim))
    n = 1
    for a in axes:
        n *= x.shape[a]
    rows = x.transpose(kept + axes).reshape(-1, n) if n else np.empty((0, 0))
    weights = b.transpose(kept + axes).reshape(-1, n) if n else rows
    count = int(np.prod(shape))
    value, sign = np.full(count, -np.inf, inner), np.zeros(count, inner)
    if n:
        value, sign = weighted_rows(rows, weights)
    return value.astype(dtype).reshape(shape), sign.astype(dtype).reshape(shape)


def weighted_rows(x: Array, b: Array) -> tuple[Array, Array]:
    """The same for each row of a 2-d array."""
    x = np.where(b == 0, -np.inf, x)
    # The largest term, not the largest exponent, has to stay in the range: b may be 1e-300.
    m = np.maximum.reduce(x + np.log(np.abs(b)), axis=1, keepdims=True, initial=-np.inf)
    m = np.where(np.isfinite(m), m, np.where(m > 0, np.inf, 0))
    m = np.where(m < np.inf, m, np.maximum.reduce(x, axis=1, keepdims=True, initial=-np.inf))
    finite = np.isfinite(m)
    d, low = shifted(x, np.where(finite, m, 0))
    half = np.exp(d / 2)
    terms = np.where(np.abs(d) < 700, b * np.exp(d), b * half * half)
    terms += np.where(np.isfinite(terms), terms * low, 0)
    terms = np.where(b == 0, 0, terms)
    s = np.add.reduce(terms, axis=1)
    spread = np.add.reduce(np.abs(terms), axis=1)
    m = m.squeeze(1)
    value = np.where(np.isfinite(m), m, 0) + np.log(np.abs(s))
    value = np.where(s == 0, -np.inf, value)
    sign = np.sign(s)
    if x.dtype == np.float64:
        # Terms of both signs cancel, and so do m and the logarithm where the sum is near ±1.
        near = (np.abs(value) < 0.5) | (np.abs(value) < 0.5 * np.abs(m))
        lost = np.isfinite(spread) & ((np.abs(s) < 0.5 * spread) | near)
        # Beyond that, where b is next to nothing, twofold exponentials leave the range.
        lost &= np.maximum.reduce(np.where(b == 0, -np.inf, d), axis=1, initial=-np.inf) < 690
        for i in np.flatnonzero(lost & finite.squeeze(1)):
            value[i], sign[i] = exactly(x[i], b[i], float(m[i]))
    return value, sign


def exactly(x: Array, b: Array, m: float) -> tuple[float, float]:
    """The logarithm of the absolute weighted sum of one row and its sign, to twice the precision."""
    shift = 0.0 if abs(m) < 30 and np.all(x < 300) else m
    d, low = shifted(x, np.asarray(shift))
    high, more = twofold.exp(np.clip(d, -700, 700))
    more = np.where(d < -700, 0, more + high * low)
    high = np.where(d < -700, 0, high)
    heads, tails = twofold.two_product(b, high)
    tails = np.where(b == 0, 0, tails + b * more)
    heads = np.where(b == 0, 0, heads)
    parts = [*heads.tolist(), *tails.tolist()]
    s = fsum(parts)
    if s == 0:
        return -np.inf, 0.0
    sign = 1.0 if s > 0 else -1.0
    near = 0.5 < abs(s) < 2
    log = float(np.log1p(fsum([*(sign * p for p in parts), -1.0]))) if near else float(np.log(abs(s)))
    return shift + log, sign
