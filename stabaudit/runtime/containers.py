"""Arguments of reductions: any container in, the same kind of container out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stabaudit.runtime.arrays import Array, floating, wrapper


def opened(x: Any, name: str, hole: float = -np.inf) -> tuple[Array, Callable[[Array], Any]]:
    """`x` as a floating-point array, and what turns a result of its shape into a container like `x`.

    Masked elements become `hole`, the number that the reduction does not see, and are masked in the result.
    """
    array = floating(x, name)
    if isinstance(x, np.ma.MaskedArray) and np.ma.getmask(x) is not np.ma.nomask:
        array = np.where(np.ma.getmaskarray(x), array.dtype.type(hole), array)
    wrap = wrapper(x)
    return array, scalar if wrap is None else wrap


def scalar(values: Array) -> Any:
    """`values`, a 0-d array as a scalar."""
    return values[()]
