"""Products with a logarithm, 0 where the factor is 0."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.pairs import pair


@pair
def xlogy(x: Array, y: Array) -> Array:
    """`x * log(y)`, 0 where x = 0 (nan where y is nan)."""
    # 0 * log(0) is nan, where the limit, and what entropies mean, is 0.
    return np.where((x == 0) & ~np.isnan(y), 0, x * np.log(y))


@pair
def xlog1py(x: Array, y: Array) -> Array:
    """`x * log(1 + y)`, 0 where x = 0 (nan where y is nan)."""
    return np.where((x == 0) & ~np.isnan(y), 0, x * np.log1p(y))
