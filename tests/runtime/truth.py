"""What the runtime is measured against: the defining formulas at 1,200 bits, and errors in ULP.

MPFR through gmpy2 where it is installed, mpmath otherwise; both know nothing of the runtime's formulas.
1,200 bits hold `1 + exp(-745)` with 60 bits to spare.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

BITS = 1200

try:
    import gmpy2 as big

    big.set_context(big.context(precision=BITS, emin=-(1 << 40), emax=1 << 40))
    number = big.mpfr
    sinh, cosh, sin, hypot = big.sinh, big.cosh, big.sin, big.hypot
    exp, log, expm1, log1p, sqrt, tanh = big.exp, big.log, big.expm1, big.log1p, big.sqrt, big.tanh

    def frexp(y: Any) -> tuple[int, Any]:
        return big.frexp(y)

except ImportError:
    import mpmath

    big = mpmath.mp.clone()
    big.prec = BITS
    number = big.mpf
    sinh, cosh, sin, hypot = big.sinh, big.cosh, big.sin, big.hypot
    exp, log, expm1, log1p, sqrt, tanh = big.exp, big.log, big.expm1, big.log1p, big.sqrt, big.tanh

    def frexp(y: Any) -> tuple[int, Any]:
        mantissa, exponent = big.frexp(y)
        return exponent, mantissa


ONE = number(1)


def inverse_softplus(x: Any) -> Any:
    return log(expm1(x)) if x < 3000 else x


UNIVARIATE: dict[str, Callable[[Any], Any]] = {
    "cosm1": lambda x: -2 * sin(x / 2) ** 2,
    "exprel": lambda x: expm1(min(x, number(20000))) / x if x else ONE,
    "inverse_softplus": inverse_softplus,
    "log1mexp": lambda x: log(-expm1(x)) if x > -3000 else -decayed(x),
    "log_sigmoid": lambda x: -log1p(exp(-x)) if x > -3000 else x,
    "logcosh": lambda x: log1p(2 * sinh(x / 2) ** 2) if abs(x) < 3000 else abs(x) - log(number(2)),
    "logit": lambda x: log(x) - log1p(-x),
    "sigmoid": lambda x: 1 / (1 + exp(min(-x, number(20000)))),
    "softplus": lambda x: log1p(exp(x)) if x < 3000 else x,
    "sqrt1pm1": lambda x: x / (sqrt(1 + x) + 1),
    "tanh": lambda x: tanh(x) if abs(x) < 3000 else number(math.copysign(1, x)),
}

BIVARIATE: dict[str, Callable[[Any, Any], Any]] = {
    "hypot": hypot,
    "logaddexp": lambda a, b: added(a, b),
    "logdiffexp": lambda a, b: max(a, b) + log(-expm1(b - a)),
    "sigmoid_cross_entropy": lambda x, z: UNIVARIATE["softplus"](x) - x * z,
    "xlog1py": lambda x, y: x * log1p(y) if x else x * 0,
    "xlogy": lambda x, y: x * log(y) if x else x * 0,
}


def added(a: Any, b: Any) -> Any:
    top, d = max(a, b), -abs(a - b)
    # Below e^-3000 the smaller term is out of reach of 1,200 bits only if the larger one is not 0.
    return top + (log1p(exp(d)) if d > -3000 or top == 0 else 0)


def decayed(d: Any) -> Any:
    """`exp(d)`; below e^-20000 any number out of every type's reach is as good, and cheaper."""
    return exp(max(d, number(-20000)))


def logsumexp(values: Sequence[Any], weights: Sequence[Any] | None = None) -> Any:
    """The logarithm of the absolute sum of weighted exponentials."""
    top = max(values)
    terms = [decayed(x - top) for x in values]
    if weights is not None:
        terms = [w * e for w, e in zip(weights, terms, strict=True)]
    return top + log(abs(sum(terms, start=number(0))))


def softmax(values: Sequence[Any]) -> list[Any]:
    """Proportions of the exponentials."""
    top = max(values)
    terms = [decayed(x - top) for x in values]
    whole = sum(terms, start=number(0))
    return [e / whole for e in terms]


def log_softmax(values: Sequence[Any]) -> list[Any]:
    """The logarithms of the proportions, by the sum of the ratios to each, so that 1,200 bits are enough."""
    top = max(values)
    terms = [decayed(x - top) for x in values]
    whole = sum(terms, start=number(0))
    tail = log(whole)
    first = values.index(top) if isinstance(values, list) else list(values).index(top)
    rest = sum((e for i, e in enumerate(terms) if i != first), start=number(0))
    return [(x - top) - tail if x != top else -log1p(rest) for x in values]


def entropy(values: Sequence[Any]) -> Any:
    """`-sum(p log p)`."""
    return -sum((p * log(p) for p in values if p), start=number(0))


def numbers(values: Iterable[Any]) -> list[Any]:
    """Floats as exact numbers."""
    return [number(float(v)) for v in values]


def ulps(computed: Any, exact: Sequence[Any], dtype: Any = None) -> np.ndarray[Any, Any]:
    """The errors of `computed` in units in the last place of the exact values, infinite where wrong in kind.

    Below the normal range the unit is the spacing of the subnormal numbers. Beyond the largest number
    the right answer is infinity.
    """
    given = np.asarray(computed)
    info = np.finfo(given.dtype if dtype is None else dtype)
    found = [ulp(float(c), e, info) for c, e in zip(given.ravel(), exact, strict=True)]
    return np.asarray(found)


def ulp(c: float, exact: Any, info: Any) -> float:
    """The error of one float64, float32 or float16 value."""
    if exact != exact:
        return 0.0 if math.isnan(c) else math.inf
    if math.isnan(c):
        return math.inf
    if exact == 0:
        return 0.0 if c == 0 else math.inf
    if exact - exact != 0:
        return 0.0 if c == exact else math.inf
    exponent, mantissa = frexp(exact)
    if exponent > info.maxexp or (exponent == info.maxexp and abs(mantissa) >= 1 - 2.0 ** (-info.nmant - 2)):
        return 0.0 if math.isinf(c) and (c > 0) == (exact > 0) else math.inf
    if math.isinf(c):
        return math.inf
    unit = max(exponent - 1, int(info.minexp)) - int(info.nmant)
    scaled = exact * number(2) ** -unit
    return float(abs(number(c) * number(2) ** -unit - scaled))
