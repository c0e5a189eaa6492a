"""`log(1 - softmax(x)[k])` is -inf as soon as one probability rounds to 1: an x that is 37 above all others is enough

The true value is the logarithm of the sum of the others' shares, a moderate number. No library has a function for it:
take `logsumexp` of the other exponents and subtract `logsumexp` of all.
"""

from stabaudit.catalogue.rule import Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, item, log, sum_


def unstable(x: Rows, axis: Setting) -> Term:
    return log(1 - exp(x) / sum_(exp(x), axis=axis, keepdims=True))


def unstable_of_one(x: Rows, axis: Setting, place: Setting) -> Term:
    return log(1 - item(exp(x) / sum_(exp(x), axis=axis, keepdims=True), place=place))


MATCHES = [
    "torch.log(1 - torch.softmax(x, dim=-1))",
    "torch.log(1 - torch.softmax(x, dim=-1)[..., k])",
    "np.log1p(-scipy.special.softmax(x, axis=1))",
]
IGNORES = ["np.log(1 - x)", "torch.log_softmax(x, dim=-1)", "1 - torch.softmax(x, dim=-1)"]
