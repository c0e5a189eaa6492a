"""`log(exp(a) - exp(b))` is nan or inf when a is above 709 and cancels when a and b are close.

`log(exp(x) - 1)`, the inverse of softplus, is the case b = 0. The larger exponent is taken out first.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Positive, Real
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, inverse_softplus, log, logdiffexp, sinh


def unstable(a: Real, b: Annotated[Term, Domain(below="a")]) -> Term:
    return log(exp(a) - exp(b))


def stable(a: Term, b: Term) -> Term:
    return logdiffexp(a, b)


def unstable_minus_one(x: Positive) -> Term:
    return log(exp(x) - 1)


def stable_minus_one(x: Term) -> Term:
    return inverse_softplus(x)


def unstable_sinh(x: Positive) -> Term:
    return log(sinh(x))


def stable_sinh(x: Term) -> Term:
    return logdiffexp(x, -x) - log(2)


MATCHES = [
    "np.log(np.exp(a) - np.exp(b))",
    "math.log(math.exp(x) - math.exp(-y))",
    "np.log(np.exp(x) - 1)",
    "torch.log(torch.expm1(x))",
    "np.log(np.sinh(x))",
]
IGNORES = ["np.log(np.exp(a) - b)", "np.log(a - b)"]
