"""`exp(-m) * m**k / factorial(k)` is nan from k = 171 on: the power and the factorial are inf, and exp(-m) may be 0

The probability itself is a moderate number, the exponential of `k * log(m) - m - gammaln(k + 1)`. `scipy.stats.poisson`
has it as `pmf` and `logpmf`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, factorial, gamma, gammaln, log

TIER = "preview"
Count = Annotated[Term, Domain(0.0, 1000.0)]


@template(samples=((200.0, 200.0), (800.0, 800.0)), bound=64)
def unstable(m: Count, k: Count) -> Term:
    return exp(-m) * m**k / factorial(k)


@template(samples=((200.0, 200.0), (800.0, 800.0)), bound=64)
def unstable_gamma(m: Count, k: Count) -> Term:
    return exp(-m) * m**k / gamma(k + 1)


def stable(m: Term, k: Term) -> Term:
    return exp(k * log(m) - m - gammaln(k + 1))


MATCHES = [
    "np.exp(-m) * m**k / scipy.special.factorial(k)",
    "lam**k * math.exp(-lam) / math.gamma(k + 1)",
]
IGNORES = ["scipy.stats.poisson.pmf(k, m)", "np.exp(-m) * m**k"]
