"""`binary_cross_entropy(sigmoid(x), y)` stays at 100 where the loss is larger, and has no gradient there

The sigmoid rounds to 0 or 1, and PyTorch cuts the logarithm off at -100; in half precision it raises an error.
`binary_cross_entropy_with_logits(x, y)` computes the loss from the logits.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Real, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import bce, bce_with_logits, sigmoid

TIER = "preview"


@template(samples=(200.0, -200.0, 1000.0), bound=1e9, caution="where it is cut off at 100 the loss is another one")
def unstable(x: Real, y: Annotated[Term, Domain(0.0, 1.0)], weight: Setting, reduction: Setting) -> Term:
    return bce(sigmoid(x), y, weight=weight, reduction=reduction)


def stable(x: Term, y: Term, weight: Term, reduction: Term) -> Term:
    return bce_with_logits(x, y, weight=weight, reduction=reduction)


MATCHES = [
    "torch.nn.functional.binary_cross_entropy(torch.sigmoid(z), y)",
    "torch.nn.BCELoss()(torch.sigmoid(z), y)",
]
IGNORES = [
    "torch.nn.functional.binary_cross_entropy(p, y)",
    "torch.nn.functional.binary_cross_entropy_with_logits(z, y)",
]
