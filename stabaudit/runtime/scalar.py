"""The same functions for single floats, on `math`: what rewritten scalar code calls, at the cost of `math`.

What `math` takes in, floats out: a number of NumPy, a Decimal, a Fraction, a tensor of one element. Where `math`
itself would raise at the edge (`math.log(0)`, `math.exp(710)`), these give the limit, as NumPy does. Where there is no
value (`math.log(-1)`), they raise what `math` raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, expm1, fsum, inf, isnan, ldexp, log, log1p, nan, sin, sqrt
from math import tanh as tanh
from typing import Any

__all__ = [
    "cosm1",
    "exprel",
    "inverse_softplus",
    "log1mexp",
    "log_sigmoid",
    "log_softmax",
    "logaddexp",
    "logcosh",
    "logdiffexp",
    "logit",
    "logmeanexp",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softplus",
    "sqrt1pm1",
    "tanh",
    "xlog1py",
    "xlogy",
]

LN2 = 0.6931471805599453
# ln 2 - LN2, to the next 53 bits (OEIS A002162).
LN2_LOW = 2.3190468138462996e-17


def real(x: Any) -> float:
    """`x` as a float, by the rules of `math`: text is refused."""
    return ldexp(x, 0)


def reals(values: Iterable[Any]) -> list[float]:
    """`values` as floats, by the same rules."""
    items = list(values)
    try:
        # Four times as fast as to ask each of them; what is no float makes no float of the sum, or counts as one.
        if type(sum(items)) is float:
            return items
    except TypeError:
        pass
    return [real(x) for x in items]


def undefined(*given: float) -> float:
    """nan if one of the numbers is, else `ValueError`: a function has no value there."""
    if any(map(isnan, given)):
        return nan
    raise ValueError("math domain error")


def sigmoid(x: float) -> float:
    """The logistic function `1 / (1 + exp(-x))`."""
    if type(x) is not float:
        x = real(x)
    # 1/(1+exp(-x)) raises OverflowError below x = -709.78.
    if x >= 0:
        return 1 / (1 + exp(-x))
    t = exp(x)
    return t / (1 + t)


def log_sigmoid(x: float) -> float:
    """The logarithm of the logistic function, `-log(1 + exp(-x))`."""
    if type(x) is not float:
        x = real(x)
    # log(1+exp(-x)) raises below x = -709.78 and is 0 above 37.
    return -log1p(exp(-x)) if x >= 0 else x - log1p(exp(x))


def softplus(x: float) -> float:
    """The smooth positive part, `log(1 + exp(x))`."""
    if type(x) is not float:
        x = real(x)
    # log(1+exp(x)) raises from x = 710 on and is 0 below -37.
    return x + log1p(exp(-x)) if x >= 0 else log1p(exp(x))


def inverse_softplus(x: float) -> float:
    """The inverse of softplus, `log(exp(x) - 1)`; -inf at 0, none below."""
    if type(x) is not float:
        x = real(x)
    # log(exp(x)-1) raises from x = 710 on and below 1e-16. It crosses 0 at ln 2: there, with
    # d = x - ln 2 to twice the precision, exp(x) - 1 = 1 + 2 expm1(d).
    if x > 1:
        return x + log1p(-exp(-x))
    if x > 0.4:
        return log1p(2 * expm1((x - LN2) - LN2_LOW))
    if x > 0:
        return log(expm1(x))
    return -inf if x == 0 else undefined(x)


def logaddexp(a: float, b: float) -> float:
    """`log(exp(a) + exp(b))`."""
    if type(a) is not float or type(b) is not float:
        a, b = real(a), real(b)
    # exp(a) raises from 710 on; both are 0 below -745.
    if a < b:
        a, b = b, a
    if a == b:
        return a + LN2
    return a + log1p(exp(b - a))


def logdiffexp(a: float, b: float) -> float:
    """`log(exp(a) - exp(b))`; -inf for a = b, none for a < b."""
    if type(a) is not float or type(b) is not float:
        a, b = real(a), real(b)
    d = b - a
    if d < -LN2:
        return a + log1p(-exp(d))
    if d < 0:
        return a + log(-expm1(d))
    if d == 0 or a == b == -inf:
        return -inf
    return nan if a == b else undefined(d)


def log1mexp(x: float) -> float:
    """`log(1 - exp(x))`; -inf at 0, none above."""
    if type(x) is not float:
        x = real(x)
    # log(1-exp(x)) raises above x = -1e-16 and is 0 below -37; the cut is Maechler's (Rmpfr vignette, 2012).
    if x < -LN2:
        return log1p(-exp(x))
    if x < 0:
        return log(-expm1(x))
    return -inf if x == 0 else undefined(x)


def logit(p: float) -> float:
    """The inverse of the logistic function, `log(p / (1 - p))`; -inf at 0, inf at 1, none outside."""
    if type(p) is not float:
        p = real(p)
    # Near p = 1/2 the quotient is a rounded number near 1; 2p - 1 is exact there.
    if 0.35 < p < 0.65:
        s = 2 * (p - 0.5)
        return log1p(s) - log1p(-s)
    if 0 < p < 1:
        return log(p) - log1p(-p)
    if p == 0:
        return -inf
    return inf if p == 1 else undefined(p)


def logcosh(x: float) -> float:
    """`log(cosh(x))`."""
    if type(x) is not float:
        x = real(x)
    # math.cosh raises from |x| = 710.5 on; near 0 cosh(x) is a rounded number near 1.
    a = abs(x)
    if a < 1:
        # cosh(a) - 1 = g²/(2 (1 + g)) with g = exp(a) - 1.
        g = expm1(a)
        return log1p(g * g / (2 * (1 + g)))
    return (a - LN2) + log1p(exp(-2 * a))


def exprel(x: float) -> float:
    """The relative growth `(exp(x) - 1) / x`, 1 at x = 0."""
    if type(x) is not float:
        x = real(x)
    if x == 0:
        return 1.0
    if x > 709.7:
        # exp(x) overflows before exp(x)/x does; half of it squared does not.
        half = exp(x / 2) if x < 1400 else inf
        return half * (half / x) if x < inf else x
    return expm1(x) / x


def sqrt1pm1(x: float) -> float:
    """`sqrt(1 + x) - 1`; none below -1."""
    if type(x) is not float:
        x = real(x)
    if x >= -1:
        return x / (sqrt(1 + x) + 1) if x < inf else x
    return undefined(x)


def cosm1(x: float) -> float:
    """`cos(x) - 1`; none at ±inf."""
    if type(x) is not float:
        x = real(x)
    if x - x != 0:
        return undefined(x)
    half = sin(x / 2)
    return -2 * half * half


def xlogy(x: float, y: float) -> float:
    """`x * log(y)`, 0 where x = 0."""
    if type(x) is not float or type(y) is not float:
        x, y = real(x), real(y)
    if x == 0 and not isnan(y):
        return 0.0
    if y > 0:
        return x * log(y)
    return x * -inf if y == 0 else undefined(x, y)


def xlog1py(x: float, y: float) -> float:
    """`x * log(1 + y)`, 0 where x = 0."""
    if type(x) is not float or type(y) is not float:
        x, y = real(x), real(y)
    if x == 0 and not isnan(y):
        return 0.0
    if y > -1:
        return x * log1p(y)
    return x * -inf if y == -1 else undefined(x, y)


def weights(values: list[float]) -> tuple[float, list[float]]:
    """The largest value and the exponentials relative to it; where that is not finite, those are 0 or nan."""
    top = max(values)
    if top - top != 0:
        # `max` sees a nan only if it comes first.
        if any(isnan(x) for x in values):
            return nan, [nan] * len(values)
        return top, [0.0 if x < top == inf else nan for x in values]
    return top, [exp(x - top) for x in values]


def logsumexp(values: Iterable[float]) -> float:
    """`log(sum(exp(x) for x in values))`; -inf for none."""
    items = reals(values)
    if not items:
        return -inf
    top, e = weights(items)
    if top - top != 0:
        return top
    e[items.index(top)] = 0.0
    return top + log1p(fsum(e))


def logmeanexp(values: Iterable[float]) -> float:
    """`log(mean(exp(x) for x in values))`; nan for none."""
    items = reals(values)
    return logsumexp(items) - log(len(items)) if items else nan


def softmax(values: Iterable[float]) -> list[float]:
    """`[exp(x) / sum of them all for x in values]`."""
    items = reals(values)
    if not items:
        return []
    top, e = weights(items)
    if top - top != 0:
        return e
    s = fsum(e)
    return [x / s for x in e]


def log_softmax(values: Iterable[float]) -> list[float]:
    """`[x - logsumexp(values) for x in values]`."""
    items = reals(values)
    if not items:
        return []
    top, e = weights(items)
    if top - top != 0:
        return [-inf if x == 0 else nan for x in e]
    e[items.index(top)] = 0.0
    tail = log1p(fsum(e))
    return [(x - top) - tail for x in items]
