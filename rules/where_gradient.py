"""`where` computes the branch that it does not take as well: 0 * inf in that branch makes the gradient nan.

`torch.where(x > 0, torch.log(x), 0)` has the right value. Backwards, a zero flows into the branch that is not taken,
and is multiplied by the slope there: by `1 / x` of a logarithm or quotient at 0, by nan of the square root of a
negative number, by infinity where an exponential overflows. The nan is added to the gradient of the branch that is
taken. What the step is given has to be harmless wherever its branch is not taken: that is the *double where*.

A place is reported in libraries that differentiate, if its value and its true gradient are finite and the condition is
what keeps the step from its fault. The page on gradients, docs/gradients.md, has more.
"""

from stabaudit.catalogue.rule import Real, Truth, template
from stabaudit.terms import Term
from stabaudit.terms.ops import div, exp, log, pow_, sqrt, where

TIER = "preview"


@template(gradient=True)
def unstable_log(c: Truth, x: Real, y: Real) -> Term:
    return where(c, log(x), y)


def stable_log(c: Term, x: Term, y: Term) -> Term:
    return where(c, log(where(c, x, 1)), y)


@template(gradient=True)
def unstable_sqrt(c: Truth, x: Real, y: Real) -> Term:
    return where(c, sqrt(x), y)


def stable_sqrt(c: Term, x: Term, y: Term) -> Term:
    return where(c, sqrt(where(c, x, 1)), y)


@template(gradient=True)
def unstable_quotient(c: Truth, x: Real, z: Real, y: Real) -> Term:
    return where(c, div(z, x), y)


def stable_quotient(c: Term, x: Term, z: Term, y: Term) -> Term:
    return where(c, div(z, where(c, x, 1)), y)


@template(gradient=True)
def unstable_power(c: Truth, x: Real, z: Real, y: Real) -> Term:
    return where(c, pow_(x, z), y)


def stable_power(c: Term, x: Term, z: Term, y: Term) -> Term:
    return where(c, pow_(where(c, x, 1), z), y)


@template(gradient=True)
def unstable_exp(c: Truth, x: Real, y: Real) -> Term:
    return where(c, exp(x), y)


def stable_exp(c: Term, x: Term, y: Term) -> Term:
    return where(c, exp(where(c, x, 0)), y)


MATCHES = [
    "torch.where(x > 0, torch.log(x), 0)",
    "torch.where(n == 0, 0, z / n)",
    "torch.where(x > 0, torch.sqrt(x), 0)",
    "torch.where(x > 0, x ** 0.5, 0)",
    "torch.where(x > 0, x, a * torch.exp(x))",
]
IGNORES = [
    "np.where(x > 0, np.log(x), 0)",
    "torch.where(x > 0, torch.log(torch.where(x > 0, x, 1)), 0)",
    "torch.where(c, torch.log(x), 0)",
    "torch.log(x) if x > 0 else 0",
]
