"""`log(exp(a) + exp(b))` is inf when a or b is above 709 and -inf when both are below -745.

The true value is close to the larger of the two; it is taken out first.
"""

from stabaudit.ops import exp, log, logaddexp
from stabaudit.rule import Positive, Real
from stabaudit.terms import Term


def unstable(a: Real, b: Real) -> Term:
    return log(exp(a) + exp(b))


def stable(a: Term, b: Term) -> Term:
    return logaddexp(a, b)


def unstable_mixture(a: Real, b: Real, v: Positive, w: Positive) -> Term:
    return log(v * exp(a) + w * exp(b))


def stable_mixture(a: Term, b: Term, v: Term, w: Term) -> Term:
    return logaddexp(a + log(v), b + log(w))


MATCHES = [
    "np.log(np.exp(a) + np.exp(b))",
    "math.log(math.exp(u * v) + math.exp(-w))",
    "torch.log(torch.exp(a) + torch.exp(b))",
    "np.log(w * np.exp(a) + (1 - w) * np.exp(b))",
]
IGNORES = ["np.log(np.exp(a) + b)", "np.logaddexp(a, b)"]
