"""`(-b + sqrt(b**2 - 4 * a * c)) / (2 * a)` loses all digits of the smaller root where b**2 is large beside 4 * a * c

The root of the discriminant rounds to b, and what is left of the difference is rounding: at a = 1, b = 1e8, c = 1 the
root is off by a quarter. Of the two roots the one without cancellation is right, `q = -(b + sign(b) * sqrt(d)) / 2`
divided by a; the other is `c / q`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sqrt

TIER = "preview"
Size = Annotated[Term, Domain(0.0, 1e9)]


@template(relative=True, samples=((1e8, 1.0, 1.0), (1.0, 1.0, 1e-12), (1.0, 1e-12, 1.0)), bound=1024)
def unstable(b: Size, a: Real, c: Real) -> Term:
    return sqrt(b**2 - 4 * a * c) - b


def stable(b: Term, a: Term, c: Term) -> Term:
    return -4 * a * c / (sqrt(b**2 - 4 * a * c) + b)


MATCHES = [
    "(-b + np.sqrt(b**2 - 4 * a * c)) / (2 * a)",
    "(math.sqrt(b * b - 4 * a * c) - b) / (2 * a)",
]
IGNORES = ["np.sqrt(b**2 - 4 * a * c)", "np.roots([a, b, c])", "(b + np.sqrt(b**2 - 4 * a * c)) / (2 * a)"]
