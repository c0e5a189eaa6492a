"""Functions that say nothing of floating-point flags and leave the caller's `np.errstate` alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")


def quiet(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, run with every floating-point warning off.

    An underflow to 0 or an infinity that a later step takes back is no news to the caller,
    and under `np.seterr(all="raise")` it would be an exception.
    From NumPy 2 on the decorator itself is safe for threads and recursion, and 1 µs cheaper than `with`;
    before, it kept the caller's state on one shared object.
    """
    if int(np.__version__.split(".")[0]) >= 2:
        return np.errstate(all="ignore")(function)

    @wraps(function)
    def silent(*args: P.args, **kwargs: P.kwargs) -> R:
        with np.errstate(all="ignore"):
            return function(*args, **kwargs)

    return silent
