"""`norm.cdf(b) - norm.cdf(a)` is 0 where both round to 1, as beyond nine deviations

In the upper tail both values round to 1. The difference of the survival functions, `sf(a) - sf(b)`, is the same and
keeps the digits there; in the lower tail the one that is written does. The same holds of `erf(b) - erf(a)`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Law, Place, Shape, Width, template
from stabaudit.terms import Term
from stabaudit.terms.ops import cdf, erf, erfc, sf

TIER = "preview"
#: The upper tail: below, what is written is right.
Upper = Annotated[Term, Domain(0.5, 25.0, tried=True)]
TAILS = ((10.0, 9.0), (7.0, 6.0), (6.5, 5.5), (9.0, 5.0), (2.0, 1.0), (3.0, 0.6))
#: The same with one for all else.
TAILS_OF_LAWS = tuple((b, a, 1.0, 1.0, place, 1.0) for b, a in TAILS for place in (1.0, 0.5))


@template(
    relative=True,
    samples=(*TAILS_OF_LAWS, *TAILS),
    bound=1e9,
    caution="below the middle of the distribution what is written is better",
)
def unstable(b: Upper, a: Upper, s: Shape, t: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return cdf(b, s, t, loc, scale, law=law) - cdf(a, s, t, loc, scale, law=law)


def stable(b: Term, a: Term, s: Term, t: Term, loc: Term, scale: Term, law: Term) -> Term:
    return sf(a, s, t, loc, scale, law=law) - sf(b, s, t, loc, scale, law=law)


@template(relative=True, samples=TAILS, bound=1e9, caution="below zero what is written is better")
def unstable_erf(b: Upper, a: Upper) -> Term:
    return erf(b) - erf(a)


def stable_erf(b: Term, a: Term) -> Term:
    return erfc(a) - erfc(b)


MATCHES = [
    "scipy.stats.norm.cdf(b) - scipy.stats.norm.cdf(a)",
    "0.5 * (math.erf(b) - math.erf(a))",
]
IGNORES = [
    "scipy.stats.norm.cdf(b) - 0.5",
    "scipy.stats.norm.sf(a) - scipy.stats.norm.sf(b)",
    "math.erf(a) + math.erf(b)",
]
