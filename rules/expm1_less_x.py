"""`exp(x) - 1 - x` cancels twice: at x = 1e-8 no digit is left, where the true value is x**2 / 2.

`expm1(x) - x` loses the second half of them all the same, and so does `log1p(x) - x`. Below x = 1e-4 a few terms of the
series are better, `x**2 / 2 * (1 + x / 3 * (1 + x / 4))`; no library has a function for it.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, expm1_less_x, log, log1p_less_x

TIER = "preview"


@template(relative=True, samples=(1e-8, -1e-8))
def unstable(x: Annotated[Term, Domain(-700.0, 700.0, tried=True)]) -> Term:
    return exp(x) - 1 - x


def stable(x: Term) -> Term:
    return expm1_less_x(x)


@template(relative=True, samples=(1e-8, -1e-8))
def unstable_log(x: Annotated[Term, Domain(-1.0, 1e4)]) -> Term:
    return log(1 + x) - x


def stable_log(x: Term) -> Term:
    return log1p_less_x(x)


MATCHES = [
    "np.exp(x) - 1 - x",
    "np.expm1(x) - x",
    "(math.exp(-t) - 1 + t) / t**2",
    "x - np.log1p(x)",
    "x - np.log(1 + x)",
]
IGNORES = ["np.exp(x) - 1", "np.exp(x) - 1 - y", "np.log(1 + x) - y"]
