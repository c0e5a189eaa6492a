"""`(1 + r)**n - 1` loses the digits of a small rate

The sum rounds r: at 1e-12 four of sixteen digits are left. `expm1(n * log1p(r))` takes r itself. So does
`-expm1(n * log1p(-p))` for `1 - (1 - p)**n`, the chance that something happens once in n times.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import expm1, log1p

TIER = "pedantic"
Rate = Annotated[Term, Domain(-1.0, 10.0)]
Times = Annotated[Term, Domain(-100.0, 100.0, tried=True)]


@template(
    samples=((1e-12, 12.0), (1e-10, 3.0)),
    relative=True,
    bound=512,
    caution="it has no value where the base is negative",
)
def unstable(r: Rate, n: Times) -> Term:
    return (1 + r) ** n - 1


def stable(r: Term, n: Term) -> Term:
    return expm1(n * log1p(r))


MATCHES = [
    "torch.pow(1 + r, n) - 1",
    "torch.pow(1 + r, 360) - 1",
    "1 - torch.pow(1 - p, n)",
    "1 - 1 / torch.pow(1 + x, c)",
]
IGNORES = ["(2 + r) ** n - 1", "(1 + r) ** n", "np.expm1(n * np.log1p(r))"]
