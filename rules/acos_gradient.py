"""`acos(clip(x, -1, 1))` has an infinite slope at -1 and 1, where the clip sends all that lies beyond

The derivative of `acos` and `asin` is `1 / sqrt(1 - x**2)`. The cosine of the angle between equal vectors is 1, or is
rounded to a little more and clipped to 1: the angle is 0, and its gradient -inf in PyTorch, or inf * 0 = nan beyond 1
in JAX. The loss is right, and one step later all weights are nan. `2 * atan2(|u - v|, |u + v|)` of two unit vectors has
a gradient near both ends; a clip to `1 - 1e-6` keeps away from them.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import acos, asin, clip

TIER = "preview"


@template(gradient=True, whole=True, samples=(1.0, -1.0))
def unstable(x: Real) -> Term:
    return acos(clip(x, -1, 1))


@template(gradient=True, whole=True, samples=(1.0, -1.0))
def unstable_asin(x: Real) -> Term:
    return asin(clip(x, -1, 1))


MATCHES = ["torch.acos(torch.clamp(x, -1, 1))", "torch.asin((u * v).clamp(-1.0, 1.0))"]
IGNORES = ["torch.acos(torch.clamp(x, -0.999999, 0.999999))", "np.arccos(np.clip(x, -1, 1))"]
