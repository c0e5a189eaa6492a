"""`log(prod(p))` is -inf as soon as the product underflows: 400 factors of 0.1 are enough.

A likelihood is a product of many small numbers. The logarithms of the factors add up to the same, in range.
"""

from stabaudit.catalogue.rule import Setting, Weights, template
from stabaudit.terms import Term
from stabaudit.terms.ops import abs_, log, prod, sum_

TIER = "preview"


@template(
    samples=((1e-200, 1e-180), (1e200, 1e180), (1e-30, 1e-28), (1e30, 1e28)),
    bound=8,
    caution="it has no value where factors are negative",
)
def unstable(p: Weights, axis: Setting, keepdims: Setting) -> Term:
    return log(prod(p, axis=axis, keepdims=keepdims))


def stable(p: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(log(p), axis=axis, keepdims=keepdims)


@template(samples=((1e-200, 1e-180), (1e200, 1e180), (1e-30, 1e-28), (1e30, 1e28)), bound=8)
def unstable_square(p: Weights, axis: Setting, keepdims: Setting) -> Term:
    return log(prod(p, axis=axis, keepdims=keepdims) ** 2)


def stable_square(p: Term, axis: Term, keepdims: Term) -> Term:
    return 2 * sum_(log(abs_(p)), axis=axis, keepdims=keepdims)


MATCHES = [
    "np.log(np.prod(p))",
    "-np.mean(np.log(np.prod(p, axis=1)))",
    "np.log(p.prod(axis=0, keepdims=True))",
    "np.log(1 / np.prod(b - a))",
    "np.log(np.prod(np.diagonal(c)) ** 2)",
]
IGNORES = ["np.sum(np.log(p))", "np.log(np.sum(p))", "np.prod(np.log(p))", "np.log(1 + np.prod(p))"]
