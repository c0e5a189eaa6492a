"""`nll_loss(softmax(x), y)` is between -1 and 0: the loss takes logarithms of probabilities, and is given probabilities

What is minimized is the negative probability, whose gradient vanishes where the model is surely wrong. The loss of
`log_softmax(x)` is the one that is meant; `cross_entropy(x, y)` is both in one.
"""

from stabaudit.catalogue.rule import Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log_softmax, nll_loss, sum_


@template(caution="the loss is another one")
def unstable(x: Rows, y: Rows, axis: Setting, weight: Setting, ignored: Setting, reduction: Setting) -> Term:
    shares = exp(x) / sum_(exp(x), axis=axis, keepdims=True)
    return nll_loss(shares, y, weight=weight, ignore_index=ignored, reduction=reduction)


def intended(x: Term, y: Term, axis: Term, weight: Term, ignored: Term, reduction: Term) -> Term:
    return nll_loss(log_softmax(x, axis=axis), y, weight=weight, ignore_index=ignored, reduction=reduction)


MATCHES = [
    "torch.nn.functional.nll_loss(torch.softmax(z, dim=1), y)",
    "torch.nn.NLLLoss()(torch.softmax(z, dim=1), y)",
]
IGNORES = [
    "torch.nn.functional.nll_loss(torch.log_softmax(z, dim=1), y)",
    "torch.nn.functional.nll_loss(z, y)",
]
