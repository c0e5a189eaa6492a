"""`1 - cdf(x)` is 0 where the true value is a small probability: a p-value beyond 8 standard deviations prints as 0.

The distribution function rounds to 1, and what it lacks to 1 is lost: at 6 standard deviations ten of sixteen digits.
The survival function `sf`, and `erfc` beside `erf`, compute the tail itself.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Law, Place, Shape, Width, template
from stabaudit.terms import Term
from stabaudit.terms.ops import (
    betainc,
    betaincc,
    cdf,
    erf,
    erfc,
    gammainc,
    gammaincc,
    log,
    log_ndtr,
    logcdf,
    logsf,
    ndtr,
    sf,
)

#: Beyond these tails are no floats.
Deviation = Annotated[Term, Domain(-25.0, 25.0, tried=True)]
#: Arguments of the incomplete functions.
Degrees = Annotated[Term, Domain(0.0, 50.0, tried=True)]
Reach = Annotated[Term, Domain(0.0, 100.0, tried=True)]
Share = Annotated[Term, Domain(0.0, 1.0)]
#: What a tail is asked for: deviations at which a float64 has lost half of its digits, and a float32.
TAILS = (6.0, 8.0, 4.0, 5.0, -6.0, -5.0, -5.5, -8.0, -7.0, -9.0, -6.5, -7.5, -8.5)


@template(relative=True, samples=TAILS)
def unstable(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return 1 - cdf(x, a, b, loc, scale, law=law)


def stable(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return sf(x, a, b, loc, scale, law=law)


@template(relative=True, samples=TAILS)
def unstable_below(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return 1 - sf(x, a, b, loc, scale, law=law)


def stable_below(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return cdf(x, a, b, loc, scale, law=law)


@template(samples=TAILS)
def unstable_log(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return log(1 - cdf(x, a, b, loc, scale, law=law))


def stable_log(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return logsf(x, a, b, loc, scale, law=law)


@template(samples=TAILS)
def unstable_log_below(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return log(1 - sf(x, a, b, loc, scale, law=law))


def stable_log_below(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return logcdf(x, a, b, loc, scale, law=law)


@template(relative=True, samples=TAILS)
def unstable_erf(x: Deviation) -> Term:
    return 1 - erf(x)


def stable_erf(x: Term) -> Term:
    return erfc(x)


@template(relative=True, samples=TAILS)
def unstable_erfc(x: Deviation) -> Term:
    return 1 - erfc(x)


def stable_erfc(x: Term) -> Term:
    return erf(x)


@template(relative=True, samples=TAILS)
def unstable_ndtr(x: Deviation) -> Term:
    return 1 - ndtr(x)


def stable_ndtr(x: Term) -> Term:
    return ndtr(-x)


@template(samples=TAILS)
def unstable_log_ndtr(x: Deviation) -> Term:
    return log(1 - ndtr(x))


def stable_log_ndtr(x: Term) -> Term:
    return log_ndtr(-x)


@template(relative=True, samples=((2.0, 30.0), (0.5, 15.0)))
def unstable_gammainc(a: Degrees, x: Reach) -> Term:
    return 1 - gammainc(a, x)


def stable_gammainc(a: Term, x: Term) -> Term:
    return gammaincc(a, x)


@template(relative=True, samples=((10.0, 0.1), (20.0, 0.5)))
def unstable_gammaincc(a: Degrees, x: Reach) -> Term:
    return 1 - gammaincc(a, x)


def stable_gammaincc(a: Term, x: Term) -> Term:
    return gammainc(a, x)


@template(relative=True, samples=((2.0, 40.0, 0.6), (3.0, 60.0, 0.5)))
def unstable_betainc(a: Degrees, b: Degrees, x: Share) -> Term:
    return 1 - betainc(a, b, x)


def stable_betainc(a: Term, b: Term, x: Term) -> Term:
    return betaincc(a, b, x)


MATCHES = [
    "1 - scipy.stats.norm.cdf(z)",
    "1 - scipy.stats.norm.cdf(x, mu, sigma)",
    "2 * (1 - scipy.stats.norm.cdf(abs(z)))",
    "1 - scipy.stats.chi2.cdf(q, df=3)",
    "np.log(1 - scipy.stats.norm.cdf(x))",
    "1 - math.erf(x)",
    "0.5 * (1 - scipy.special.erf(x / np.sqrt(2)))",
    "1 - torch.erf(x)",
    "1 - scipy.special.gammainc(a, x)",
    "1 - torch.special.gammainc(a, x)",
    "1 - scipy.special.betainc(a, b, x)",
]
IGNORES = [
    "scipy.stats.norm.sf(z)",
    "1 + math.erf(x)",
    "math.erfc(x)",
    "1 - scipy.stats.norm.cdf(2.0)",
    "1 - x * scipy.special.gammainc(a, x)",
]
