"""`log(1 + x)` absorbs a small x into the 1: at x = 1e-10 eight of sixteen digits are left, below 1e-16 none.

`log1p` takes x itself.
"""

from stabaudit.catalogue.rule import AboveMinusOne
from stabaudit.terms import Term
from stabaudit.terms.ops import log, log1p


def unstable(x: AboveMinusOne) -> Term:
    return log(1 + x)


def stable(x: Term) -> Term:
    return log1p(x)


MATCHES = [
    "np.log(1 + x)",
    "math.log(r + 1.0)",
    "np.log(1 - p)",
    "(1 + x).log()",
    "np.log(a + 1 + b)",
]
IGNORES = ["np.log(2 + x)", "np.log1p(x)", "np.log(1 + abs(x) + 5)", "np.log(1 + 2)"]
