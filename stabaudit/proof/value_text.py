"""Values of floats and arrays as texts."""

from __future__ import annotations

from typing import Any

import numpy as np


def exactly(value: Any) -> str:
    """A float or an array so that Python reads the same value."""
    return repr(np.asarray(value, dtype=float).tolist())


def show(value: Any) -> str:
    """A float or an array the way Python prints it, arrays to six digits."""
    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        return repr(float(array))
    return "[" + ", ".join(show(x) if x.ndim else repr(float(f"{x:.6g}")) for x in array) + "]"
