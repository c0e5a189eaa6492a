"""`exp(a) / sum(exp(b))` is nan where both leave the float range although their ratio does not.

One component of a softmax, or a ratio of two different arrays: inf/inf from 709.8 on (float64), 0/0 below -745.
The stable twin subtracts the logarithm of the sum before it takes the exponential.
"""

from stabaudit.ops import exp, logaddexp, logsumexp, sum_
from stabaudit.rule import Real, Rows, Setting
from stabaudit.terms import Term


def unstable(a: Real, b: Rows, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / sum_(exp(b), axis=axis, keepdims=keepdims)


def stable(a: Term, b: Term, axis: Term, keepdims: Term) -> Term:
    return exp(a - logsumexp(b, axis=axis, keepdims=keepdims))


def unstable_of_three(a: Real, b: Real, c: Real) -> Term:
    return exp(a) / (exp(a) + exp(b) + exp(c))


def stable_of_three(a: Term, b: Term, c: Term) -> Term:
    return exp(a - logaddexp(a, logaddexp(b, c)))


MATCHES = [
    "np.exp(x) / np.sum(np.exp(y))",
    "np.exp(x[3]) / np.exp(x).sum()",
    "torch.exp(a) / torch.exp(b).sum(dim=1)",
    "np.exp(a) / (np.exp(a) + np.exp(b) + np.exp(c))",
]
IGNORES = [
    "np.exp(x[3] - x.max()) / np.exp(x - x.max()).sum()",
    "np.exp(a) / b",
]
