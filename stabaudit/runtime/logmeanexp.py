"""The logarithm of a mean of exponentials."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas, twofold
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis
from stabaudit.runtime.blocks import BLOCK, size, spans
from stabaudit.runtime.containers import axes_in, counts, lowered, opened
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.shift import shifted
from stabaudit.runtime.total import total


@quiet
def logmeanexp(x: ArrayLike, axis: Axis = None, keepdims: bool = False) -> Any:
    """`log(mean(exp(x)))` along `axis`, over all elements by default.

    `axis` is an integer, a tuple or None; the result has the type of `x`, integers become float64.
    nan for nothing, -inf for -inf only, inf with an inf, nan with a nan; masked elements do not count.
    Error at most 8 ULP in float64, 0.501 in float32 and float16. Measured by
    `tests/runtime/test_accuracy.py`.
    Source: `max + log1p(mean(expm1(x - max)))` for nearly equal numbers; twofold arithmetic around 0.
    """
    if formula_only(x):
        return formulas.logmeanexp(spread(x), axis, keepdims)
    array, _ = opened(x, "logmeanexp")
    if array.ndim == 0 and axis not in (None, ()):
        # As NumPy's own means; of its sums a single number has an axis.
        raise getattr(np, "exceptions", np).AxisError(axis if isinstance(axis, int) else 0, 0)
    axes = axes_in(x, axis, array.ndim)
    kept = tuple(a for a in range(array.ndim) if a not in axes)
    shape = tuple(1 if a in axes else array.shape[a] for a in range(array.ndim))
    number = size(shape)
    length = array.size // number if number else 0
    inner = np.result_type(array, np.float64)
    result = np.full(number, np.nan, inner)
    if length:
        rows = array.transpose(kept + axes).reshape(number, length)
        n = counts(x, array.shape, axes).ravel()
        for part in spans(number, max(1, BLOCK // length)):
            result[part] = means(rows[part].astype(inner, copy=False), n[part])
    return lowered(x, result.astype(array.dtype).reshape(shape), axes, keepdims)


def means(x: Array, n: Array) -> Array:
    """`log(mean(exp(x)))` of each row, of which n elements are there; those that are not are -inf."""
    gone = x.shape[1] - n
    m = np.maximum.reduce(x, axis=1, keepdims=True)
    d, low = shifted(x, m)
    # log(mean) where the mean is small; where it is near 1, log1p of the mean of expm1, of which
    # every term is negative: log(sum) - log(n) would cancel for nearly equal numbers.
    e = np.exp(d)
    e += e * low
    head, tail = total(e, 1)
    q = np.asarray(np.log((head + tail) / n))
    even = np.flatnonzero(q > -0.7)
    if even.size:
        g = np.expm1(d[even])
        g += (g + 1) * low[even]
        head, tail = total(-g, 1)
        q[even] = np.log1p(-((head - gone[even]) + tail) / n[even])
    m = m.squeeze(1)
    value = np.where(np.isfinite(m), m + q, m)
    if x.dtype == np.float64:
        # Around 0 the maximum and the rest cancel: there the mean of expm1(x) is taken to twice
        # the precision.
        for i in np.flatnonzero((np.abs(value) < 0.25 * np.abs(q)) | ((np.abs(value) < 0.5) & (q <= -0.7))):
            high, rest = twofold.expm1(np.maximum(x[i], -700))
            value[i] = np.log1p(fsum([*high.tolist(), *rest.tolist(), float(gone[i])]) / n[i])
    return value
