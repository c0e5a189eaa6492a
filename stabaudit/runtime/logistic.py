"""The logistic function, its logarithm and its inverse."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pointwise import pointwise


@pointwise(formulas.sigmoid)
def sigmoid(x: Array) -> Array:
    """The logistic function `1 / (1 + exp(-x))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    Limits: 0 at -inf, 1 at +inf, nan at nan; subnormal results down to x = -745.1 are kept.
    Error at most 1.6 ULP in float64, 2.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: the definition, with `1 + exp(-|x|)` compensated (Dekker 1971).
    """
    # 1/(1+exp(-x)) is 0 below x = -709.78, where exp(-x) is infinite and the true value a subnormal number.
    t = np.abs(x)
    np.exp(np.negative(t, out=t), out=t)
    s = 1 + t
    # 1/(1+t) for x >= 0, t/(1+t) below.
    n = np.maximum(t, x >= 0)
    if x.dtype.char == "f":
        # The exponential has most of the error, and what 1 + t has lost does not show.
        t /= s
        t *= n
        return n - t
    # t/(1+t), with what 1 + t has lost; without it the error is 2.2 ULP.
    p = t / s
    p -= p * ((t - (s - 1)) / s)
    # n - n p has one rounding at full size, n/(1+t) two.
    y: Array = n - n * p
    # Between -ln 2 and 0 the product is too large a part of the result, and p is the result itself.
    np.copyto(y, p, where=(x > -0.6931471805599453) & (x < 0))
    return y


@pointwise(formulas.log_sigmoid)
def log_sigmoid(x: Array) -> Array:
    """The logarithm of the logistic function, `-log(1 + exp(-x))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    Limits: -inf at -inf, -0.0 at +inf, nan at nan.
    Error at most 1.75 ULP in float64, 5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: `-(max(-x, 0) + log1p(exp(-|x|)))`, Maechler, Rmpfr vignette log1mexp (2012).
    """
    # log(sigmoid(x)) is -inf below x = -745; log(1+exp(-x)) is infinite from x = -710 on, and 0 above x = 37.
    return -(np.maximum(-x, 0) + np.log1p(np.exp(-np.abs(x))))


@pointwise(formulas.logit)
def logit(p: Array) -> Array:
    """The inverse of the logistic function, `log(p / (1 - p))`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    -inf at 0, inf at 1, nan outside [0, 1].
    Error at most 2.1 ULP in float64, 5.5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: near 1/2, `log1p(2p - 1) - log1p(1 - 2p)`, where 2p - 1 is exact.
    """
    # Near p = 1/2 the quotient is a rounded number near 1: at 1/2 + 1e-16 no digit of its logarithm is left.
    # There 2p - 1 is exact and log(p/(1-p)) = log1p(2p-1) - log1p(-(2p-1)).
    s = 2 * (p - 0.5)
    near = np.log1p(s) - np.log1p(-s)
    far = np.log(p) - np.log1p(-p)
    return np.where(np.abs(s) < 0.3, near, far)
