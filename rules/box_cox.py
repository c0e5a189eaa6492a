"""`(x**lam - 1) / lam` is nan at lam = 0, where it is `log(x)`, and loses its digits where lam is small

The power rounds to 1: at lam = 1e-12 four digits are left. `expm1(lam * log(x)) / lam` keeps them;
`scipy.special.boxcox` is the whole function.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import expm1, log

TIER = "preview"


@template(samples=((2.0, 1e-12), (3.0, 1e-10)), bound=64)
def unstable(x: Annotated[Term, Domain(0.0, 1e4)], lam: Annotated[Term, Domain(-5.0, 5.0, tried=True)]) -> Term:
    return (x**lam - 1) / lam


def stable(x: Term, lam: Term) -> Term:
    return expm1(lam * log(x)) / lam


MATCHES = ["(x**lam - 1) / lam", "(np.power(x, lmbda) - 1) / lmbda"]
IGNORES = ["(x**2 - 1) / 2", "(x**lam - 1) / mu", "x**lam / lam"]
