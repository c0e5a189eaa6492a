"""`log(exp(a) - exp(b))` is nan or inf when a is above 709 and cancels when a and b are close.

`log(exp(x) - 1)`, the inverse of softplus, is the case b = 0. The larger exponent is taken out first.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Positive, Real, Rows, Setting
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, inverse_softplus, log, logdiffexp, sinh, sum_


def unstable(a: Real, b: Annotated[Term, Domain(below="a")]) -> Term:
    return log(exp(a) - exp(b))


def stable(a: Term, b: Term) -> Term:
    return logdiffexp(a, b)


def unstable_minus_one(x: Positive) -> Term:
    return log(exp(x) - 1)


def stable_minus_one(x: Term) -> Term:
    return inverse_softplus(x)


def unstable_sinh(x: Positive) -> Term:
    return log(sinh(x))


def stable_sinh(x: Term) -> Term:
    return logdiffexp(x, -x) - log(2)


def unstable_of_sums(x: Rows, y: Rows, axis: Setting, keepdims: Setting) -> Term:
    return log(sum_(exp(x), axis=axis, keepdims=keepdims) - sum_(exp(y), axis=axis, keepdims=keepdims))


def unstable_of_three(a: Real, b: Real, c: Annotated[Term, Domain(below="a")]) -> Term:
    return log(exp(a) + exp(b) - exp(c))


def unstable_with_rest(a: Real, b: Annotated[Term, Domain(below="a")], r: Positive) -> Term:
    return log(r + exp(a) - exp(b))


# What is left of a sum may be small beside it: no shift keeps the digits that the original keeps near zero.
stable_of_sums = stable_of_three = stable_with_rest = None


MATCHES = [
    "np.log(np.exp(a) - np.exp(b))",
    "math.log(math.exp(x) - math.exp(-y))",
    "np.log(np.exp(x) - 1)",
    "torch.log(torch.expm1(x))",
    "np.log(np.sinh(x))",
    "np.log(np.exp(x).sum() - np.exp(y).sum())",
    "np.log(np.exp(scipy.special.logsumexp(x, axis=-1)) - np.exp(scipy.special.logsumexp(y, axis=-1)))",
    "np.log(np.exp(a) + np.exp(b) - np.exp(c))",
    "jnp.log(jnp.exp(a) - jnp.expm1(b))",
]
IGNORES = ["np.log(np.exp(a) - b)", "np.log(a - b)"]
