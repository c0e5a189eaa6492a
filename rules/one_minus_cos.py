"""`1 - cos(x)` is 0 below x = 1e-8, where the true value is x**2 / 2.

`2 * sin(x / 2)**2` is the same and keeps its digits. Where the difference is not divided by something small, few need
them.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import cos, sin

TIER = "pedantic"


@template(relative=True)
def unstable(x: Annotated[Term, Domain(-1.5, 1.5, tried=True)]) -> Term:
    return 1 - cos(x)


def stable(x: Term) -> Term:
    return 2 * sin(x / 2) ** 2


MATCHES = ["1 - np.cos(x)", "(1 - math.cos(t)) / t**2", "torch.cos(x) - 1"]
IGNORES = ["2 - np.cos(x)", "1 + np.cos(x)", "2 * np.sin(x / 2) ** 2"]
