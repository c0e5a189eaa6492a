"""From a formula of two arrays to a public function: promotion, broadcasting, blocks, containers, `out`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime.arrays import Array, aligned, common, given, labelled, wrapper
from stabaudit.runtime.own import formula_only, spread
from stabaudit.runtime.pointwise import BLOCK, stored
from stabaudit.runtime.quiet import quiet

PairFormula = Callable[[Array, Array], Array]
PlainPair = Callable[[Any, Any], Any]


class Pair(Protocol):
    """A function of two arrays, element by element."""

    formula: PairFormula

    def __call__(self, a: ArrayLike, b: ArrayLike, /, out: Array | None = None) -> Any:
        """The value at each pair, in the common type of both."""


def pair(plain: PlainPair) -> Callable[[PairFormula], Pair]:
    """Makes a public function of a formula of two arrays of one type and shape.

    float16 and float32 are computed in float64 and rounded once. What has an arithmetic of its own goes through the
    `plain` formula.
    """
    return lambda formula: paired(formula, plain)


def paired(formula: PairFormula, plain: PlainPair) -> Pair:
    """`formula` behind the checks and conversions of a public function of two arrays."""
    name = formula.__name__

    @wraps(formula)
    @quiet
    def function(a: ArrayLike, b: ArrayLike, /, out: Array | None = None) -> Any:
        if formula_only(a) or formula_only(b):
            return stored(plain(spread(a), spread(b)), out)
        if labelled(a) or labelled(b):
            a, b = aligned(a, b)
            like = added(a, b)
            left, right = common(name, a, b)
            return wrapper(like)(combined(formula, left, right, None))
        left, right = common(name, a, b)
        result = combined(formula, left, right, out)
        if out is not None:
            return out
        for operand in (a, b):
            wrap = wrapper(operand)
            if wrap is not None and np.shape(operand) == result.shape:
                return masked(wrap(result), a, b)
        return result if result.ndim else result[()]

    function.formula = formula  # type: ignore[attr-defined]
    return function  # type: ignore[return-value]


def added(a: Any, b: Any) -> Any:
    """What arithmetic of two operands gives of which one has labels: its labels, names and types are the result's."""
    return spread(a) + spread(b)


def masked(result: Any, a: Any, b: Any) -> Any:
    """`result` with the mask of both operands, where it can have one; what has no value is masked, too."""
    if isinstance(result, np.ma.MaskedArray):
        values = np.ma.getdata(result)
        known = np.isfinite(np.ma.getdata(a)) & np.isfinite(np.ma.getdata(b))
        lost = ~np.isfinite(values) & known
        result.mask = np.ma.getmaskarray(np.ma.asarray(a)) | np.ma.getmaskarray(np.ma.asarray(b)) | lost
    return result


def combined(formula: PairFormula, a: Array, b: Array, out: Array | None) -> Array:
    """`formula` of every pair, computed in float64 or wider, rounded to the type of `a`."""
    inner = np.result_type(a.dtype, np.float64)
    shape = np.broadcast_shapes(a.shape, b.shape)
    result = given(out, shape, a.dtype)
    if result.size <= BLOCK:
        a, b = np.broadcast_arrays(a.astype(inner, copy=False), b.astype(inner, copy=False))
        result[...] = formula(np.ascontiguousarray(a), np.ascontiguousarray(b)).reshape(shape)
        return result
    with np.nditer(  # type: ignore[call-overload]  # the stubs of NumPy 2.4 spell "contig" as "config"
        [a, b, result],
        flags=["external_loop", "buffered", "copy_if_overlap"],
        op_flags=[["readonly", "contig"], ["readonly", "contig"], ["writeonly", "contig"]],
        op_dtypes=[inner, inner, inner],
        casting="same_kind",
        buffersize=BLOCK,
    ) as blocks:
        for left, right, target in blocks:
            target[...] = formula(left, right)
    return result
