"""`exp(x) - 1` cancels near zero: at x = 1e-10 eight of sixteen digits are left, below 1e-16 none.

`expm1` computes the difference without forming `exp(x)`.
"""

from stabaudit.catalogue.rule import Real
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, expm1


def unstable(x: Real) -> Term:
    return exp(x) - 1


def stable(x: Term) -> Term:
    return expm1(x)


MATCHES = [
    "np.exp(x) - 1",
    "1 - np.exp(-k * t)",
    "-1 + math.exp(x)",
    "1 / (np.exp(h * nu / (k * T)) - 1)",
    "x.exp() - 1",
    "math.e**x - 1",
]
IGNORES = ["np.exp(x) - 2", "np.expm1(x)", "np.exp(x - 1)", "np.exp(1) - 1"]
