"""`log(1 - tanh(x)**2)` is -inf from x = 20 on, where the true value is near 2 * (log(2) - x).

The hyperbolic tangent rounds to 1. The formula is the logarithm of the derivative of `tanh`, as squashed Gaussian
policies have it; it is twice the negative logarithm of `cosh(x)`.
"""

from stabaudit.catalogue.rule import Real
from stabaudit.terms import Term
from stabaudit.terms.ops import log, logcosh, tanh


def unstable(x: Real) -> Term:
    return log(1 - tanh(x) ** 2)


def stable(x: Term) -> Term:
    return -2 * logcosh(x)


MATCHES = ["np.log(1 - np.tanh(x) ** 2)", "torch.log(1 - torch.tanh(u).pow(2))", "np.log(1 - np.square(np.tanh(x)))"]
IGNORES = ["np.log(1 + np.tanh(x) ** 2)", "np.log(np.tanh(x))", "np.tanh(x) ** 2"]
