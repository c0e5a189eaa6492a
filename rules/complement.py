"""`1 - tanh(x)` and `1 - tanh(x)**2` are 0 from x = 19.1 on, where the true values are small numbers

The function rounds to 1, and what it lacks to 1 is lost. `2 * sigmoid(-2 * x)` is the same as
`1 - tanh(x)`. It matters where the result is divided by, or its logarithm taken.
"""

from stabaudit.catalogue.rule import Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sigmoid, tanh

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


MATCHES = ["1 - np.tanh(x)", "1 - torch.tanh(x) ** 2", "y / (1 - np.tanh(x))"]
IGNORES = ["1 + np.tanh(x) ** 2", "2 - np.tanh(x)", "np.tanh(1 - x)"]
