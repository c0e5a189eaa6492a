"""`exp(x) / sum(exp(x), axis=1)` divides a matrix by the wrong sums: the reduced axis is gone.

Without `keepdims=True` the sums line up with the last axis: a square matrix is divided by the sums of
other rows, any other shape raises. Row i has to be divided by the sum of row i.
"""

from stabaudit.catalogue.rule import Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_softmax, softmax, sum_


def unstable(x: Rows, axis: Setting) -> Term:
    return exp(x) / sum_(exp(x), axis=axis, keepdims=False)


def intended(x: Term, axis: Term) -> Term:
    return softmax(x, axis=axis)


def unstable_log(x: Rows, axis: Setting) -> Term:
    return x - log(sum_(exp(x), axis=axis, keepdims=False))


def intended_log(x: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


MATCHES = [
    "np.exp(x) / np.sum(np.exp(x), axis=1)",
    "torch.exp(x) / torch.exp(x).sum(1)",
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1)",
    "x - np.log(np.sum(np.exp(x), axis=1))",
]
IGNORES = [
    "np.exp(x - x.max(axis=0)) / np.sum(np.exp(x - x.max(axis=0)), axis=0)",
    "np.exp(x - x.max()) / np.exp(x - x.max()).sum()",
]
