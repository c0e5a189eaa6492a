"""`log(1 - exp(x))`: the logarithm of the complement of a probability given by its logarithm."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pointwise import pointwise


@pointwise(formulas.log1mexp)
def log1mexp(x: Array) -> Array:
    """`log(1 - exp(x))` for x <= 0: the logarithm of the complement of a probability given by its logarithm.

    Any shape; float16, float32, float64 and longdouble keep their type, integers and bools become
    float64.
    -inf at 0, -0.0 at -inf, nan above 0.
    Error at most 1.65 ULP in float64, 5 in float32 (0.501 in `precise`), float16 correctly rounded.
    Measured by `python benchmarks/runtime.py`.
    Source: Maechler, Rmpfr vignette log1mexp (2012).
    """
    # log(1-exp(x)) is -inf above x = -1e-16 and 0 below -37. The cut is Maechler's (Rmpfr vignette, 2012):
    # expm1 from -ln 2 on, log1p below; at the cut both lose one bit, far on the wrong side either loses all.
    return np.where(x > -0.6931471805599453, np.log(-np.expm1(x)), np.log1p(-np.exp(x)))
