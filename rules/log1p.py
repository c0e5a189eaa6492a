"""`log(1 + x)` absorbs a small x into the 1: at x = 1e-10 eight of sixteen digits are left, below 1e-16 none.

`log1p` takes x itself. `log((1 + x) / (1 - x))`, twice the inverse of tanh, loses the same digits in both.
"""

from typing import Annotated

from stabaudit.catalogue.rule import AboveMinusOne, Domain
from stabaudit.terms import Term
from stabaudit.terms.ops import log, log1p


def unstable(x: AboveMinusOne) -> Term:
    return log(1 + x)


def stable(x: Term) -> Term:
    return log1p(x)


def unstable_ratio(x: Annotated[Term, Domain(-1.0, 1.0)]) -> Term:
    return log((1 + x) / (1 - x))


def stable_ratio(x: Term) -> Term:
    return log1p(x) - log1p(-x)


MATCHES = [
    "np.log(1 + x)",
    "math.log(r + 1.0)",
    "np.log(1 - p)",
    "(1 + x).log()",
    "np.log(a + 1 + b)",
    "0.5 * np.log((1 + x) / (1 - x))",
]
IGNORES = ["np.log(2 + x)", "np.log1p(x)", "np.log(1 + abs(x) + 5)", "np.log(1 + 2)"]
