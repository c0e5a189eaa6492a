"""The same functions, correctly rounded in float32: at most 0.501 ULP, through float64.

By name, because without AVX-512 it costs about four times the fast path. For float64 and longdouble these
are the functions of `stabaudit.runtime` themselves, where float16 and functions of two arrays are rounded
so, too.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import ArrayLike

from stabaudit import runtime as fast
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.axes import Axis
from stabaudit.runtime.blocks import filled
from stabaudit.runtime.containers import axes_in, lowered, opened
from stabaudit.runtime.log_softmax import LogProportions
from stabaudit.runtime.logsumexp import log_total
from stabaudit.runtime.own import formula_only
from stabaudit.runtime.pointwise import rounded
from stabaudit.runtime.quiet import quiet
from stabaudit.runtime.softmax import Proportions

__all__ = [
    "cosm1",
    "exprel",
    "inverse_softplus",
    "log1mexp",
    "log_sigmoid",
    "log_softmax",
    "logcosh",
    "logit",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softplus",
    "sqrt1pm1",
    "tanh",
]

cosm1 = rounded(fast.cosm1)
exprel = rounded(fast.exprel)
inverse_softplus = rounded(fast.inverse_softplus)
log1mexp = rounded(fast.log1mexp)
log_sigmoid = rounded(fast.log_sigmoid)
logcosh = rounded(fast.logcosh)
logit = rounded(fast.logit)
sigmoid = rounded(fast.sigmoid)
softplus = rounded(fast.softplus)
sqrt1pm1 = rounded(fast.sqrt1pm1)
tanh = rounded(fast.tanh)


@quiet
def softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`exp(x) / sum(exp(x))` along `axis`, over all elements by default."""
    if formula_only(x):
        return fast.softmax(x, axis, out)
    array, wrap = opened(x, "softmax")
    return wrap(filled(Proportions(), array, axes_in(x, axis, array.ndim), out, precise=True))


@quiet
def log_softmax(x: ArrayLike, axis: Axis = None, out: Array | None = None) -> Any:
    """`x - log(sum(exp(x)))` along `axis`, over all elements by default."""
    if formula_only(x):
        return fast.log_softmax(x, axis, out)
    array, wrap = opened(x, "log_softmax")
    return wrap(filled(LogProportions(), array, axes_in(x, axis, array.ndim), out, precise=True))


@quiet
def logsumexp(x: ArrayLike, axis: Axis = None, keepdims: bool = False) -> Any:
    """`log(sum(exp(x)))` along `axis`, over all elements by default."""
    if formula_only(x):
        return fast.logsumexp(x, axis, keepdims)
    array, _ = opened(x, "logsumexp")
    axes = axes_in(x, axis, array.ndim)
    return lowered(x, log_total(array, axes, precise=True), axes, keepdims)
