"""`log(1 + exp(x))` is infinite from x = 710 on, where the true value is x itself.

`exp(x)` leaves the range of a float64 long before its logarithm does, and below x = -37 the 1 swallows
`exp(x)` whole. `log1p(exp(x))` cures only the second half. The larger term is taken out first.
"""

from stabaudit.catalogue.rule import PositiveNumber, Real
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, softplus


def unstable(x: Real) -> Term:
    return log(1 + exp(x))


def stable(x: Term) -> Term:
    return softplus(x)


def unstable_weighted(x: Real, w: PositiveNumber) -> Term:
    return log(1 + w * exp(x))


def stable_weighted(x: Term, w: Term) -> Term:
    return softplus(x + log(w))


MATCHES = [
    "np.log(np.exp(z / t) + 1.0)",
    "math.log(1 + math.exp(-a * b))",
    "np.log1p(np.exp(x))",
    "torch.log1p(x.exp())",
    "w * np.log(1 + np.exp(-x))",
    "np.log(1 + 5 * np.exp(x))",
]
IGNORES = ["np.log1p(np.exp(-abs(x)))", "np.logaddexp(0, x)"]
