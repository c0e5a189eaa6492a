"""From a formula to a public function of one array: types, blocks, float16 tables, containers, `out`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array, floating, given, wrapper
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.quiet import quiet

Formula = Callable[[Array], Array]
Plain = Callable[[Any], Any]

# 64 KB of float64: a formula of ten steps then runs in the second-level cache instead of in memory.
BLOCK = 8192


class Pointwise(Protocol):
    """A function of each element on its own."""

    formula: Formula
    plain: Plain

    def __call__(self, x: ArrayLike, out: Array | None = None) -> Any:
        """The value at each element, in the type of `x`."""


def pointwise(plain: Plain) -> Callable[[Formula], Pointwise]:
    """Makes a public function of a formula that takes a native float array and gives a new one of its type.

    float16 is read from a table of all 65,536 values, correctly rounded;
    float32, float64 and longdouble go through the formula in their own type, block by block. What has an arithmetic
    of its own goes through the `plain` formula.
    """
    return lambda formula: public(formula, plain, formula.__name__, float)


def rounded(function: Pointwise) -> Pointwise:
    """`function` with float32 computed in float64 and rounded once: at most 0.501 ULP."""
    return public(function.formula, function.plain, function.formula.__name__, np.float64)


def public(formula: Formula, plain: Plain, name: str, single: type) -> Pointwise:
    """`formula` behind the checks and conversions of a public function; float32 is computed in `single`."""

    @wraps(formula)
    @quiet
    def function(x: ArrayLike, out: Array | None = None) -> Any:
        if out is None and type(x) is np.ndarray and plain_block(x, single):
            return formula(x)
        if formula_only(x):
            return stored(plain(spread(x)), out)
        wrap = wrapper(x)
        array = floating(x, name)
        char = array.dtype.char
        if char == "e":
            result = looked_up(formula, array, out)
        else:
            inner = np.dtype(np.float64) if char == "f" and single is np.float64 else array.dtype
            result = evaluated(formula, array, out, inner)
        if out is not None:
            return out
        if wrap is not None:
            return wrap(result)
        return result if result.ndim else result[()]

    function.formula = formula  # type: ignore[attr-defined]
    function.plain = plain  # type: ignore[attr-defined]
    return function  # type: ignore[return-value]


def plain_block(x: Array, single: type) -> bool:
    """Whether `x` is one block of float64, or of float32 that is computed as such: nothing is to be converted."""
    char = x.dtype.char
    return (
        (char == "d" or (char == "f" and single is float))
        and 0 < x.size <= BLOCK
        and x.ndim > 0
        and x.flags.c_contiguous
        and x.dtype.isnative
    )


def stored(result: Any, out: Array | None) -> Any:
    """`result`, in `out` if there is one."""
    if out is None:
        return result
    given(out, np.shape(result), result.dtype)[...] = result
    return out


def evaluated(formula: Formula, x: Array, out: Array | None, inner: np.dtype[Any]) -> Array:
    """`formula` of every element of `x`, computed in the type `inner`, rounded to the type of `x`."""
    if x.size <= BLOCK:
        # Strided input would take NumPy's scalar loops, and those round differently.
        if not (x.flags.c_contiguous or x.flags.f_contiguous):
            x = x.copy()
        result = formula(x.reshape(x.shape or 1).astype(inner, copy=False)).astype(x.dtype, copy=False)
        result = result.reshape(x.shape)
        if out is None:
            return result
        given(out, x.shape, x.dtype)[...] = result
        return out
    result = np.empty_like(x) if out is None else given(out, x.shape, x.dtype)
    with np.nditer(  # type: ignore[call-overload]  # the stubs of NumPy 2.4 spell "contig" as "config"
        [x, result],
        flags=["external_loop", "buffered", "copy_if_overlap"],
        op_flags=[["readonly", "contig"], ["writeonly", "contig"]],
        op_dtypes=[inner, inner],
        casting="same_kind",
        buffersize=BLOCK,
    ) as blocks:
        for source, target in blocks:
            target[...] = formula(source)
    return result


@cache
def table(formula: Formula) -> Array:
    """`formula` of every float16 there is, by bit pattern."""
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float64)
    return formula(every).astype(np.float16)


def looked_up(formula: Formula, x: Array, out: Array | None) -> Array:
    """`formula` of a float16 array: 1.8 ns an element, where bare `np.exp` takes 12.6."""
    values = table(formula)[x.view(np.uint16)]
    if out is None:
        return np.asarray(values)
    given(out, x.shape, x.dtype)[...] = values
    return out
