"""Entropies of distributions given by probabilities, and cross-entropies given by logits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array, common
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import filled
from stabaudit.runtime.containers import lowered, opened
from stabaudit.runtime.log_softmax import LogProportions
from stabaudit.runtime.pairs import pair
from stabaudit.runtime.quiet import quiet


@quiet
def entropy(p: ArrayLike, axis: Axis = None, keepdims: bool = False) -> Any:
    """`-sum(p * log(p))` along `axis`, with 0 log 0 = 0.

    `p` is taken as it is, not normalised. The result has the type of `p`, integers become float64.
    0 for nothing, nan with a negative number or nan.
    Error at most 2.5 ULP of distributions in float64. Measured by `tests/runtime/test_accuracy.py`.
    Source: the definition.
    """
    array, _ = opened(p, "entropy", hole=0.0)
    axes = axes_of(axis, array.ndim)
    wide = array.astype(np.result_type(array, np.float64), copy=False)
    terms = np.where(wide == 0, 0, -wide * np.log(wide))
    return lowered(p, np.add.reduce(terms, axis=axes, keepdims=True).astype(array.dtype), axes, keepdims)


@quiet
def relative_entropy(p: ArrayLike, q: ArrayLike, axis: Axis = None, keepdims: bool = False) -> Any:
    """`sum(p * log(p / q))` along `axis` (Kullback-Leibler), with 0 log 0 = 0.

    Shapes broadcast; the types are promoted as NumPy does. Nothing is normalised.
    inf where p > 0 and q = 0, nan for negative numbers.
    Terms of both signs cancel: no bound is promised.
    Source: the definition; `log1p((p - q) / q)` where q/2 < p < 3q/2, where p - q is exact.
    """
    left, right = np.broadcast_arrays(*common("relative_entropy", p, q))
    axes = axes_of(axis, left.ndim)
    inner = np.result_type(left, np.float64)
    terms = divergence(left.astype(inner), right.astype(inner))
    return lowered(p, np.add.reduce(terms, axis=axes, keepdims=True).astype(left.dtype), axes, keepdims)


def divergence(p: Array, q: Array) -> Array:
    """`p * log(p / q)`."""
    # p/q loses digits of the logarithm where p is near q: there p - q is exact.
    ratio = np.log1p((p - q) / q)
    near = np.abs(p - q) < 0.5 * q
    terms = p * np.where(near, ratio, np.log(p) - np.log(q))
    return np.where((p == 0) & (q >= 0), 0, terms)


@quiet
def softmax_cross_entropy(logits: ArrayLike, targets: ArrayLike, axis: int = -1) -> Any:
    """`-sum(targets * log(softmax(logits)))` along `axis`.

    `targets` are probabilities of the shape of `logits`, or integer classes without that axis.
    A target of 0 takes no part, whatever its logit.
    Error with classes that of `log_softmax`, 3.5 ULP in float64.
    Source: the definition with `log_softmax`.
    """
    array, _ = opened(logits, "softmax_cross_entropy")
    (position,) = axes_of(axis, array.ndim)
    logs = filled(LogProportions(), array, (position,))
    wanted = np.asarray(targets)
    if wanted.dtype.kind in "iu" and wanted.ndim == array.ndim - 1:
        return -np.take_along_axis(logs, np.expand_dims(wanted, position), position).squeeze(position)[()]
    weights = wanted.astype(np.result_type(wanted, logs), copy=False)
    terms = np.where(weights == 0, 0, -weights * logs)
    return np.add.reduce(terms, axis=position).astype(logs.dtype)[()]


@pair(formulas.sigmoid_cross_entropy)
def sigmoid_cross_entropy(logits: Array, targets: Array) -> Array:
    """`-targets * log(sigmoid(logits)) - (1 - targets) * log(1 - sigmoid(logits))`, element by element.

    Shapes broadcast; the types are promoted as NumPy does. Targets lie in [0, 1].
    0 for a logit of ±inf that is right, inf for one that is wrong.
    Error at most 2 ULP in float64; float32 and float16 within 0.501 ULP. Measured by
    `tests/runtime/test_accuracy.py`.
    Source: `max(x, 0) - x z + log1p(exp(-|x|))`, as a sum of terms of one sign.
    """
    # log(1 - sigmoid(x)) is -inf from x = 37 on. Here both terms are of one sign: nothing cancels.
    tail = np.log1p(np.exp(-np.abs(logits)))
    missed = np.where(logits > 0, 1 - targets, targets)
    return np.where(missed == 0, 0, missed * np.abs(logits)) + tail
