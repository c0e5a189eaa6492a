"""`log(sigmoid(x) + 1e-8)` stays at -18.4 below x = -19, where the logarithm itself goes on to be x, without a gradient

The small number keeps the logarithm from -inf, and takes its place: a loss no longer says how wrong a confident answer
is. The same holds of `log(softmax(x) + eps)`, of a `clip` from below, and of `log(1 - tanh(x)**2 + 1e-6)`. The
logarithm itself needs no guard: `log_sigmoid`, `log_softmax`, and for the slope of `tanh` -2 times `logcosh`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Guard, Real, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_sigmoid, log_softmax, logcosh, maximum, minimum, sigmoid, sum_, tanh

#: One and a small number, written as one number.
OneAndGuard = Annotated[Term, Domain(1.0, 1.001, literal=True)]
#: What a clip ends at above: one, or near it.
Top = Annotated[Term, Domain(0.9, 1.1, literal=True)]


@template(floored=True)
def unstable(x: Real, c: Guard) -> Term:
    return log(sigmoid(x) + c)


def intended(x: Term, c: Term) -> Term:
    return log_sigmoid(x)


@template(floored=True)
def unstable_complement(x: Real, c: Guard) -> Term:
    return log(1 - sigmoid(x) + c)


@template(floored=True)
def unstable_complement_of_number(x: Real, c: OneAndGuard) -> Term:
    return log(c - sigmoid(x))


def intended_complement(x: Term, c: Term) -> Term:
    return log_sigmoid(-x)


def intended_complement_of_number(x: Term, c: Term) -> Term:
    return log_sigmoid(-x)


@template(floored=True)
def unstable_at_least(x: Real, c: Guard) -> Term:
    return log(maximum(c, sigmoid(x)))


def intended_at_least(x: Term, c: Term) -> Term:
    return log_sigmoid(x)


@template(floored=True)
def unstable_clipped(x: Real, c: Guard, d: Top) -> Term:
    return log(maximum(c, minimum(sigmoid(x), d)))


def intended_clipped(x: Term, c: Term, d: Term) -> Term:
    return log_sigmoid(x)


@template(floored=True)
def unstable_complement_clipped(x: Real, c: Guard, d: Top) -> Term:
    return log(1 - maximum(c, minimum(sigmoid(x), d)))


def intended_complement_clipped(x: Term, c: Term, d: Term) -> Term:
    return log_sigmoid(-x)


@template(floored=True)
def unstable_softmax(x: Rows, c: Guard, axis: Setting) -> Term:
    return log(exp(x) / sum_(exp(x), axis=axis, keepdims=True) + c)


def intended_softmax(x: Term, c: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


@template(floored=True)
def unstable_softmax_at_least(x: Rows, c: Guard, axis: Setting) -> Term:
    return log(maximum(c, exp(x) / sum_(exp(x), axis=axis, keepdims=True)))


def intended_softmax_at_least(x: Term, c: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


@template(floored=True)
def unstable_softmax_clipped(x: Rows, c: Guard, d: Top, axis: Setting) -> Term:
    return log(maximum(c, minimum(exp(x) / sum_(exp(x), axis=axis, keepdims=True), d)))


def intended_softmax_clipped(x: Term, c: Term, d: Term, axis: Term) -> Term:
    return log_softmax(x, axis=axis)


@template(floored=True)
def unstable_slope(x: Real, c: OneAndGuard) -> Term:
    return log(c - tanh(x) ** 2)


@template(floored=True)
def unstable_slope_and_name(x: Real, c: Guard) -> Term:
    return log(1 - tanh(x) ** 2 + c)


def intended_slope(x: Term, c: Term) -> Term:
    return -2 * logcosh(x)


def intended_slope_and_name(x: Term, c: Term) -> Term:
    return -2 * logcosh(x)


MATCHES = [
    "torch.log(torch.sigmoid(x) + 1e-8)",
    "np.log(scipy.special.expit(x) + eps)",
    "torch.log(1 - torch.sigmoid(x) + 1e-15)",
    "torch.log(1 - torch.sigmoid(x) + eps)",
    "torch.log(torch.softmax(x, dim=-1) + 1e-10)",
    "torch.log(torch.softmax(x, dim=-1).clamp(min=1e-7))",
    "torch.log(torch.clamp(torch.softmax(x, dim=1), 1e-7, 1.0))",
    "np.log(np.clip(scipy.special.expit(x), 1e-12, 1 - 1e-12))",
    "np.log(1 - np.clip(scipy.special.expit(x), eps, 1 - 1e-12))",
    "torch.log(1 - torch.tanh(u) ** 2 + 1e-6)",
    "torch.log(1 - torch.tanh(u).pow(2) + eps)",
]
IGNORES = [
    "np.log(p + 1e-8)",
    "np.log(1 - p + eps)",
    "torch.log(torch.sigmoid(x) + 0.1)",
    "torch.log(torch.sigmoid(x) + bias)",
    "torch.nn.functional.logsigmoid(x)",
]
