"""`log(sum(exp(x)))` is inf when one x is above 709 and -inf when all are below -745.

The true value lies between the largest x and that plus log(n). The stable replacement takes the largest
x out of the sum before it takes exponentials.
"""

from stabaudit.catalogue.rule import Positive, Real, Rows, Setting, Sizeable, Weights
from stabaudit.terms import Term
from stabaudit.terms.ops import (
    cumsum,
    exp,
    log,
    logaddexp,
    logcumsumexp,
    logmeanexp,
    logsumexp,
    mean,
    revcumsum,
    segmented,
    sum_,
    weighted_logsumexp,
)


def unstable(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(sum_(exp(x), axis=axis, keepdims=keepdims))


def stable(x: Term, axis: Term, keepdims: Term) -> Term:
    return logsumexp(x, axis=axis, keepdims=keepdims)


def unstable_weighted(x: Rows, w: Weights, axis: Setting, keepdims: Setting) -> Term:
    return log(sum_(w * exp(x), axis=axis, keepdims=keepdims))


def stable_weighted(x: Term, w: Term, axis: Term, keepdims: Term) -> Term:
    return weighted_logsumexp(x, w, axis=axis, keepdims=keepdims)


def unstable_mean(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(mean(exp(x), axis=axis, keepdims=keepdims))


def stable_mean(x: Term, axis: Term, keepdims: Term) -> Term:
    return logmeanexp(x, axis=axis, keepdims=keepdims)


def unstable_weighted_mean(x: Rows, w: Weights, axis: Setting, keepdims: Setting) -> Term:
    return log(mean(w * exp(x), axis=axis, keepdims=keepdims))


def stable_weighted_mean(x: Term, w: Term, axis: Term, keepdims: Term) -> Term:
    return logmeanexp(x + log(w), axis=axis, keepdims=keepdims)


def unstable_weighted_with_rest(x: Rows, w: Weights, c: Sizeable, axis: Setting, keepdims: Setting) -> Term:
    return log(c + sum_(w * exp(x), axis=axis, keepdims=keepdims))


def stable_weighted_with_rest(x: Term, w: Term, c: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(log(c), weighted_logsumexp(x, w, axis=axis, keepdims=keepdims))


def unstable_with_rest(x: Rows, c: Positive, axis: Setting, keepdims: Setting) -> Term:
    return log(c + sum_(exp(x), axis=axis, keepdims=keepdims))


def stable_with_rest(x: Term, c: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(log(c), logsumexp(x, axis=axis, keepdims=keepdims))


def unstable_mean_with_rest(x: Rows, c: Positive, axis: Setting, keepdims: Setting) -> Term:
    return log(c + mean(exp(x), axis=axis, keepdims=keepdims))


def stable_mean_with_rest(x: Term, c: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(log(c), logmeanexp(x, axis=axis, keepdims=keepdims))


def unstable_with_one(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(1 + sum_(exp(x), axis=axis, keepdims=keepdims))


def stable_with_one(x: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(0, logsumexp(x, axis=axis, keepdims=keepdims))


def unstable_weighted_with_one(x: Rows, w: Weights, axis: Setting, keepdims: Setting) -> Term:
    return log(1 + sum_(w * exp(x), axis=axis, keepdims=keepdims))


def stable_weighted_with_one(x: Term, w: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(0, weighted_logsumexp(x, w, axis=axis, keepdims=keepdims))


def unstable_product_with_one(a: Rows, b: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(1 + sum_(exp(a), axis=axis, keepdims=keepdims) * sum_(exp(b), axis=axis, keepdims=keepdims))


def stable_product_with_one(a: Term, b: Term, axis: Term, keepdims: Term) -> Term:
    return logaddexp(0, logsumexp(a, axis=axis, keepdims=keepdims) + logsumexp(b, axis=axis, keepdims=keepdims))


def unstable_running(x: Rows, axis: Setting) -> Term:
    return log(cumsum(exp(x), axis=axis))


def stable_running(x: Term, axis: Term) -> Term:
    return logcumsumexp(x, axis=axis)


def unstable_running_weighted(x: Rows, w: Weights, axis: Setting) -> Term:
    return log(cumsum(w * exp(x), axis=axis))


def stable_running_weighted(x: Term, w: Term, axis: Term) -> Term:
    return logcumsumexp(x + log(w), axis=axis)


def unstable_remaining(x: Rows, w: Weights, axis: Setting) -> Term:
    return log(revcumsum(w * exp(x), axis=axis))


# No library has a sum of exponentials that runs backwards.
stable_remaining = None


def unstable_of_segments(x: Rows, place: Setting) -> Term:
    return log(segmented(exp(x), place=place))


def unstable_of_weighted_segments(x: Rows, w: Weights, place: Setting) -> Term:
    return log(segmented(w * exp(x), place=place))


def unstable_of_segments_with_rest(x: Rows, c: Positive, place: Setting) -> Term:
    return log(c + segmented(exp(x), place=place))


# No library has a sum of exponentials by segments.
stable_of_segments = stable_of_weighted_segments = stable_of_segments_with_rest = None


def unstable_of_others(x: Rows, y: Real, axis: Setting, keepdims: Setting) -> Term:
    return log(sum_(exp(x), axis=axis, keepdims=keepdims) - exp(y))


# What is left of a sum without one of its terms may be small beside it: no shift keeps its digits.
stable_of_others = stable_of_others_with_rest = None


def unstable_of_others_with_rest(x: Rows, y: Real, c: Positive, axis: Setting, keepdims: Setting) -> Term:
    return log(c + sum_(exp(x), axis=axis, keepdims=keepdims) - exp(y))


def unstable_three(a: Real, b: Real, c: Real) -> Term:
    return log(exp(a) + exp(b) + exp(c))


def stable_three(a: Term, b: Term, c: Term) -> Term:
    return logaddexp(logaddexp(a, b), c)


def unstable_two_with_rest(a: Real, b: Real, c: Positive) -> Term:
    return log(c + exp(a) + exp(b))


def stable_two_with_rest(a: Term, b: Term, c: Term) -> Term:
    return logaddexp(log(c), logaddexp(a, b))


MATCHES = [
    "np.log(1 + np.sum(np.exp(a), axis=1) * np.sum(np.exp(b), axis=1))",
    "np.log(np.sum(np.exp(x)))",
    "np.log(np.exp(x).sum(axis=1))",
    "torch.log(torch.sum(torch.exp(x), dim=1, keepdim=True))",
    "x.exp().sum(1).log()",
    "np.log(np.mean(np.exp(x), axis=0))",
    "np.log(np.sum(w * np.exp(x)))",
    "-np.log(np.sum(np.exp(-beta * energy)))",
    "np.log(0.5 + np.sum(w * np.exp(x)))",
    "np.log(np.mean(w * np.exp(x)))",
    "math.log(sum(math.exp(v) for v in values))",
    "np.log(1 + np.sum(np.exp(x)))",
    "np.log(1 + np.sum(w * np.exp(x), axis=1))",
    "np.log(np.cumsum(np.exp(x)))",
    "np.log(np.cumsum(np.exp(x)[::-1])[::-1])",
    "np.log(np.add.reduceat(np.exp(x), i))",
    "np.log(np.exp(a) + np.exp(b) + np.exp(c))",
    "np.log(1 + np.exp(a) + np.exp(b))",
    "np.log(np.exp(x).sum() - np.exp(x[0]))",
]
IGNORES = [
    "np.max(x) + np.log(np.sum(np.exp(x - np.max(x))))",
    "scipy.special.logsumexp(x)",
    "np.log(np.sum(x))",
]
