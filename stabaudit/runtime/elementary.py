"""exp, expm1 and log1p as the formulas that they replace: integers become float64, and nothing is said of flags."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pointwise import pointwise


@pointwise(formulas.exp)
def exp(x: Array) -> Array:
    """The exponential, without a flag where it underflows.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    0 at -inf, inf at +inf and where it overflows.
    Error that of `numpy.exp`, 1 ULP in float64, 3 in float32; float16 correctly rounded.
    Source: `numpy.exp`.
    """
    return np.asarray(np.exp(x))


@pointwise(formulas.expm1)
def expm1(x: Array) -> Array:
    """`exp(x) - 1`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64, where `numpy.expm1` gives float16 for the smallest.
    -1 at -inf, inf at +inf.
    Error that of `numpy.expm1`, 1 ULP; float16 correctly rounded.
    Source: `numpy.expm1`.
    """
    # The difference is 0 for |x| < 1e-16, where the true value is x.
    return np.asarray(np.expm1(x))


@pointwise(formulas.log1p)
def log1p(x: Array) -> Array:
    """`log(1 + x)`.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64, where `numpy.log1p` gives float16 for the smallest.
    -inf at -1, nan below, inf at +inf.
    Error that of `numpy.log1p`, 1 ULP; float16 correctly rounded.
    Source: `numpy.log1p`.
    """
    # log(1+x) is 0 for |x| < 1e-16, where the true value is x.
    return np.asarray(np.log1p(x))
