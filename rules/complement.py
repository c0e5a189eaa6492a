"""`1 - tanh(x)` and `1 - tanh(x)**2` are 0 from x = 19.1 on, where the true values are small numbers

The function rounds to 1, and what it lacks to 1 is lost. `2 * sigmoid(-2 * x)` is the same as
`1 - tanh(x)`. It matters where the result is divided by, or its logarithm taken. So it is with `1 - sigmoid(x)`,
which is 0 from x = 37 on: it is found as a divisor, as in the odds `sigmoid(x) / (1 - sigmoid(x))`, which are `exp(x)`.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import exp, sigmoid, tanh

TIER = "preview"


@template(relative=True, samples=(40.0, 30.0))
def unstable_tanh(x: Real) -> Term:
    return 1 - tanh(x)


def stable_tanh(x: Term) -> Term:
    return 2 * sigmoid(-2 * x)


@template(relative=True, samples=(40.0, 30.0), bound=1e9)
def unstable_slope(x: Real) -> Term:
    return 1 - tanh(x) ** 2


def stable_slope(x: Term) -> Term:
    return 4 * sigmoid(2 * x) * sigmoid(-2 * x)


@template(samples=(40.0, 30.0))
def unstable_divisor(x: Real) -> Term:
    return 1 / (1 - sigmoid(x))


def stable_divisor(x: Term) -> Term:
    return 1 + exp(x)


@template(samples=(40.0, 30.0))
def unstable_odds(x: Real) -> Term:
    return sigmoid(x) / (1 - sigmoid(x))


def stable_odds(x: Term) -> Term:
    return exp(x)


MATCHES = ["1 - np.tanh(x)", "1 - torch.tanh(x) ** 2", "y / (1 - np.tanh(x))", "p / (1 - torch.sigmoid(x))"]
IGNORES = ["1 + np.tanh(x) ** 2", "2 - np.tanh(x)", "np.tanh(1 - x)", "1 - torch.sigmoid(x)"]
