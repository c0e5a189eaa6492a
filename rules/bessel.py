"""`exp(-x) * i0(x)` is nan from x = 714 on, where the true value is about 1 / sqrt(2 * pi * x): 0 times infinity.

`i0e` and `i1e` are the Bessel functions with that factor. A ratio of two of them, `i1(x) / i0(x)`, has it in both.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, i0, i0e, i1, i1e, iv, ive

TIER = "preview"
Size = Annotated[Term, Domain(0.0, 1e4)]
Order = Annotated[Term, Domain(0.0, 20.0, zero=True, tried=True)]


def unstable(x: Size) -> Term:
    return exp(-x) * i0(x)


def stable(x: Term) -> Term:
    return i0e(x)


def unstable_ratio(x: Size) -> Term:
    return i1(x) / i0(x)


def stable_ratio(x: Term) -> Term:
    return i1e(x) / i0e(x)


@template(samples=((0.0, 800.0), (2.0, 800.0)))
def unstable_of_order(v: Order, x: Size) -> Term:
    return exp(-x) * iv(v, x)


def stable_of_order(v: Term, x: Term) -> Term:
    return ive(v, x)


@template(samples=((1.0, 0.0, 800.0), (2.0, 1.0, 800.0)))
def unstable_ratio_of_orders(u: Order, v: Order, x: Annotated[Term, Domain(1e-2, 1e4)]) -> Term:
    return iv(u, x) / iv(v, x)


def stable_ratio_of_orders(u: Term, v: Term, x: Term) -> Term:
    return ive(u, x) / ive(v, x)


MATCHES = [
    "np.exp(-kappa) * np.i0(kappa)",
    "scipy.special.i1(kappa) / scipy.special.i0(kappa)",
    "np.exp(-x) * scipy.special.iv(n, x)",
    "scipy.special.iv(p / 2, kappa) / scipy.special.iv(p / 2 - 1, kappa)",
]
IGNORES = ["scipy.special.i0e(kappa)", "np.exp(x) * np.i0(kappa)"]
