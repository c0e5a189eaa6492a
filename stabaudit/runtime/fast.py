"""The same functions as compiled loops: with the extra `stabaudit[fast]`, for who asks for them by name.

Same formulas, special values and bounds; float32 is correctly rounded. The first call of each takes some
seconds, once: the machine code is kept on disk. What the loops do not take (float16, longdouble, rows with
an infinity or nan, sums next to 1) goes through the plain functions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit import runtime as plain
from stabaudit.runtime import jit_columns, jit_points, jit_rows
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis
from stabaudit.runtime.blocks import BLOCK, SHORT, Way, Work, fill, filled, spans, stacked
from stabaudit.runtime.containers import axes_in, lowered, opened
from stabaudit.runtime.jit_sum import CHUNK
from stabaudit.runtime.log_softmax import LogProportions
from stabaudit.runtime.logsumexp import log_total
from stabaudit.runtime.own import formula_only
from stabaudit.runtime.pointwise import Pointwise, public
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.softmax import FEW, Proportions

__all__ = ["log_sigmoid", "log_softmax", "logsumexp", "sigmoid", "softmax", "softplus"]

Loop = Callable[..., None]
# Rows up to here keep their exponentials in the result: they are in the cache when they are divided.
KEPT = 1 << 18


def softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(x) / sum(exp(x))` along `axis`, as `stabaudit.runtime.softmax`."""
    return plain.softmax(x, axis, out) if small(x) else rowwise(Proportions(), "softmax", x, axis, out)


def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, as `stabaudit.runtime.log_softmax`."""
    return plain.log_softmax(x, axis, out) if small(x) else rowwise(LogProportions(), "log_softmax", x, axis, out)


def logsumexp(
    x: ArrayLike,
    axis: Axis = None,
    keepdims: bool = False,
    b: ArrayLike | None = None,
    return_sign: bool = False,
) -> Any:
    """`log(sum(b * exp(x)))` along `axis`, as `stabaudit.runtime.logsumexp`."""
    if small(x) or b is not None or return_sign:
        return plain.logsumexp(x, axis, keepdims, b, return_sign)
    return bare_logsumexp(x, axis, keepdims)


def small(x: Any) -> bool:
    """Whether `x` is a few numbers, for which the plain functions are as fast, or nothing for a loop."""
    if type(x) is np.ndarray and x.ndim == 1 and x.size <= FEW and x.dtype.char == "d":
        return True
    return formula_only(x)


@quiet
def rowwise(work: Work, name: str, x: ArrayLike, axis: Axis, out: Array | None) -> Any:
    """Softmax or log-softmax of anything."""
    array, wrap = opened(x, name)
    way = looped(getattr(jit_rows, name), getattr(jit_columns, name))
    return wrap(filled(work, array, axes_in(x, axis, array.ndim), out, precise=True, way=way))


def looped(rows: Loop, columns: Loop) -> Way:
    """A way to fill a result of the size of its input through compiled loops, with `work` for what they leave."""

    def way(work: Work, x: Array, out: Array, inner: np.dtype[Any]) -> None:
        outer, n, wide = x.shape
        single = x.dtype.char == "f"

        def rest(some: Array, axis: int) -> Array:
            return filled(work, some, (axis,), precise=single)

        if x.dtype.char not in "df" or not x.size:
            fill(work, x, out, inner)
        elif wide > 1:
            for k in range(outer):
                through(columns, x[k], out[k], (single,), rest, 0)
        elif n < SHORT and outer > 1:
            for part in spans(outer, BLOCK // n):
                block = np.ascontiguousarray(x[part, :, 0].T)
                turned = np.empty_like(block)
                through(columns, block, turned, (single,), rest, 0)
                out[part, :, 0] = turned.T
        else:
            keep = not single and n <= KEPT
            room = out[:, :, 0] if keep else np.empty((1, min(n, CHUNK)))
            through(rows, x[:, :, 0], out[:, :, 0], (room, single), rest, 1)

    return way


def through(
    loop: Loop, x: Array, out: Array, options: tuple[Any, ...], rest: Callable[[Array, int], Array], axis: int
) -> None:
    """A compiled loop over a matrix, and `rest` along `axis` for the rows or columns that it leaves."""
    left = np.empty(x.shape[1 - axis], bool)
    loop(x, out, left, *options)
    bad = np.flatnonzero(left)
    for part in spans(bad.size, max(1, BLOCK // x.shape[axis])):
        one = x if bad.size == left.size == 1 else np.take(x, bad[part], axis=1 - axis)
        at = bad[part] if axis or out.ndim == 1 else (slice(None), bad[part])
        out[at] = rest(one, axis)


@quiet
def bare_logsumexp(x: ArrayLike, axis: Axis, keepdims: bool) -> Any:
    """`logsumexp` without weights."""
    array, _ = opened(x, "logsumexp")
    axes = axes_in(x, axis, array.ndim)
    value = summed(array, axes) if array.dtype.char in "df" and array.size else log_total(array, axes, precise=True)
    return lowered(x, value, axes, keepdims)


def summed(x: Array, axes: tuple[int, ...]) -> Array:
    """`log(sum(exp(x)))`, the axes kept as axes of length 1."""
    if x.flags.f_contiguous and not x.flags.c_contiguous:
        return summed(x.T, tuple(sorted(x.ndim - 1 - a for a in axes))).T
    stack, _ = stacked(x, axes)
    outer, n, wide = stack.shape
    single = x.dtype.char == "f"
    result = np.empty((outer, wide), x.dtype)

    def rest(some: Array, axis: int) -> Array:
        return log_total(some, (axis,), precise=single).squeeze(axis)

    if wide > 1:
        for k in range(outer):
            through(jit_columns.logsumexp, stack[k], result[k], (single,), rest, 0)
    elif n < SHORT and outer > 1:
        for part in spans(outer, BLOCK // n):
            block = np.ascontiguousarray(stack[part, :, 0].T)
            through(jit_columns.logsumexp, block, result[part, 0], (single,), rest, 0)
    else:
        room = np.empty((1, min(n, CHUNK)))
        through(jit_rows.logsumexp, stack[:, :, 0], result[:, 0], (room, single), rest, 1)
    return result.reshape(tuple(1 if a in axes else k for a, k in enumerate(x.shape)))


def pointwise(loop: Loop, function: Pointwise) -> Pointwise:
    """`function` through a compiled loop; float32 and float16 are computed in float64 and rounded once."""
    formula = function.formula

    def loops(x: Array) -> Array:
        if x.dtype.char != "d":
            return formula(x)
        result = np.empty(x.shape)
        loop(np.ascontiguousarray(x).ravel(), result.ravel())
        return result

    loops.__doc__ = f"As `stabaudit.runtime.{formula.__name__}`."
    return public(loops, function.plain, formula.__name__, np.float64)


sigmoid = pointwise(jit_points.sigmoid, plain.sigmoid)
log_sigmoid = pointwise(jit_points.log_sigmoid, plain.log_sigmoid)
softplus = pointwise(jit_points.softplus, plain.softplus)
