"""`gamma(a) / gamma(b)` is nan from 172 on, where both overflow although their ratio does not.

The exponential of the difference of `gammaln` is the same. For large arguments it keeps some digits less than they
have.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, factorial, gamma, gammaln

TIER = "pedantic"
Size = Annotated[Term, Domain(0.0, 500.0)]


@template(samples=((180.0, 180.5), (200.0, 199.0)), bound=8.0)
def unstable(a: Size, b: Size) -> Term:
    return gamma(a) / gamma(b)


def stable(a: Term, b: Term) -> Term:
    return exp(gammaln(a) - gammaln(b))


@template(samples=((180.0, 179.0), (200.0, 199.0)), bound=8.0)
def unstable_factorial(a: Size, b: Size) -> Term:
    return factorial(a) / factorial(b)


def stable_factorial(a: Term, b: Term) -> Term:
    return exp(gammaln(a + 1) - gammaln(b + 1))


@template(samples=((180.0, 2.0), (180.0, 178.0)), bound=8.0)
def unstable_binomial(n: Size, k: Annotated[Term, Domain(0.0, 500.0, below="n")]) -> Term:
    return factorial(n) / (factorial(k) * factorial(n - k))


def stable_binomial(n: Term, k: Term) -> Term:
    return exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


MATCHES = [
    "scipy.special.gamma(a) / scipy.special.gamma(b)",
    "scipy.special.gamma(a + n / c) / scipy.special.gamma(a)",
    "scipy.special.factorial(n) / (scipy.special.factorial(k) * scipy.special.factorial(n - k))",
]
IGNORES = ["scipy.special.gamma(a) * b", "np.exp(scipy.special.gammaln(a))"]
