"""`exp(x) / sum(exp(x))` is nan as soon as one x is large, and 0/0 when all are far below zero.

`exp` overflows a float64 at 709.8 and a float32 at 88.7, and inf/inf is nan; at -745 and -104
everything underflows and 0/0 is nan. The stable replacement takes the largest x out of every exponent first.
"""

from stabaudit.catalogue.rule import Matrix, Positive, Rows, Setting, Weights
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, logaddexp, logsumexp, softmax, sum_, transpose


def unstable(x: Rows, axis: Setting) -> Term:
    return exp(x) / sum_(exp(x), axis=axis, keepdims=True)


def stable(x: Term, axis: Term) -> Term:
    return softmax(x, axis=axis)


def unstable_of_all(x: Rows) -> Term:
    return exp(x) / sum_(exp(x))


def stable_of_all(x: Term) -> Term:
    return softmax(x)


def unstable_of_columns(x: Rows) -> Term:
    return exp(x) / sum_(exp(x), axis=0)


def stable_of_columns(x: Term) -> Term:
    return softmax(x, axis=0)


def unstable_weighted(x: Rows, w: Weights, axis: Setting) -> Term:
    return w * exp(x) / sum_(w * exp(x), axis=axis, keepdims=True)


def stable_weighted(x: Term, w: Term, axis: Term) -> Term:
    return softmax(x + log(w), axis=axis)


def unstable_weighted_of_all(x: Rows, w: Weights) -> Term:
    return w * exp(x) / sum_(w * exp(x))


def stable_weighted_of_all(x: Term, w: Term) -> Term:
    return softmax(x + log(w))


def unstable_weighted_of_columns(x: Rows, w: Weights) -> Term:
    return w * exp(x) / sum_(w * exp(x), axis=0)


def stable_weighted_of_columns(x: Term, w: Term) -> Term:
    return softmax(x + log(w), axis=0)


def unstable_with_rest(x: Rows, c: Positive, axis: Setting) -> Term:
    return exp(x) / (c + sum_(exp(x), axis=axis, keepdims=True))


def stable_with_rest(x: Term, c: Term, axis: Term) -> Term:
    return exp(x - logaddexp(log(c), logsumexp(x, axis=axis, keepdims=True)))


def unstable_weighted_with_rest(x: Rows, w: Weights, c: Positive, axis: Setting) -> Term:
    return w * exp(x) / (c + sum_(w * exp(x), axis=axis, keepdims=True))


def stable_weighted_with_rest(x: Term, w: Term, c: Term, axis: Term) -> Term:
    return exp(x + log(w) - logaddexp(log(c), logsumexp(x + log(w), axis=axis, keepdims=True)))


def unstable_of_all_with_rest(x: Rows, c: Positive) -> Term:
    return exp(x) / (c + sum_(exp(x)))


def stable_of_all_with_rest(x: Term, c: Term) -> Term:
    return exp(x - logaddexp(log(c), logsumexp(x)))


def unstable_of_rows(x: Matrix) -> Term:
    return transpose(transpose(exp(x)) / sum_(exp(x), axis=-1))


def stable_of_rows(x: Term) -> Term:
    return softmax(x, axis=-1)


def unstable_of_both_axes(x: Matrix) -> Term:
    return transpose(transpose(exp(x)) / sum_(exp(x), axis=1))


def stable_of_both_axes(x: Term) -> Term:
    return softmax(x, axis=1)


MATCHES = [
    "np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)",
    "np.exp(z / t) / np.sum(np.exp(z / t))",
    "torch.exp(x) / torch.exp(x).sum(dim=1, keepdim=True)",
    "np.exp(x) / np.sum(np.exp(x), axis=-1)[..., None]",
    "np.exp(x) / (1 + np.sum(np.exp(x)))",
    "(np.exp(x).T / np.exp(x).sum(axis=1)).T",
    "np.exp(x) / (np.sum(np.exp(x), axis=1, keepdims=True) + 1e-9)",
]
IGNORES = [
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum()",
    "np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
    "x / x.sum()",
]
