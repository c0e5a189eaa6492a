"""`norm.ppf(1 - q)` is inf where q is so small that the difference rounds to 1

`isf(q)` takes q itself. At usual levels such as 0.05 both are the same.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Law, Place, Shape, Width, template
from stabaudit.terms import Term
from stabaudit.terms.ops import isf, ppf

TIER = "pedantic"
Level = Annotated[Term, Domain(0.0, 1.0)]


@template(samples=(1e-20, 1e-12, 1e-10))
def unstable(q: Level, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return ppf(1 - q, a, b, loc, scale, law=law)


def stable(q: Term, a: Term, b: Term, loc: Term, scale: Term, law: Term) -> Term:
    return isf(q, a, b, loc, scale, law=law)


MATCHES = ["scipy.stats.norm.ppf(1 - q)", "scipy.stats.norm.ppf(1 - alpha / 2)"]
IGNORES = ["scipy.stats.norm.ppf(q)", "scipy.stats.norm.isf(q)", "scipy.stats.norm.ppf(0.975)"]
