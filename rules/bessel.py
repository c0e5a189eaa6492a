"""`exp(-x) * i0(x)` is nan from x = 714 on, where the true value is about 1 / sqrt(2 * pi * x): 0 times infinity.

`i0e` and `i1e` are the Bessel functions with that factor. A ratio of two of them, `i1(x) / i0(x)`, has it in both.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, i0, i0e, i1, i1e

TIER = "preview"
Size = Annotated[Term, Domain(0.0, 1e4)]


def unstable(x: Size) -> Term:
    return exp(-x) * i0(x)


def stable(x: Term) -> Term:
    return i0e(x)


def unstable_ratio(x: Size) -> Term:
    return i1(x) / i0(x)


def stable_ratio(x: Term) -> Term:
    return i1e(x) / i0e(x)


MATCHES = [
    "np.exp(-kappa) * np.i0(kappa)",
    "scipy.special.i1(kappa) / scipy.special.i0(kappa)",
]
IGNORES = ["scipy.special.i0e(kappa)", "np.exp(x) * np.i0(kappa)"]
