"""`cross_entropy(softmax(x), y)` takes the softmax twice: its loss takes logits, and applies a softmax to them itself

Of two classes with probabilities of 0 and 1 it is 0.31 where it should be 0, and the gradient of a wrong answer is
small. So it is with a sigmoid before `binary_cross_entropy_with_logits`. Pass the logits to the loss, and apply the
softmax where probabilities are wanted.
"""

from stabaudit.catalogue.rule import Real, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import bce_with_logits, cross_entropy, exp, sigmoid, sum_


@template(caution="the loss is another one", bound=64)
def unstable(
    x: Rows, y: Rows, axis: Setting, weight: Setting, ignored: Setting, reduction: Setting, smoothing: Setting
) -> Term:
    shares = exp(x) / sum_(exp(x), axis=axis, keepdims=True)
    return cross_entropy(shares, y, weight=weight, ignore_index=ignored, reduction=reduction, label_smoothing=smoothing)


def intended(x: Term, y: Term, axis: Term, weight: Term, ignored: Term, reduction: Term, smoothing: Term) -> Term:
    return cross_entropy(x, y, weight=weight, ignore_index=ignored, reduction=reduction, label_smoothing=smoothing)


@template(caution="the loss is another one")
def unstable_sigmoid(x: Real, y: Real, weight: Setting, reduction: Setting, positive: Setting) -> Term:
    return bce_with_logits(sigmoid(x), y, weight=weight, reduction=reduction, pos_weight=positive)


def intended_sigmoid(x: Term, y: Term, weight: Term, reduction: Term, positive: Term) -> Term:
    return bce_with_logits(x, y, weight=weight, reduction=reduction, pos_weight=positive)


MATCHES = [
    "torch.nn.functional.cross_entropy(torch.softmax(z, dim=1), y)",
    "torch.nn.functional.cross_entropy(torch.softmax(z, dim=-1), y, reduction='sum')",
    "torch.nn.CrossEntropyLoss()(torch.nn.functional.softmax(z, dim=1), y)",
    "torch.nn.functional.binary_cross_entropy_with_logits(torch.sigmoid(z), y)",
]
IGNORES = [
    "torch.nn.functional.cross_entropy(z, y)",
    "torch.nn.functional.cross_entropy(torch.log_softmax(z, dim=1), y)",
    "torch.nn.functional.binary_cross_entropy(torch.sigmoid(z), y)",
]
