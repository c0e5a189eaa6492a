"""`log(1 / (1 + exp(-x)))` is -inf below x = -710, where the true value is x itself.

Above x = 37 the sigmoid rounds to 1 and the tail of its logarithm is lost.
"""

from stabaudit.catalogue.rule import Real, Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_sigmoid, logsumexp, sum_


def unstable(x: Real) -> Term:
    return log(1 / (1 + exp(-x)))


def stable(x: Term) -> Term:
    return log_sigmoid(x)


def unstable_negated(x: Real) -> Term:
    return -log(1 + exp(-x))


def unstable_of_sum(a: Real, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(exp(a) / (exp(a) + sum_(exp(x), axis=axis, keepdims=keepdims)))


def stable_of_sum(a: Term, x: Term, axis: Term, keepdims: Term) -> Term:
    return log_sigmoid(a - logsumexp(x, axis=axis, keepdims=keepdims))


def unstable_complement(x: Real) -> Term:
    return log(1 - 1 / (1 + exp(x)))


MATCHES = [
    "np.log(1 / (1 + np.exp(-x)))",
    "-np.log(1 + np.exp(-x))",
    "torch.log(torch.sigmoid(x))",
    "np.log(scipy.special.expit(a * b))",
    "np.log(1 - scipy.special.expit(x))",
    "math.log(1.0 / (1.0 + math.exp(-x)))",
    "-np.log(np.exp(a) / (np.exp(a) + np.exp(x).sum(axis=1)))",
]
IGNORES = ["scipy.special.log_expit(x)", "-np.logaddexp(0, -x)", "np.log(x / (1 + x))"]
