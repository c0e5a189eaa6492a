"""`mean(x**2) - mean(x)**2` cancels where x is far from zero: at 1e8 + {0, 1, 3} no digit is right, or it is negative

Both means round to the same digits, and their difference is what is left of them. Its square root is nan then, and so
is a normalization that divides by it. Sums taken along the way, `s2 / n - (s / n)**2`, do the same, and so do
covariances. The mean of `(x - mean(x))**2`, which `var` computes, keeps its digits; values that come one by one are
kept as a running mean and a sum of squared differences, by Welford's method.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import mean, sum_

#: Values that have more in common than they differ, in double and in single floats.
FAR_FROM_ZERO = ((1e8, 1e8 + 1, 1e8 + 3), (4096.0, 4097.0, 4099.5))
#: Code that computes both means at once may do so on purpose.
TWICE = "it goes through the array twice"
#: How many values are summed.
Length = Annotated[Term, Domain(0.0, 1e4, length_of="x")]


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024, clamped=True)
def unstable(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return mean(x**2, axis=axis, keepdims=keepdims) - mean(x, axis=axis, keepdims=keepdims) ** 2


def stable(x: Term, axis: Term, keepdims: Term) -> Term:
    return mean((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024, clamped=True)
def unstable_by_sums(x: Rows, n: Length, axis: Setting, keepdims: Setting) -> Term:
    return sum_(x**2, axis=axis, keepdims=keepdims) / n - (sum_(x, axis=axis, keepdims=keepdims) / n) ** 2


def stable_by_sums(x: Term, n: Term, axis: Term, keepdims: Term) -> Term:
    return mean((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024, clamped=True)
def unstable_squares(x: Rows, n: Length, axis: Setting, keepdims: Setting) -> Term:
    return sum_(x**2, axis=axis, keepdims=keepdims) - sum_(x, axis=axis, keepdims=keepdims) ** 2 / n


def stable_squares(x: Term, n: Term, axis: Term, keepdims: Term) -> Term:
    return sum_((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024, clamped=True)
def unstable_multiple(x: Rows, n: Length, axis: Setting, keepdims: Setting) -> Term:
    return n * sum_(x**2, axis=axis, keepdims=keepdims) - sum_(x, axis=axis, keepdims=keepdims) ** 2


def stable_multiple(x: Term, n: Term, axis: Term, keepdims: Term) -> Term:
    return n * sum_((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024)
def unstable_covariance(x: Rows, y: Rows, axis: Setting, keepdims: Setting) -> Term:
    product = mean(x * y, axis=axis, keepdims=keepdims)
    return product - mean(x, axis=axis, keepdims=keepdims) * mean(y, axis=axis, keepdims=keepdims)


def stable_covariance(x: Term, y: Term, axis: Term, keepdims: Term) -> Term:
    return mean(
        (x - mean(x, axis=axis, keepdims=True)) * (y - mean(y, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims
    )


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024)
def unstable_covariance_by_sums(x: Rows, y: Rows, n: Length, axis: Setting, keepdims: Setting) -> Term:
    product = sum_(x, axis=axis, keepdims=keepdims) * sum_(y, axis=axis, keepdims=keepdims)
    return sum_(x * y, axis=axis, keepdims=keepdims) / n - product / n**2


def stable_covariance_by_sums(x: Term, y: Term, n: Term, axis: Term, keepdims: Term) -> Term:
    return mean(
        (x - mean(x, axis=axis, keepdims=True)) * (y - mean(y, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims
    )


@template(samples=FAR_FROM_ZERO, caution=TWICE, bound=1024)
def unstable_products(x: Rows, y: Rows, n: Length, axis: Setting, keepdims: Setting) -> Term:
    product = sum_(x, axis=axis, keepdims=keepdims) * sum_(y, axis=axis, keepdims=keepdims)
    return n * sum_(x * y, axis=axis, keepdims=keepdims) - product


def stable_products(x: Term, y: Term, n: Term, axis: Term, keepdims: Term) -> Term:
    return n * sum_(
        (x - mean(x, axis=axis, keepdims=True)) * (y - mean(y, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims
    )


MATCHES = [
    "np.mean(x**2) - np.mean(x) ** 2",
    "np.mean(x**2, axis=0) - np.mean(x, axis=0) ** 2",
    "np.sqrt(np.mean(np.square(x)) - np.mean(x) ** 2)",
    "torch.mean(x * x, dim=1) - torch.mean(x, dim=1) ** 2",
    "np.sum(x**2) / n - (np.sum(x) / n) ** 2",
    "(np.sum(x * x) - np.sum(x) ** 2 / n) / (n - 1)",
    "len(x) * np.sum(x**2) - np.sum(x) ** 2",
    "np.mean(x * y) - np.mean(x) * np.mean(y)",
    "n * np.sum(x * y) - np.sum(x) * np.sum(y)",
]
IGNORES = [
    "np.var(x)",
    "np.mean((x - np.mean(x)) ** 2)",
    "np.mean(x**2) - np.mean(y) ** 2",
    "x - np.mean(x)",
    "np.sum(x**2) - np.sum(x)",
    "np.mean(x**2) - 1",
]
