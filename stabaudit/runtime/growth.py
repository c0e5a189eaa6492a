"""Elementary differences and quotients that cancel at 0: exprel, sqrt1pm1, cosm1, logcosh, tanh."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.constants import split_ln2
from stabaudit.runtime.pointwise import pointwise


@pointwise(formulas.exprel)
def exprel(x: Array) -> Array:
    """The relative growth `(exp(x) - 1) / x`, 1 at x = 0.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    Limits: 0 at -inf, inf at +inf; finite up to x = 716.
    Error at most 2.6 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: the definition with `expm1`; beyond half the range `exp(x/2)² / x`.
    """
    # (exp(x)-1)/x is 0 for |x| < 1e-16, where the true value is 1, and exp(x) overflows before exp(x)/x does.
    half = np.exp(x / 2)
    cut = 0.4 * np.finfo(x.dtype).maxexp
    result = np.where(np.abs(x) < cut, np.expm1(x) / x, half * (half / x) - 1 / x)
    result = np.where(x == 0, 1, result)
    return np.where(x == np.inf, x, result)


@pointwise(formulas.sqrt1pm1)
def sqrt1pm1(x: Array) -> Array:
    """`sqrt(1 + x) - 1`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    -1 at -1, inf at +inf, nan below -1.
    Error at most 2.1 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `x / (sqrt(1 + x) + 1)`.
    """
    # The difference is 0 for |x| < 1e-16, where the true value is x/2; times the conjugate nothing cancels.
    result = x / (np.sqrt(1 + x) + 1)
    return np.where(x == np.inf, x, result)


@pointwise(formulas.cosm1)
def cosm1(x: Array) -> Array:
    """`cos(x) - 1`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    -0.0 at 0, nan at ±inf.
    Error at most 2.1 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured up to |x| = 10^6. Measured by `python benchmarks/runtime.py`.
    Source: `-2 sin²(x/2)`.
    """
    # The difference is 0 for |x| < 1e-8, where the true value is -x²/2.
    half = np.sin(x / 2)
    result: Array = -2 * half * half
    return result


@pointwise(formulas.logcosh)
def logcosh(x: Array) -> Array:
    """`log(cosh(x))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    0 at 0, inf at ±inf.
    Error at most 3 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `log1p` of the series of cosh(x) - 1 up to |x| = 1.2, then `|x| - ln 2 + log1p(exp(-2|x|))`.
    """
    # cosh(x) is infinite from |x| = 710.5 on, and a rounded number near 1 at 0, where the true value is x²/2.
    a = np.abs(x)
    # cosh(x) - 1 = x²/2 (1 + x²/12 (1 + x²/30 (...))), up to |x| = 1.2; eleven terms serve longdouble, too.
    z = np.minimum(a, 1.2) ** 2
    series = 1 + z / (22 * 23)
    for k in range(20, 2, -2):
        series = 1 + series * (z / (k * (k - 1)))
    near = np.log1p(z / 2 * series)
    high, low = split_ln2(x.dtype)
    far = (a - high) + (np.log1p(np.exp(-2 * a)) - low)
    return np.where(a < 1.2, near, far)


@pointwise(formulas.tanh)
def tanh(x: Array) -> Array:
    """The hyperbolic tangent, in the place of `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    ±1 at ±inf, zeros keep their sign.
    Error at most 1.2 ULP in float64, 1.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `numpy.tanh`.
    """
    # The quotient is inf/inf from |x| = 710 on, and cancels at 0.
    return np.tanh(x)
