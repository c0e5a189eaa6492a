"""`log(exp(x) / sum(exp(x)))` is -inf or nan where the true value is a finite log-probability.

A probability below 1e-308 underflows to zero before its logarithm is taken, and `x - log(sum(exp(x)))`
overflows with its sum. The stable replacement subtracts the stable logarithm of the sum from x.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_softmax, logmeanexp, logsumexp, mean, sum_, weighted_logsumexp

#: Weights, some of which may be nothing: those of all classes but one.
Parts = Annotated[Term, Domain(0.0, 1e4, rows=True, zero=True)]


#: One of the elements of the array that is summed.
Element = Annotated[Term, Domain(part_of="x")]


def unstable(x: Rows, axis: Setting) -> Term:
    return log(exp(x) / sum_(exp(x), axis=axis, keepdims=True))


def stable(x: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


def unstable_of_all(x: Rows) -> Term:
    return log(exp(x) / sum_(exp(x)))


def stable_of_all(x: Term) -> Term:
    return log_softmax(x)


def unstable_of_columns(x: Rows) -> Term:
    return log(exp(x) / sum_(exp(x), axis=0))


def stable_of_columns(x: Term) -> Term:
    return log_softmax(x, axis=0)


# The element need not lie along the axis of the sum, so it is taken from a sum that is rounded already.
@template(spelled=True, bound=16)
def unstable_of_element(x: Rows, y: Element, axis: Setting, keepdims: Setting) -> Term:
    return log(exp(y) / sum_(exp(x), axis=axis, keepdims=keepdims))


def stable_of_element(x: Term, y: Term, axis: Term, keepdims: Term) -> Term:
    return y - logsumexp(x, axis=axis, keepdims=keepdims)


def unstable_of_mean(x: Rows, axis: Setting, along: Setting, keepdims: Setting) -> Term:
    return log(mean(exp(x) / sum_(exp(x), axis=axis, keepdims=True), axis=along, keepdims=keepdims))


def stable_of_mean(x: Term, axis: Term, along: Term, keepdims: Term) -> Term:
    return logmeanexp(log_softmax(x, axis=axis), axis=along, keepdims=keepdims)


def unstable_of_mixture(x: Rows, w: Parts, axis: Setting, along: Setting, keepdims: Setting) -> Term:
    return log(sum_(w * exp(x) / sum_(exp(x), axis=axis, keepdims=True), axis=along, keepdims=keepdims))


def stable_of_mixture(x: Term, w: Term, axis: Term, along: Term, keepdims: Term) -> Term:
    return weighted_logsumexp(log_softmax(x, axis=axis), w, axis=along, keepdims=keepdims)


MATCHES = [
    "np.log(np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True))",
    "x - np.log(np.exp(x).sum())",
    "np.log(scipy.special.softmax(x, axis=1))",
    "torch.softmax(x, dim=1).log()",
    "torch.log(torch.softmax(x, dim=1).mean(0))",
    "math.log(math.exp(x[3]) / sum(math.exp(v) for v in x))",
    "np.log(np.sum(scipy.special.softmax(x, axis=1), axis=0))",
    "-np.log(np.sum(y * scipy.special.softmax(x, axis=1), axis=1))",
]
IGNORES = [
    "x - x.max() - np.log(np.sum(np.exp(x - x.max())))",
    "x - scipy.special.logsumexp(x)",
    "torch.log_softmax(x, dim=1)",
]
