"""`log2(2**a + 2**b)` is inf when a or b is above 1023 and -inf when both are below -1074.

The true value is close to the larger of the two. `logaddexp2` takes it out first, as `logaddexp` does for base e.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Const, Term
from stabaudit.terms.ops import log2, logaddexp2


@template(bound=8)
def unstable(a: Real, b: Real) -> Term:
    return log2(Const(2) ** a + Const(2) ** b)


def stable(a: Term, b: Term) -> Term:
    return logaddexp2(a, b)


MATCHES = ["np.log2(2**a + 2**b)", "math.log2(2.0**a + 2.0**b)", "torch.log2(2**a + 2**b)"]
IGNORES = ["np.log2(2**a)", "np.log2(2**a + 3**b)", "np.logaddexp2(a, b)"]
