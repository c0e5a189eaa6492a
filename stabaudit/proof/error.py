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


def ulp(size: Any, dtype: npt.DTypeLike = np.float64) -> Any:
    """The distance of the floats of `dtype` around a number; below the normal range, of the subnormals."""
    limits = np.finfo(dtype)
    exponent = mp.frexp(size)[1] - 1 if size else limits.minexp
    return mpf(2) ** (max(exponent, int(limits.minexp)) - limits.nmant)


def is_beyond(truth: Any, dtype: npt.DTypeLike = np.float64) -> bool:
    """Whether a true value rounds to an infinity of `dtype`."""
    limits = np.finfo(dtype)
    with mp.workprec(200):
        return bool(abs(truth) >= mpf(float(limits.max)) * (1 + mpf(2) ** -(limits.nmant + 2)))


def ulps(computed: Any, truth: Any) -> float:
    """The error of a float in ULP of the truth, infinite where one is finite and the other is not.

    A truth beyond the range of the dtype agrees with an infinity of its sign.
    """
    kind = np.result_type(computed)
    if is_beyond(truth, kind):
        return 0.0 if np.isinf(computed) and (computed > 0) == (truth > 0) else math.inf
    if not np.isfinite(computed):
        return math.inf
    with mp.workprec(200):
        return float(abs(mpf(float(computed)) - truth) / ulp(truth, kind))
