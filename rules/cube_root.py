"""`x**(1 / 3)` is nan of a negative x, and 3.9999999999999996 of 64: a third is no float

`cbrt` is right to the last place, and of a negative number it gives the negative root.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Const, Term
from stabaudit.terms.ops import cbrt

TIER = "pedantic"


@template(limit=True, samples=(-8.0, -27.0), caution="of a negative number it has a value, and the power has none")
def unstable(x: Annotated[Term, Domain(-1e4, 1e4, tried=True)]) -> Term:
    return x ** (Const(1) / 3)


def stable(x: Term) -> Term:
    return cbrt(x)


MATCHES = ["np.power(x, 1 / 3)", "np.power(u * v, 1 / 3)"]
IGNORES = ["np.cbrt(x)", "x ** (2 / 3)", "x ** 3"]
