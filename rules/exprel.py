"""`(exp(x) - 1) / x` is nan at x = 0, where it is 1, and keeps half of its digits at x = 1e-8.

The difference cancels; `expm1(x) / x` keeps the digits, and is 0 / 0 at zero all the same. `exprel` is the whole
function.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, exprel

#: Beyond, the exponential of a float is none.
Exponent = Annotated[Term, Domain(-700.0, 700.0, tried=True)]


@template(limit=True, samples=(0.0,))
def unstable(x: Exponent) -> Term:
    return (exp(x) - 1) / x


def stable(x: Term) -> Term:
    return exprel(x)


@template(limit=True, samples=(0.0,))
def unstable_decay(x: Exponent) -> Term:
    return (1 - exp(-x)) / x


def stable_decay(x: Term) -> Term:
    return exprel(-x)


MATCHES = [
    "(np.exp(x) - 1) / x",
    "(1 - np.exp(-tau)) / tau",
    "np.expm1(r * t) / (r * t)",
    "(math.exp(x) - 1) / x",
]
IGNORES = ["(np.exp(x) - 1) / y", "scipy.special.exprel(x)", "np.exp(x) / x"]
