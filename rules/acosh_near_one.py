"""`arccosh(1 + d)` loses the digits of a small d, where the true value is near sqrt(2 * d)

The sum absorbs d: half of its digits at 1e-8, and all below 1e-16. `2 * arcsinh(sqrt(d / 2))` takes d itself;
distances in hyperbolic space are of this form.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import acosh, asinh, sqrt

TIER = "preview"


@template(relative=True, samples=(1e-12, 1e-10))
def unstable(d: Annotated[Term, Domain(1e-30, 1e10)]) -> Term:
    return acosh(1 + d)


def stable(d: Term) -> Term:
    return 2 * asinh(sqrt(d / 2))


MATCHES = ["np.arccosh(1 + d)", "torch.acosh(1 + 2 * u / (a * b))", "math.acosh(1.0 + delta)"]
IGNORES = ["np.arccosh(x)", "np.arccosh(2 + d)", "np.arcsinh(1 + d)"]
