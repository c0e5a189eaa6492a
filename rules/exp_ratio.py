"""`exp(a) / sum(exp(b))` is nan where both leave the float range although their ratio does not.

One component of a softmax, or a ratio of two different arrays: inf/inf from 709.8 on (float64), 0/0 below -745.
The stable replacement subtracts the logarithm of the sum before it takes the exponential.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Positive, Real, Rows, Setting, Weights
from stabaudit.terms import Term
from stabaudit.terms.ops import (
    cumsum,
    dot,
    exp,
    item,
    log,
    logaddexp,
    logcumsumexp,
    logsumexp,
    revcumsum,
    segmented,
    softmax,
    sum_,
    weighted_logsumexp,
)

Element = Annotated[Term, Domain(part_of="x")]


def unstable(a: Real, b: Rows, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / sum_(exp(b), axis=axis, keepdims=keepdims)


def stable(a: Term, b: Term, axis: Term, keepdims: Term) -> Term:
    return exp(a - logsumexp(b, axis=axis, keepdims=keepdims))


def unstable_quotient(a: Real, b: Real) -> Term:
    return exp(a) / exp(b)


def stable_quotient(a: Term, b: Term) -> Term:
    return exp(a - b)


def unstable_of_three(a: Real, b: Real, c: Real) -> Term:
    return exp(a) / (exp(a) + exp(b) + exp(c))


def stable_of_three(a: Term, b: Term, c: Term) -> Term:
    return exp(a - logaddexp(a, logaddexp(b, c)))


def unstable_of_two_and_one(a: Real, b: Real) -> Term:
    return exp(a) / (1 + exp(a) + exp(b))


def stable_of_two_and_one(a: Term, b: Term) -> Term:
    return exp(a - logaddexp(0, logaddexp(a, b)))


def unstable_one_of_three(a: Real, b: Real) -> Term:
    return 1 / (1 + exp(a) + exp(b))


def stable_one_of_three(a: Term, b: Term) -> Term:
    return exp(-logaddexp(0, logaddexp(a, b)))


def unstable_one_of_all(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return 1 / (1 + sum_(exp(x), axis=axis, keepdims=keepdims))


def stable_one_of_all(x: Term, axis: Term, keepdims: Term) -> Term:
    return exp(-logaddexp(0, logsumexp(x, axis=axis, keepdims=keepdims)))


def unstable_by_differences(x: Rows, y: Element, axis: Setting, keepdims: Setting) -> Term:
    return 1 / sum_(exp(x - y), axis=axis, keepdims=keepdims)


def stable_by_differences(x: Term, y: Term, axis: Term, keepdims: Term) -> Term:
    return exp(-logsumexp(x - y, axis=axis, keepdims=keepdims))


def unstable_of_others(a: Real, b: Rows, c: Real, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / (sum_(exp(b), axis=axis, keepdims=keepdims) - exp(c))


# What is left of a sum without one of its terms may be small beside it: no shift keeps its digits.
stable_of_others = stable_of_others_with_rest = None


def unstable_of_others_with_rest(a: Real, b: Rows, c: Real, w: Positive, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / (w + sum_(exp(b), axis=axis, keepdims=keepdims) - exp(c))


def unstable_of_sums(a: Rows, b: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sum_(exp(a), axis=axis, keepdims=keepdims) / sum_(exp(b), axis=axis, keepdims=keepdims)


def stable_of_sums(a: Term, b: Term, axis: Term, keepdims: Term) -> Term:
    return exp(logsumexp(a, axis=axis, keepdims=keepdims) - logsumexp(b, axis=axis, keepdims=keepdims))


def unstable_mean(v: Rows, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sum_(v * exp(x), axis=axis, keepdims=keepdims) / sum_(exp(x), axis=axis, keepdims=keepdims)


def stable_mean(v: Term, x: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(v * softmax(x, axis=axis), axis=axis, keepdims=keepdims)


def unstable_product(v: Rows, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return dot(exp(x), v) / sum_(exp(x), axis=axis, keepdims=keepdims)


def unstable_product_first(v: Rows, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return dot(v, exp(x)) / sum_(exp(x), axis=axis, keepdims=keepdims)


# Which axes a product runs along is not known.
stable_product = stable_product_first = None


def unstable_weighted_mean(v: Rows, w: Weights, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sum_(v * exp(x), axis=axis, keepdims=keepdims) / sum_(w * exp(x), axis=axis, keepdims=keepdims)


def stable_weighted_mean(v: Term, w: Term, x: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(v * exp(x - weighted_logsumexp(x, w, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims)


def unstable_of_part(x: Rows, axis: Setting) -> Term:
    return exp(x) / cumsum(exp(x), axis=axis)


def stable_of_part(x: Term, axis: Term) -> Term:
    return exp(x - logcumsumexp(x, axis=axis))


def unstable_weighted_part(x: Rows, w: Weights, axis: Setting) -> Term:
    return exp(x) / cumsum(w * exp(x), axis=axis)


def stable_weighted_part(x: Term, w: Term, axis: Term) -> Term:
    return exp(x - logcumsumexp(x + log(w), axis=axis))


def unstable_running_mean(v: Rows, w: Weights, x: Rows, axis: Setting) -> Term:
    return cumsum(v * exp(x), axis=axis) / cumsum(w * exp(x), axis=axis)


# Sums of both signs have no logarithm, and one shift for all is no help where early terms are the small ones.
stable_running_mean = stable_of_rest = stable_remaining_mean = None


def unstable_of_power(a: Real, b: Rows, p: Positive, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / sum_(exp(b), axis=axis, keepdims=keepdims) ** p


def stable_of_power(a: Term, b: Term, p: Term, axis: Term, keepdims: Term) -> Term:
    return exp(a - p * logsumexp(b, axis=axis, keepdims=keepdims))


def unstable_of_weighted_power(a: Real, b: Rows, w: Weights, p: Positive, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / sum_(w * exp(b), axis=axis, keepdims=keepdims) ** p


def stable_of_weighted_power(a: Term, b: Term, w: Term, p: Term, axis: Term, keepdims: Term) -> Term:
    return exp(a - p * weighted_logsumexp(b, w, axis=axis, keepdims=keepdims))


def unstable_of_segment(a: Real, b: Rows, place: Setting) -> Term:
    return exp(a) / segmented(exp(b), place=place)


def unstable_of_weighted_segment(a: Real, b: Rows, w: Weights, place: Setting) -> Term:
    return exp(a) / segmented(w * exp(b), place=place)


def unstable_of_segment_with_rest(a: Real, b: Rows, c: Positive, place: Setting) -> Term:
    return exp(a) / (c + segmented(exp(b), place=place))


def unstable_of_segments(v: Rows, w: Weights, b: Rows, place: Setting) -> Term:
    return segmented(v * exp(b), place=place) / segmented(w * exp(b), place=place)


# No library has a sum of exponentials by segments.
stable_of_segment = stable_of_weighted_segment = stable_of_segment_with_rest = stable_of_segments = None


def unstable_of_one(x: Rows, w: Weights, place: Setting, axis: Setting, keepdims: Setting) -> Term:
    return item(w * exp(x), place=place) / sum_(w * exp(x), axis=axis, keepdims=keepdims)


# The weight of one element is not known to be an element of the weights.
stable_of_one = None


def unstable_of_rest(x: Rows, w: Weights, axis: Setting) -> Term:
    return exp(x) / revcumsum(w * exp(x), axis=axis)


def unstable_remaining_mean(v: Rows, w: Weights, x: Rows, axis: Setting) -> Term:
    return revcumsum(v * exp(x), axis=axis) / revcumsum(w * exp(x), axis=axis)


MATCHES = [
    "np.exp(x) / np.sum(np.exp(y))",
    "np.exp(x[3]) / np.exp(x).sum()",
    "torch.exp(a) / torch.exp(b).sum(dim=1)",
    "np.exp(a) / (np.exp(a) + np.exp(b) + np.exp(c))",
    "np.exp(a) / (1 + np.exp(a) + np.exp(b))",
    "1 / (1 + np.exp(a) + np.exp(b))",
    "1 / (1 + np.sum(np.exp(x), axis=1))",
    "np.sum(v * np.exp(x)) / np.sum(np.exp(x))",
    "np.exp(a).sum(axis=0) / np.exp(b).sum(axis=0)",
    "np.exp(x) / np.cumsum(np.exp(x))",
    "np.exp(x) / np.cumsum(np.exp(x)[::-1])[::-1]",
    "torch.exp(x) / torch.zeros(3).scatter_add(0, i, torch.exp(x))[i]",
    "(w * np.exp(x))[k] / np.sum(w * np.exp(x))",
    "np.exp(x) / np.bincount(i, weights=np.exp(x))[i]",
    "np.exp(x) / np.sum(np.exp(x)) ** beta",
    "np.exp(x[0]) / (np.exp(x).sum() - np.exp(x[0]))",
    "1 / np.sum(np.exp(x - x[i]))",
    "np.exp(a) / np.exp(b)",
    "math.exp(-new / t) / math.exp(-old / t)",
    "np.exp(p + q) / np.exp(r)",
]
IGNORES = [
    "np.exp(x[3] - x.max()) / np.exp(x - x.max()).sum()",
    "np.exp(a) / b",
    "np.exp(a - b)",
    "np.exp(a) * np.exp(-b**2)",
    "np.cumsum(np.exp(x))",
]
