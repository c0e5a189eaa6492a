"""`sqrt(1 + x) - 1` loses half of its digits at x = 1e-8, and `sqrt(a) - sqrt(b)` where a is near b

The roots round to the same digits. Multiplied and divided by their sum it is `x / (sqrt(1 + x) + 1)` and
`(a - b) / (sqrt(a) + sqrt(b))`, in which nothing cancels but what is given.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Positive, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sqrt

TIER = "preview"


@template(relative=True, samples=(1e-12, -1e-12))
def unstable(x: Annotated[Term, Domain(-1.0, 1e10)]) -> Term:
    return sqrt(1 + x) - 1


def stable(x: Term) -> Term:
    return x / (sqrt(1 + x) + 1)


@template(relative=True, samples=((1.0, 1.0 + 1e-9), (1.0, 1.0 + 1.2e-7), (1e12 + 1, 1e12)))
def unstable_of_two(a: Positive, b: Positive) -> Term:
    return sqrt(a) - sqrt(b)


def stable_of_two(a: Term, b: Term) -> Term:
    return (a - b) / (sqrt(a) + sqrt(b))


MATCHES = [
    "np.sqrt(1 + x) - 1",
    "1 - math.sqrt(1 - v**2 / c**2)",
    "np.sqrt(x + 1) - np.sqrt(x)",
    "torch.sqrt(1 + e) - 1",
]
IGNORES = ["np.sqrt(1 + x) + 1", "np.sqrt(x) - 1", "np.sqrt(2 + x) - 1", "np.sqrt(x) - 2"]
