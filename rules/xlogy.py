"""`sum(y * log(p))` is nan as soon as a y and a p are 0 together, where the term is 0 in the limit

A count of nothing times the logarithm of no chance is 0 * -inf. `xlogy(y, p)` is 0 where y is.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import log, sum_, xlogy

TIER = "pedantic"
Parts = Annotated[Term, Domain(0.0, 1e4, rows=True, zero=True)]


@template(limit=True, samples=((0.25, 0.0, 0.75),), bound=64)
def unstable(y: Parts, p: Parts, axis: Setting, keepdims: Setting) -> Term:
    return sum_(y * log(p), axis=axis, keepdims=keepdims)


def stable(y: Term, p: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(xlogy(y, p), axis=axis, keepdims=keepdims)


MATCHES = ["np.sum(y * np.log(p))", "-torch.sum(y * torch.log(q), dim=1)"]
IGNORES = ["np.sum(y * np.log(2))", "scipy.special.xlogy(y, p).sum()", "np.sum(np.log(p))"]
