"""Products with a logarithm, 0 where the factor is 0."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime import formulas
from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pairs import pair


@pair(formulas.xlogy)
def xlogy(x: Array, y: Array) -> Array:
    """`x * log(y)`, 0 where x = 0 (nan where y is nan).

    Shapes broadcast; the types of the operands are promoted as NumPy does, integers become float64.
    nan for y < 0 unless x = 0.
    Error at most 1.4 ULP in float64; float32 and float16 within 0.501 ULP. Measured by `python
    benchmarks/runtime.py`.
    Source: the definition; the value at x = 0 is that of `scipy.special.xlogy`.
    """
    # 0 * log(0) is nan, where the limit, and what entropies mean, is 0.
    return np.where((x == 0) & ~np.isnan(y), 0, x * np.log(y))


@pair(formulas.xlog1py)
def xlog1py(x: Array, y: Array) -> Array:
    """`x * log(1 + y)`, 0 where x = 0 (nan where y is nan).

    Shapes broadcast; the types of the operands are promoted as NumPy does, integers become float64.
    nan for y < -1 unless x = 0.
    Error at most 1.6 ULP in float64; float32 and float16 within 0.501 ULP. Measured by `python
    benchmarks/runtime.py`.
    Source: the definition with `log1p`.
    """
    return np.where((x == 0) & ~np.isnan(y), 0, x * np.log1p(y))
