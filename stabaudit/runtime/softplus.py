"""The smooth positive part and its inverse."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.constants import split_ln2
from stabaudit.runtime.pointwise import pointwise


@pointwise(formulas.softplus)
def softplus(x: Array) -> Array:
    """The smooth positive part, `log(1 + exp(x))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    Limits: 0 at -inf, inf at +inf, nan at nan; subnormal results down to x = -745.1 are kept.
    Error at most 1.75 ULP in float64, 5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `max(x, 0) + log1p(exp(-|x|))`, Maechler, Rmpfr vignette log1mexp (2012).
    """
    # log(1+exp(x)) is infinite from x = 710 on, where the true value is x, and 0 below -37.
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


@pointwise(formulas.inverse_softplus)
def inverse_softplus(x: Array) -> Array:
    """The inverse of softplus, `log(exp(x) - 1)` for x > 0.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    -inf at 0, inf at +inf, nan below 0.
    Error at most 2.5 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `log1p(2 expm1(x - ln 2))` around ln 2, with ln 2 to twice the precision.
    """
    # log(exp(x)-1) is infinite from x = 710 on and -inf below 1e-16.
    high, low = split_ln2(x.dtype)
    far = x + np.log1p(-np.exp(-x))
    small = np.log(np.expm1(x))
    # Around ln 2 the result crosses 0 and expm1(x) is a rounded number near 1: with d = x - ln 2,
    # exact to twice the precision, exp(x) - 1 = 1 + 2 (exp(d) - 1).
    near = np.log1p(2 * np.expm1((x - high) - low))
    result = np.where(x < 1, small, far)
    result = np.where(np.abs(x - high) < 0.3, near, result)
    return np.where(x == np.inf, x, result)
