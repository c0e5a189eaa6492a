"""How far a float is from the truth, in units in the last place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import mp, mpf


def rounded(truth: Any, dtype: npt.DTypeLike = np.float64) -> Any:
    """The floats of `dtype` nearest to an array of mpmath numbers; infinite beyond its range."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(np.frompyfunc(_nearest, 1, 1)(truth), dtype=float).astype(dtype)


def _nearest(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def ulps(computed: Any, truth: Any) -> float:
    """The error of a float in ULP of the truth, infinite where one is finite and the other is not.

    Below the normal range the spacing of the subnormals counts. A truth beyond the range of the dtype
    agrees with an infinity of its sign.
    """
    kind = np.result_type(computed).type
    limits = np.finfo(kind)
    with mp.workprec(200):
        largest = mpf(float(limits.max)) * (1 + mpf(2) ** -(limits.nmant + 2))
        if abs(truth) >= largest:
            return 0.0 if np.isinf(computed) and (computed > 0) == (truth > 0) else float("inf")
        if not np.isfinite(computed):
            return float("inf")
        exponent = mp.frexp(truth)[1] - 1 if truth else limits.minexp
        unit = mpf(2) ** (max(exponent, limits.minexp) - limits.nmant)
        return float(abs(mpf(float(computed)) - truth) / unit)
