"""sigmoid, log_sigmoid and softplus of every element of a float64 array, as compiled loops."""

from __future__ import annotations

from typing import Any

from stabaudit.runtime.jit import compiled
from stabaudit.runtime.jit_exp import LN2_HIGH, LN2_LOW, exponent, factor, power

# Below, exp(x) is less than half the least subnormal number.
END = -746.0
# Above, the second term of t - t t/(1+t) is too large a part of the result.
NEAR = -0.6931471805599453
# Remez polynomial of (log((1+s)/(1-s)) - 2s)/s for s² < 0.0295 (fdlibm, s_log1p.c, 1993).
L1, L2, L3, L4 = 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01
L5, L6, L7 = 1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01


@compiled
def decay(x: float) -> float:
    """`exp(-|x|)`, subnormal results included."""
    y = -abs(x)
    kept = END if y < END else y
    n = exponent(kept)
    # 2^n alone may be below the range.
    return factor(kept, n) * power(n + 100) * power(-100)


@compiled
def log1p(t: float) -> float:
    """`log(1 + t)` within 1 ULP for t from 0 to 1."""
    big = t > 0.41421356237309503
    # log(1+t) = log 2 + log(1+f) with 1 + f = (1+t)/2, and c what the rounding of 1 + t takes off.
    u = 1.0 + t
    f = 0.5 * u - 1.0 if big else t
    c = (t - (u - 1.0)) / u if big else 0.0
    s = f / (2.0 + f)
    z = s * s
    r = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))))
    half = 0.5 * f * f
    high = LN2_HIGH if big else 0.0
    low = LN2_LOW if big else 0.0
    return high - ((half - (s * (half + r) + (low + c))) - f)


@compiled
def sigmoid(x: Any, out: Any) -> None:
    """The logistic function."""
    for i in range(x.size):
        t = decay(x[i])
        s = 1.0 + t
        # t/(1+t), with what 1 + t has lost; without it the error is 2.2 ULP.
        p = t / s
        p -= p * ((t - (s - 1.0)) / s)
        # n - n p has one rounding at full size, n/(1+t) two; between -ln 2 and 0 the result is p itself.
        n = t if x[i] < 0 else 1.0
        out[i] = p if NEAR < x[i] < 0 else n - n * p


@compiled
def softplus(x: Any, out: Any) -> None:
    """The smooth positive part."""
    for i in range(x.size):
        out[i] = (0.0 if x[i] < 0 else x[i]) + log1p(decay(x[i]))


@compiled
def log_sigmoid(x: Any, out: Any) -> None:
    """The logarithm of the logistic function."""
    for i in range(x.size):
        out[i] = -((0.0 if x[i] > 0 else -x[i]) + log1p(decay(x[i])))
