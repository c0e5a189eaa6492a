"""`sqrt(maximum(x, 0))` has an infinite slope at 0, where the clip sends every negative number

A variance or a squared distance is rounded to a little less than zero, and clipped. The root of it is 0, and its
gradient inf in PyTorch and inf * 0 = nan in JAX. `sqrt(maximum(x, 1e-12))` keeps away from it, and so does the double
where.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import maximum, sqrt

TIER = "preview"


@template(gradient=True, whole=True, samples=(0.0, -1.0))
def unstable(x: Real) -> Term:
    return sqrt(maximum(x, 0))


MATCHES = ["torch.sqrt(torch.clamp(x, min=0))", "x.clamp(min=0.0).sqrt()"]
IGNORES = ["torch.sqrt(torch.clamp(x, min=1e-12))", "np.sqrt(np.maximum(x, 0))"]
