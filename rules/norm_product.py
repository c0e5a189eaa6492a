"""`sqrt(sum(x**2) * sum(y**2))` is inf or 0 where neither root is: a product of squares leaves the range of floats

Values of 1e90 are enough in double floats, of 1e10 in single ones. The product of the two roots does not overflow
before they do; it is what a correlation or a cosine divides by.
"""

from stabaudit.catalogue.rule import Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sqrt, sum_

TIER = "pedantic"


@template(samples=((1e90, 2e90), (1e-90, 2e-90), (1e10, 2e10), (1e-12, 2e-12)), relative=True, bound=16)
def unstable(x: Rows, y: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims) * sum_(y**2, axis=axis, keepdims=keepdims))


def stable(x: Term, y: Term, axis: Term, keepdims: Term) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims)) * sqrt(sum_(y**2, axis=axis, keepdims=keepdims))


MATCHES = [
    "np.sqrt(np.sum(x**2) * np.sum(y**2))",
    "np.sum(x * y) / np.sqrt(np.sum(x * x) * np.sum(y * y))",
]
IGNORES = ["np.sqrt(np.sum(x**2)) * np.sqrt(np.sum(y**2))", "np.sqrt(np.sum(x**2) * np.sum(y))"]
