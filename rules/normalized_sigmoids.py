"""`sigmoid(x) / sum(sigmoid(x))` is 0 / 0 = nan where every x is below -745, as one-vs-rest classifiers have it

Far from the boundary of all classes each probability underflows. Their shares are those of their logarithms,
`softmax(log_sigmoid(x))`.
"""

from stabaudit.catalogue.rule import Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import log_sigmoid, sigmoid, softmax, sum_

TIER = "preview"


def unstable(x: Rows, axis: Setting) -> Term:
    return sigmoid(x) / sum_(sigmoid(x), axis=axis, keepdims=True)


def stable(x: Term, axis: Term) -> Term:
    return softmax(log_sigmoid(x), axis=axis)


def unstable_of_sums(x: Rows, axis: Setting) -> Term:
    return sigmoid(x) / sum_(sigmoid(x), axis=axis)


stable_of_sums = None

MATCHES = [
    "scipy.special.expit(x) / scipy.special.expit(x).sum(axis=1, keepdims=True)",
    "torch.sigmoid(s) / torch.sigmoid(s).sum(dim=-1, keepdim=True)",
]
IGNORES = ["scipy.special.expit(x) / n", "scipy.special.expit(x) / scipy.special.expit(y).sum(axis=1, keepdims=True)"]
