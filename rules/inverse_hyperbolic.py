"""`log(x + sqrt(x**2 + 1))` loses all digits near zero, and is -inf from x = -1e8 on: it is `asinh(x)`.

At x = 1e-10 half of sixteen digits are left, as the sum rounds to 1 plus little; below zero the two terms cancel.
Above 1e154 the square overflows. The same holds of `acosh` by `log(x + sqrt(x**2 - 1))`, and of `atanh` by
`log((1 + x) / (1 - x)) / 2`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import acosh, asinh, atanh, log, sqrt


@template(samples=(1e200, 1e25))
def unstable(x: Real) -> Term:
    return log(x + sqrt(x**2 + 1))


def stable(x: Term) -> Term:
    return asinh(x)


@template(samples=(1e200, 1e25))
def unstable_acosh(x: Annotated[Term, Domain(1.0, 1e300)]) -> Term:
    return log(x + sqrt(x**2 - 1))


def stable_acosh(x: Term) -> Term:
    return acosh(x)


def unstable_atanh(x: Annotated[Term, Domain(-1.0, 1.0)]) -> Term:
    return log((1 + x) / (1 - x)) / 2


def stable_atanh(x: Term) -> Term:
    return atanh(x)


MATCHES = [
    "np.log(x + np.sqrt(x**2 + 1))",
    "math.log(u + math.sqrt(1 + u * u))",
    "torch.log(x + torch.sqrt(x * x + 1))",
    "np.log(x + np.sqrt(x * x - 1))",
    "0.5 * np.log((1 + r) / (1 - r))",
    "math.log((1 + x) / (1 - x)) / 2",
    "np.log((1 + x) / (1 - x))",
]
IGNORES = ["np.arcsinh(x)", "np.log(x + np.sqrt(x + 1))", "np.log(2 + np.sqrt(2**2 + 1))", "np.arctanh(r)"]
