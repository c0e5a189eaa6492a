"""`prod(x)**(1 / n)` is 0 or inf as soon as the product leaves the range of floats: 400 factors of 0.1 are enough

The root is a moderate number, between the smallest factor and the largest. It is the exponential of the mean of the
logarithms, `exp(mean(log(x)))`, as `scipy.stats.gmean` computes it.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Setting, Weights, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, prod, sum_

TIER = "pedantic"
#: One by the number of factors: the square root of a product is one of two.
Root = Annotated[Term, Domain(0.0, 0.49)]


@template(
    samples=((1e-200, 1e-180), (1e200, 1e180), (1e-30, 1e-28), (1e30, 1e28)),
    bound=8,
    caution="it has no value where factors are negative",
)
def unstable(x: Weights, r: Root, axis: Setting, keepdims: Setting) -> Term:
    return prod(x, axis=axis, keepdims=keepdims) ** r


def stable(x: Term, r: Term, axis: Term, keepdims: Term) -> Term:
    return exp(r * sum_(log(x), axis=axis, keepdims=keepdims))


MATCHES = [
    "np.prod(x) ** (1 / len(x))",
    "np.power(np.prod(p, axis=1), 1.0 / n)",
    "np.prod(x, axis=0) ** (1 / x.shape[0])",
]
IGNORES = ["np.prod(x)", "np.prod(x) ** 2", "np.sqrt(np.prod(shape))", "1 / np.prod(x)", "np.exp(np.mean(np.log(x)))"]
