"""`log(exp(a) + exp(b))` is inf when a or b is above 709 and -inf when both are below -745.

The true value is close to the larger of the two; it is taken out first.
"""

from stabaudit.ops import exp, log, logaddexp
from stabaudit.rule import Real
from stabaudit.terms import Term


def unstable(a: Real, b: Real) -> Term:
    return log(exp(a) + exp(b))


def stable(a: Term, b: Term) -> Term:
    return logaddexp(a, b)


def unstable_three(a: Real, b: Real, c: Real) -> Term:
    return log(exp(a) + exp(b) + exp(c))


def stable_three(a: Term, b: Term, c: Term) -> Term:
    return logaddexp(logaddexp(a, b), c)


MATCHES = [
    "np.log(np.exp(a) + np.exp(b))",
    "math.log(math.exp(u * v) + math.exp(-w))",
    "torch.log(torch.exp(a) + torch.exp(b))",
    "np.log(np.exp(a) + np.exp(b) + np.exp(c))",
]
IGNORES = ["np.log(np.exp(a) + b)", "np.logaddexp(a, b)"]
