"""`norm.pdf(x) / norm.cdf(x)` is 0 / 0 = nan below x = -38, where the true value is near -x: the inverse Mills ratio

Density and tail underflow together. The exponential of the difference of their logarithms is the same.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Law, Place, Shape, Width, template
from stabaudit.terms import Term
from stabaudit.terms.ops import cdf, exp, logcdf, logpdf, logsf, pdf, sf

TIER = "preview"
Deviation = Annotated[Term, Domain(-150.0, 20.0, tried=True)]
Tail = Annotated[Term, Domain(-20.0, 150.0, tried=True)]


@template(samples=(-40.0, -60.0), bound=16)
def unstable(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return pdf(x, a, b, loc, scale, law=law) / cdf(x, a, b, loc, scale, law=law)


def stable(x: Term, a: Term, b: Term, loc: Term, scale: Term, law: Term) -> Term:
    return exp(logpdf(x, a, b, loc, scale, law=law) - logcdf(x, a, b, loc, scale, law=law))


@template(samples=(40.0, 60.0), bound=16)
def unstable_hazard(x: Tail, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return pdf(x, a, b, loc, scale, law=law) / sf(x, a, b, loc, scale, law=law)


def stable_hazard(x: Term, a: Term, b: Term, loc: Term, scale: Term, law: Term) -> Term:
    return exp(logpdf(x, a, b, loc, scale, law=law) - logsf(x, a, b, loc, scale, law=law))


MATCHES = [
    "scipy.stats.norm.pdf(z) / scipy.stats.norm.cdf(z)",
    "scipy.stats.norm.pdf(x, mu, s) / scipy.stats.norm.sf(x, mu, s)",
]
IGNORES = ["scipy.stats.norm.pdf(x) / scipy.stats.norm.cdf(y)", "scipy.stats.norm.pdf(x) / s"]
