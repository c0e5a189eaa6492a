"""Arrays of any shape as stacks of 2-d blocks that fit the cache, for work along one axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from stabaudit.runtime.arrays import Array, given

# 256 KB of float64: the overhead of a call is then 0.03 ns an element, and two blocks fit the
# second-level cache.
BLOCK = 1 << 15
# Shorter rows are turned, so that a step runs along many rows at once instead of along ten elements.
SHORT = 64


class Work(Protocol):
    """What is done along one axis, an element of result for each element."""

    def block(self, x: Array, out: Array, axis: int, shift: bool) -> bool:
        """A 2-d block; `out` may be `x`. Takes and gives whether a shift by the maximum was needed."""

    def pieces(self, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
        """A 2-d array with an axis too long for a block, given as indices of its parts."""


Way = Callable[[Work, Array, Array, np.dtype[Any]], None]


def filled(
    work: Work,
    x: Array,
    axes: tuple[int, ...],
    out: Array | None = None,
    precise: bool = False,
    way: Way | None = None,
) -> Array:
    """`work` done along `axes` of `x`, into `out` if there is one; block by block or in another `way`."""
    if out is not None:
        given(out, x.shape, x.dtype)
    inner = whole(x.dtype, precise)
    stack, back = stacked(x, axes)
    ordered = x.flags.c_contiguous and np.may_share_memory(stack, x)
    if out is not None and ordered and out.dtype == x.dtype and out.flags.c_contiguous:
        source = stack.copy() if np.may_share_memory(x, out) else stack
        (way or fill)(work, source, out.reshape(stack.shape), inner)
        return out
    result = np.empty_like(stack)
    (way or fill)(work, stack, result, inner)
    values = back(result)
    if out is None:
        return values
    out[...] = values
    return out


def fill(work: Work, x: Array, out: Array, inner: np.dtype[Any]) -> None:
    """`work` along the middle of (outer, n, wide), computed in the type `inner`."""
    outer, n, wide = x.shape
    if x.size == 0:
        return
    if wide == 1 and n <= BLOCK:
        rows(work, x[:, :, 0], out[:, :, 0], inner)
        return
    for k in range(outer):
        for part in spans(wide, BLOCK):
            axis = 0 if wide > 1 else 1
            source, target = (x[k, :, part], out[k, :, part]) if axis == 0 else (x[k].T, out[k].T)
            parts = [
                (span, slice(None)) if axis == 0 else (slice(None), span)
                for span in spans(n, max(1, BLOCK // source.shape[1 - axis]))
            ]
            if inner != x.dtype:
                block = source.astype(inner)
                along(work, block, block, axis, parts)
                target[...] = block
            else:
                along(work, source, target, axis, parts)


def along(work: Work, x: Array, out: Array, axis: int, parts: list[Any]) -> None:
    """`work` on a 2-d array in one block or in pieces."""
    if len(parts) == 1:
        work.block(x, out, axis, False)
    else:
        work.pieces(x, out, axis, parts)


def rows(work: Work, x: Array, out: Array, inner: np.dtype[Any]) -> None:
    """`work` on each row, many rows a block."""
    shift = False
    n = x.shape[1]
    for part in spans(x.shape[0], max(1, BLOCK // n)):
        source, target = x[part], out[part]
        if n < SHORT and x.shape[0] > 1:
            block = np.array(source.T, dtype=inner, order="C")
            shift = work.block(block, block, 0, shift)
            target[...] = block.T
        elif inner == x.dtype:
            shift = work.block(source, target, 1, shift)
        else:
            block = source.astype(inner)
            shift = work.block(block, block, 1, shift)
            target[...] = block


def stacked(x: Array, axes: tuple[int, ...]) -> tuple[Array, Callable[[Array], Array]]:
    """`x` as (outer, n, wide) with the reduced elements in the middle, and the way back to the shape of `x`.

    A view where the axes are neighbours of a C- or Fortran-ordered array, otherwise a copy.
    """
    ndim = x.ndim
    if x.flags.f_contiguous and not x.flags.c_contiguous:
        turned, back = stacked(x.T, tuple(sorted(ndim - 1 - a for a in axes)))
        return turned, lambda values: back(values).T
    order = sorted(axes)
    shape = x.shape
    if x.flags.c_contiguous and (not order or order == list(range(order[0], order[-1] + 1))):
        first, last = (order[0], order[-1] + 1) if order else (ndim, ndim)
        outer, n, wide = size(shape[:first]), size(shape[first:last]), size(shape[last:])
        if wide == 1 or wide >= SHORT or (outer == 1 and x.size <= BLOCK):
            return x.reshape(outer, n, wide), lambda values: values.reshape(shape)
    kept = [a for a in range(ndim) if a not in order]
    moved = np.ascontiguousarray(x.transpose(kept + order))
    full = moved.shape
    undo = np.argsort(kept + order)
    flat = moved.reshape(size(full[: len(kept)]), size(full[len(kept) :]), 1)
    return flat, lambda values: values.reshape(full).transpose(undo)


def size(shape: tuple[int, ...]) -> int:
    """The number of elements of a shape."""
    elements = 1
    for n in shape:
        elements *= n
    return elements


def spans(length: int, step: int) -> Iterator[slice]:
    """Slices of at most `step` that cover `length`."""
    for start in range(0, length, step):
        yield slice(start, min(start + step, length))


def whole(dtype: np.dtype[Any], precise: bool) -> np.dtype[Any]:
    """The type that work is done in: float64 for float16, and for float32 where every bit has to be right."""
    if dtype.char == "e" or (dtype.char == "f" and precise):
        return np.dtype(np.float64)
    return dtype
