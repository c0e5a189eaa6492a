"""`log(exp(a) + exp(b))` is inf when a or b is above 709 and -inf when both are below -745.

The true value is close to the larger of the two; it is taken out first.
"""

from stabaudit.catalogue.rule import Positive, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, logaddexp


def unstable(a: Real, b: Real) -> Term:
    return log(exp(a) + exp(b))


def stable(a: Term, b: Term) -> Term:
    return logaddexp(a, b)


def unstable_mixture(a: Real, b: Real, v: Positive, w: Positive) -> Term:
    return log(v * exp(a) + w * exp(b))


def stable_mixture(a: Term, b: Term, v: Term, w: Term) -> Term:
    return logaddexp(a + log(v), b + log(w))


# Beside a number exponents are magnitudes, temperatures or powers of a fitted curve more often than logits.
@template(seldom=True)
def unstable_with_number(a: Real, c: Positive) -> Term:
    return log(c + exp(a))


def stable_with_number(a: Term, c: Term) -> Term:
    return logaddexp(log(c), a)


@template(seldom=True)
def unstable_weighted_with_number(a: Real, c: Positive, w: Positive) -> Term:
    return log(c + w * exp(a))


def stable_weighted_with_number(a: Term, c: Term, w: Term) -> Term:
    return logaddexp(log(c), a + log(w))


MATCHES = [
    "np.log(np.exp(a) + np.exp(b))",
    "math.log(math.exp(u * v) + math.exp(-w))",
    "torch.log(torch.exp(a) + torch.exp(b))",
    "np.log(w * np.exp(a) + (1 - w) * np.exp(b))",
    "np.log(2 + np.exp(a))",
    "np.log(c + 3 * np.exp(a))",
    "np.log(p + (1 - p) * np.exp(a))",
]
IGNORES = ["np.log(c + np.exp(1))", "np.logaddexp(a, b)"]
