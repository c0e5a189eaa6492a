"""`kl_div(softmax(x), p)` is no divergence: the first argument is to be the logarithm of the probabilities

It may be negative, and is smallest where all probability is on one class. The divergence is that of `log_softmax(x)`.
"""

from stabaudit.catalogue.rule import Rows, Setting, Weights, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, kl_div, log_softmax, sum_

TIER = "preview"


@template(caution="the loss is another one", bound=64)
def unstable(x: Rows, p: Weights, axis: Setting, reduction: Setting, logarithms: Setting) -> Term:
    shares = exp(x) / sum_(exp(x), axis=axis, keepdims=True)
    return kl_div(shares, p, reduction=reduction, log_target=logarithms)


def intended(x: Term, p: Term, axis: Term, reduction: Term, logarithms: Term) -> Term:
    return kl_div(log_softmax(x, axis=axis), p, reduction=reduction, log_target=logarithms)


MATCHES = ["torch.nn.functional.kl_div(torch.softmax(z, dim=1), p)"]
IGNORES = ["torch.nn.functional.kl_div(torch.log_softmax(z, dim=1), p)", "torch.nn.functional.kl_div(z, p)"]
