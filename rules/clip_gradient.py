"""A clip right before `log`, `sqrt` or `acos` leaves no gradient beyond its bound: what is cut off is not learned from

The bound keeps the value finite, and the slope of the step with it. Of `log(clamp(p, min=1e-8))` the gradient is 0
where p is 0, which is where a loss should be the steepest; of `acos(clamp(c, -1 + 1e-6, 1 - 1e-6))` it is 0 between
vectors that are nearly equal or opposite. Where p is a sigmoid or a softmax, take `log_sigmoid` or `log_softmax`; a
sum, `log(p + 1e-8)`, has a gradient everywhere; angles have one by `2 * atan2(|u - v|, |u + v|)`. It is no fault where
what is cut off is noise, a schedule or a statistic, as it mostly is: it is a note, and reported by its name alone.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Guard, PositiveNumber, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import acos, asin, clip, log, maximum, sqrt

TIER = "pedantic"
#: The ends of a clip a little inside of the domain.
NearOne = Annotated[Term, Domain(0.99, 1.0, literal=True)]
NearMinusOne = Annotated[Term, Domain(-1.0, -0.99, literal=True)]


@template(gradient=True, floored=True, whole=True, samples=(0.0,))
def unstable(x: Real, e: Guard) -> Term:
    return log(maximum(x, e))


def intended(x: Term, e: Term) -> Term:
    return log(x)


@template(gradient=True, floored=True, whole=True, samples=(0.0,))
def unstable_between(x: Real, e: Guard, c: PositiveNumber) -> Term:
    return log(clip(x, e, c))


def intended_between(x: Term, e: Term, c: Term) -> Term:
    return log(x)


@template(gradient=True, floored=True, whole=True, samples=(0.0,))
def unstable_root(x: Real, e: Guard) -> Term:
    return sqrt(maximum(x, e))


def intended_root(x: Term, e: Term) -> Term:
    return sqrt(x)


@template(gradient=True, floored=True, whole=True, samples=(1.0, -1.0, 0.9999999, -0.9999999))
def unstable_acos(x: Real, a: NearMinusOne, b: NearOne) -> Term:
    return acos(clip(x, a, b))


def intended_acos(x: Term, a: Term, b: Term) -> Term:
    return acos(x)


@template(gradient=True, floored=True, whole=True, samples=(1.0, -1.0, 0.9999999, -0.9999999))
def unstable_asin(x: Real, a: NearMinusOne, b: NearOne) -> Term:
    return asin(clip(x, a, b))


def intended_asin(x: Term, a: Term, b: Term) -> Term:
    return asin(x)


MATCHES = [
    "torch.log(torch.clamp(p, min=1e-8))",
    "p.clamp(1e-7, 1.0).log()",
    "torch.sqrt(torch.clamp(x, min=1e-12))",
    "torch.acos(torch.clamp(x, -1 + 1e-6, 1 - 1e-6))",
    "torch.asin((u * v).clamp(-0.9999, 0.9999))",
]
IGNORES = [
    "torch.log(p + 1e-8)",
    "np.log(np.maximum(p, 1e-8))",
    "torch.sqrt(torch.clamp(x, min=1.0))",
    "torch.acos(torch.clamp(x, -0.5, 0.5))",
]
