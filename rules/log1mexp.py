"""`log(1 - exp(x))` loses its digits at both ends: near zero and far below it.

At x = -1e-10 the difference cancels, below -37 `exp(x)` is swallowed by the 1. `log1p(-exp(x))` cures the far
end alone; `log(-expm1(x))` cures the near one and loses only a tail below 1e-16, which is not reported
(M. Mächler, Accurately Computing log(1 - exp(-|a|)), 2012).
"""

from stabaudit.catalogue.rule import Negative, Positive
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log1mexp


def unstable(x: Negative) -> Term:
    return log(1 - exp(x))


def stable(x: Term) -> Term:
    return log1mexp(x)


def unstable_power(x: Negative, n: Positive) -> Term:
    return log(1 - (1 - exp(x)) ** n)


# `log1mexp(n * log1mexp(x))` is right until `exp(x)` underflows, and -inf from there on.
stable_power = None


MATCHES = [
    "np.log(1 - np.exp(x))",
    "np.log1p(-np.exp(x))",
    "math.log(1.0 - math.exp(-y))",
    "torch.log(1 - torch.exp(x))",
    "np.log(1 - (1 - np.exp(x)) ** 3)",
]
IGNORES = ["np.log(-np.expm1(x))", "np.log(2 - np.exp(x))", "np.log(1 - x)"]
