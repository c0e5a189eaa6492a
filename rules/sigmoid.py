"""`1 / (1 + exp(-x))` overflows inside although the result is between 0 and 1.

At x = -710 `math.exp(-x)` raises OverflowError, NumPy warns (an error under `np.seterr(all="raise")`) and
autodiff multiplies inf by 0, a nan gradient. The other form, `exp(x) / (1 + exp(x))`, is inf/inf = nan at 710.
The stable form takes `exp(-abs(x))` and branches on the sign.
"""

from stabaudit.catalogue.rule import Positive, Real, Rows, Setting, Sizeable
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, log, log_sigmoid, logsumexp, sigmoid, sum_


def unstable(x: Real) -> Term:
    return exp(x) / (1 + exp(x))


def stable(x: Term) -> Term:
    return sigmoid(x)


def unstable_complement(x: Real) -> Term:
    return 1 - 1 / (1 + exp(x))


def unstable_slope(x: Real) -> Term:
    return exp(x) / (1 + exp(x)) ** 2


def stable_slope(x: Term) -> Term:
    return sigmoid(x) * sigmoid(-x)


def unstable_of_odds(x: Real, b: Positive) -> Term:
    return exp(x) / (exp(x) + b)


def stable_of_odds(x: Term, b: Term) -> Term:
    return sigmoid(x - log(b))


def unstable_of_rest(x: Real, b: Sizeable) -> Term:
    return b / (exp(x) + b)


def stable_of_rest(x: Term, b: Term) -> Term:
    return sigmoid(log(b) - x)


def unstable_of_weighted_rest(x: Real, b: Sizeable, w: Positive) -> Term:
    return b / (w * exp(x) + b)


def stable_of_weighted_rest(x: Term, b: Term, w: Term) -> Term:
    return sigmoid(log(b) - log(w) - x)


def unstable_of_sum(a: Real, x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return exp(a) / (exp(a) + sum_(exp(x), axis=axis, keepdims=keepdims))


def stable_of_sum(a: Term, x: Term, axis: Term, keepdims: Term) -> Term:
    return sigmoid(a - logsumexp(x, axis=axis, keepdims=keepdims))


def unstable_power(x: Real, n: Positive) -> Term:
    return (1 + exp(x)) ** -n


def stable_power(x: Term, n: Term) -> Term:
    return exp(n * log_sigmoid(-x))


def unstable_between(x: Real, a: Real, b: Real) -> Term:
    return (a + b * exp(x)) / (1 + exp(x))


# Where a and b have opposite signs, no sum of the two shares is right near the zero between them.
stable_between = None


MATCHES = [
    "1 / (1 + np.exp(-x))",
    "np.exp(x) / (np.exp(x) + 1)",
    "1.0 / (1.0 + math.exp(-(a * b)))",
    "(1 + np.exp((mu - x) / s)) ** -1",
    "np.exp(a) / (np.exp(a) + np.exp(b))",
    "1 - 1 / (1 + np.exp(x))",
    "w * np.exp(x) / (1 + np.exp(x))",
    "np.reciprocal(1 + np.exp(-x))",
    "torch.exp(x) / (1 + torch.exp(x))",
    "1 / (1 + (-x).exp())",
    "np.exp(a) / (np.exp(a) + b)",
    "k / (k + np.exp(step / k))",
    "np.exp(a) / (np.exp(a) + np.exp(x).sum(axis=1))",
    "1 / (1 + np.exp(x) / 2)",
    "p * np.exp(a) / (p * np.exp(a) + q * np.exp(b))",
    "1 / (1 + np.exp(-x)) ** nu",
    "(low + high * np.exp(x)) / (1 + np.exp(x))",
    "(2 * np.exp(x) + 1) / (np.exp(x) + 1)",
]
IGNORES = [
    "1 / (1 + np.exp(-abs(x)))",
    "1 / (1 + np.exp(-x**2))",
    "1 / (1 + np.exp(-np.clip(x, -500, 500)))",
    "np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))",
    "1 / (1 - np.exp(-x) * 0.5)",
    "np.exp(1) / (1 + np.exp(1))",
    "1 / (1e-7 + np.exp(x))",
    "1 / (eps + np.exp(x))",
]
