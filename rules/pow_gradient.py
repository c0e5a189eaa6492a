"""`p**gamma` with gamma below 1 has an infinite slope at 0, which a clip reaches, and `1 - sigmoid(x)`

Where a sigmoid is 0 its own slope is 0 as well, and 0 * inf is nan: the focal loss `(1 - p)**gamma` of a saturated
prediction has a value of 0 and a gradient of nan. `exp(gamma * log_sigmoid(-x))` has both. Of a clip,
`clamp(x, min=0)**0.4`, the gradient at and below 0 is inf or nan; `clamp(x, min=1e-12)` keeps away from it.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import maximum, sigmoid

TIER = "preview"
#: A power below one that is written as a number.
Fraction = Annotated[Term, Domain(0.0, 1.0, literal=True)]
#: A power that somebody chooses.
Power = Annotated[Term, Domain(0.0, 10.0)]


@template(gradient=True, whole=True, samples=(0.0, -1.0))
def unstable(x: Real, c: Fraction) -> Term:
    return maximum(x, 0) ** c


@template(gradient=True, whole=True, samples=(1000.0, (1000.0, 0.5)))
def unstable_rest(x: Real, c: Power) -> Term:
    return (1 - sigmoid(x)) ** c


MATCHES = [
    "torch.clamp(x, min=0) ** 0.4",
    "torch.pow(1.0 - torch.sigmoid(x), gamma)",
    "(1 - torch.sigmoid(x)) ** 0.5",
]
IGNORES = [
    "torch.clamp(x, min=1e-6) ** 0.4",
    "torch.clamp(x, min=0) ** 1.5",
    "(1 - torch.sigmoid(x)) ** 2",
    "np.maximum(x, 0) ** 0.4",
]
