"""A shift by the maximum over everything, while the sum runs along an axis, leaves low rows at 0/0.

The classic `exp(x - x.max())` is stable only for the row that holds the maximum: a row 746 below it
(104 in float32) underflows to all zeros. The shift has to be the maximum along the summed axis.
"""

from stabaudit.catalogue.rule import Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import cumsum, exp, log, log_softmax, logcumsumexp, logsumexp, max_, segmented, softmax, sum_


def unstable(x: Rows, axis: Setting) -> Term:
    return exp(x - max_(x)) / sum_(exp(x - max_(x)), axis=axis, keepdims=True)


def stable(x: Term, axis: Term) -> Term:
    return softmax(x, axis=axis)


def unstable_of_columns(x: Rows) -> Term:
    return exp(x - max_(x)) / sum_(exp(x - max_(x)), axis=0)


def stable_of_columns(x: Term) -> Term:
    return softmax(x, axis=0)


def unstable_logsumexp(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return max_(x) + log(sum_(exp(x - max_(x)), axis=axis, keepdims=keepdims))


def stable_logsumexp(x: Term, axis: Term, keepdims: Term) -> Term:
    return logsumexp(x, axis=axis, keepdims=keepdims)


def unstable_shifted_logsumexp(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(sum_(exp(x - max_(x)), axis=axis, keepdims=keepdims))


def stable_shifted_logsumexp(x: Term, axis: Term, keepdims: Term) -> Term:
    return logsumexp(x - max_(x), axis=axis, keepdims=keepdims)


def unstable_log_softmax(x: Rows, axis: Setting) -> Term:
    return x - max_(x) - log(sum_(exp(x - max_(x)), axis=axis, keepdims=True))


def stable_log_softmax(x: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


def unstable_running(x: Rows, axis: Setting) -> Term:
    return log(cumsum(exp(x - max_(x)), axis=axis))


def stable_running(x: Term, axis: Term) -> Term:
    return logcumsumexp(x - max_(x), axis=axis)


def unstable_of_segment(x: Rows, place: Setting) -> Term:
    return exp(x - max_(x)) / segmented(exp(x - max_(x)), place=place)


def unstable_log_of_segment(x: Rows, place: Setting) -> Term:
    return log(segmented(exp(x - max_(x)), place=place))


# No library has a sum of exponentials by segments.
stable_of_segment = stable_log_of_segment = None


MATCHES = [
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1, keepdims=True)",
    "np.log(np.cumsum(np.exp(x - x.max())))",
    "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)), axis=0)",
    "np.max(x) + np.log(np.sum(np.exp(x - np.max(x)), axis=1))",
    "torch.log(torch.sum(torch.exp(x - x.max()), 1, keepdim=True)) + x.max()",
    "torch.exp(x - x.max()) / torch.zeros(3).scatter_add(0, i, torch.exp(x - x.max()))[i]",
]
IGNORES = [
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum()",
    "np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
]
