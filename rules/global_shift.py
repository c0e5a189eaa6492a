"""A shift by the maximum over everything, while the sum runs along an axis, leaves low rows at 0/0.

The classic `exp(x - x.max())` is stable only for the row that holds the maximum: a row 746 below it
(104 in float32) underflows to all zeros. The shift has to be the maximum along the summed axis.
"""

from stabaudit.catalogue.rule import Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_softmax, logsumexp, max_, softmax, sum_


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


MATCHES = [
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1, keepdims=True)",
    "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)), axis=0)",
    "np.max(x) + np.log(np.sum(np.exp(x - np.max(x)), axis=1))",
    "torch.log(torch.sum(torch.exp(x - x.max()), 1, keepdim=True)) + x.max()",
]
IGNORES = [
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum()",
    "np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
]
