"""`log(cosh(x))` is infinite from x = 711 on, where the true value is x - log(2).

Near zero `cosh(x)` rounds to 1 and its logarithm loses all digits below x = 1e-8.
"""

from stabaudit.catalogue.rule import Real
from stabaudit.terms import Term
from stabaudit.terms.ops import cosh, exp, log, logcosh


def unstable(x: Real) -> Term:
    return log(cosh(x))


def unstable_in_exponentials(x: Real) -> Term:
    return log((exp(x) + exp(-x)) / 2)


def stable(x: Term) -> Term:
    return logcosh(x)


MATCHES = ["np.log(np.cosh(x))", "math.log(math.cosh(a * b))", "np.log((np.exp(x) + np.exp(-x)) / 2)"]
IGNORES = ["np.log(2 + np.cosh(x))", "np.cosh(np.log(x))", "np.log(np.cosh(1))"]
