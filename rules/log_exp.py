"""`log(exp(x))` is inf above x = 709 and -inf below x = -745, where the true value is x itself.

So is the logarithm of a product with an exponential in it, such as that of a density: far from its centre the density
is 0, and its logarithm a number. The exponent is known before the exponential is taken, and can be added instead.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log


@template(caution="it is the exponent itself, in its own type and memory", seldom=True)
def unstable(x: Real) -> Term:
    return log(exp(x))


def stable(x: Term) -> Term:
    return x


MATCHES = [
    "np.log(np.exp(x))",
    "np.log(w * np.exp(x))",
    "math.log(math.exp(-e / t) / z)",
    "torch.log(torch.exp(x) ** 2)",
    "np.log10(np.exp(a))",
]
IGNORES = ["np.log(np.exp(-abs(x) / 10) + 1e-9)", "np.log(np.exp(1))", "np.exp(np.log(x))", "np.log(np.exp(x) + b)"]
