"""`log(gamma(x))` is infinite from x = 172 on, and `log(norm.cdf(x))` is -inf below x = -38

Γ, factorials, beta and Bessel functions overflow, densities and tails underflow, before their
logarithm is taken, which is a number of moderate size. Libraries have functions for the logarithms themselves.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Law, Place, Positive, Shape, Width, template
from stabaudit.terms import Term
from stabaudit.terms.ops import (
    beta,
    betaln,
    cdf,
    comb,
    erfc,
    erfcx,
    factorial,
    gamma,
    gammaln,
    i0,
    i0e,
    iv,
    ive,
    log,
    log_ndtr,
    logcdf,
    logpdf,
    logsf,
    ndtr,
    pdf,
    sf,
)

#: The order of a Bessel function, and the size of a set.
Order = Annotated[Term, Domain(0.0, 20.0, zero=True, tried=True)]
Whole = Annotated[Term, Domain(1.0, 1e4, tried=True)]
Count = Annotated[Term, Domain(0.0, 2000.0)]
#: Beyond these the logarithm of what lies near 1 takes long to compute to all its digits.
Deviation = Annotated[Term, Domain(-150.0, 20.0, tried=True)]
Tail = Annotated[Term, Domain(-20.0, 900.0, tried=True)]


def unstable(x: Positive) -> Term:
    return log(gamma(x))


def stable(x: Term) -> Term:
    return gammaln(x)


@template(samples=(200.0,))
def unstable_factorial(n: Annotated[Term, Domain(1.5, 1e4)]) -> Term:
    return log(factorial(n))


def stable_factorial(n: Term) -> Term:
    return gammaln(n + 1)


def unstable_beta(a: Count, b: Count) -> Term:
    return log(beta(a, b))


def stable_beta(a: Term, b: Term) -> Term:
    return betaln(a, b)


def unstable_cdf(x: Deviation, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return log(cdf(x, a, b, loc, scale, law=law))


def stable_cdf(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return logcdf(x, a, b, loc, scale, law=law)


def unstable_sf(x: Tail, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return log(sf(x, a, b, loc, scale, law=law))


def stable_sf(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return logsf(x, a, b, loc, scale, law=law)


# As a formula it is the stable one.
@template(spelled=True)
def unstable_pdf(x: Tail, a: Shape, b: Shape, loc: Place, scale: Width, law: Law) -> Term:
    return log(pdf(x, a, b, loc, scale, law=law))


def stable_pdf(x: Term, a: Term, b: Term, loc: Term, scale: Width, law: Term) -> Term:
    return logpdf(x, a, b, loc, scale, law=law)


def unstable_ndtr(x: Annotated[Term, Domain(-1e3, 20.0, tried=True)]) -> Term:
    return log(ndtr(x))


def stable_ndtr(x: Term) -> Term:
    return log_ndtr(x)


def unstable_erfc(x: Annotated[Term, Domain(0.1, 1e3)]) -> Term:
    return log(erfc(x))


def stable_erfc(x: Term) -> Term:
    return log(erfcx(x)) - x**2


def unstable_bessel(x: Annotated[Term, Domain(1.0, 1e4)]) -> Term:
    return log(i0(x))


def stable_bessel(x: Term) -> Term:
    return log(i0e(x)) + x


@template(samples=((0.0, 800.0), (2.0, 800.0)), bound=16)
def unstable_bessel_of_order(v: Order, x: Annotated[Term, Domain(1.0, 1e4)]) -> Term:
    return log(iv(v, x))


def stable_bessel_of_order(v: Term, x: Term) -> Term:
    return log(ive(v, x)) + x


@template(samples=((2000.0, 1000.0), (1500.0, 700.0)))
def unstable_comb(n: Whole, k: Annotated[Term, Domain(0.0, 1e4, below="n")]) -> Term:
    return log(comb(n, k))


# A difference of `gammaln` loses the digits of what is chosen from few.
stable_comb = None


MATCHES = [
    "np.log(scipy.special.gamma(x))",
    "np.log(scipy.special.factorial(n))",
    "np.log(scipy.special.beta(a, b))",
    "np.log(scipy.stats.norm.cdf(x))",
    "np.log(scipy.stats.norm.pdf(x, loc=m, scale=s))",
    "np.log(scipy.stats.norm.pdf(x, loc=50, scale=40))",
    "np.log(scipy.stats.poisson.pmf(k, mu))",
    "np.log(scipy.stats.t.sf(x, df))",
    "np.log(scipy.special.erfc(x))",
    "math.log(math.gamma(x))",
    "np.log(np.i0(kappa))",
    "np.log(scipy.special.iv(p / 2 - 1, kappa))",
    "np.log(scipy.special.comb(n, k))",
]
IGNORES = [
    "scipy.special.gammaln(x)",
    "np.log(scipy.stats.norm.cdf(x) + 1)",
    "math.log(math.factorial(n))",
    "np.log(scipy.special.gamma(3))",
]
