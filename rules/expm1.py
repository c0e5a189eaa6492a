"""`exp(x) - 1` cancels near zero: at x = 1e-10 eight of sixteen digits are left, below 1e-16 none.

`expm1` computes the difference without forming `exp(x)`. The same digits are lost in `exp(a) - exp(b)` where a and b
are close.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Real
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, expm1

#: Exponents of floats whose difference has a float for its exponential.
Exponent = Annotated[Term, Domain(-40.0, 40.0)]
#: What all of a difference is a multiple of.
Factor = Annotated[Term, Domain(-40.0, 40.0, factor=True)]


def unstable(x: Real) -> Term:
    return exp(x) - 1


def stable(x: Term) -> Term:
    return expm1(x)


def unstable_scaled(x: Exponent, a: Factor) -> Term:
    return a * exp(x) - a


def stable_scaled(x: Term, a: Term) -> Term:
    return a * expm1(x)


def unstable_difference(a: Exponent, b: Exponent) -> Term:
    return exp(a) - exp(b)


def stable_difference(a: Term, b: Term) -> Term:
    return exp(b) * expm1(a - b)


MATCHES = [
    "np.exp(x) - 1",
    "1 - np.exp(-k * t)",
    "-1 + math.exp(x)",
    "1 / (np.exp(h * nu / (k * T)) - 1)",
    "x.exp() - 1",
    "math.e**x - 1",
    "a * np.exp(b) - a",
    "np.exp(a) - np.exp(b)",
    "2 * (np.exp(a) - np.exp(b))",
]
IGNORES = [
    "np.exp(x) - 2",
    "np.expm1(x)",
    "np.exp(x - 1)",
    "np.exp(1) - 1",
    "np.exp(a) + np.exp(b)",
]
