"""`sin(x) / x` is nan at x = 0, where it is 1

`np.sinc(x / np.pi)` is the same with that value. A `where` around the quotient keeps its value from nan, and not its
gradient.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sin, sin_by_x

TIER = "pedantic"


@template(limit=True, samples=(0.0,))
def unstable(x: Annotated[Term, Domain(-1e4, 1e4)]) -> Term:
    return sin(x) / x


def stable(x: Term) -> Term:
    return sin_by_x(x)


MATCHES = ["np.sin(x) / x", "math.sin(k * r) / (k * r)"]
IGNORES = ["np.sin(x) / y", "np.sinc(x)", "np.cos(x) / x"]
