"""Constants to twice the precision of a type."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

# ln 2 to 80 digits (OEIS A002162), as a fraction, so that every type can be split from it exactly.
LN2 = 69314718055994530941723212145817656807550013436025525412068000949339362196969471
LN2_SCALE = 10**80


@cache
def split_ln2(dtype: np.dtype[Any]) -> tuple[Any, Any]:
    """ln 2 as an unevaluated sum of two numbers of type `dtype`."""
    bits = np.finfo(dtype).nmant + 1
    head = ((LN2 << (bits + 1)) // LN2_SCALE + 1) >> 1
    tail = ((LN2 << (2 * bits + 8)) // LN2_SCALE) - (head << (bits + 8))
    number = dtype.type
    return np.ldexp(exact(head, number), -bits), np.ldexp(exact(tail, number), -2 * bits - 8)


def exact(integer: int, number: Any) -> Any:
    """An integer as a number of a type, 32 bits at a time: longdouble takes no wider int."""
    if integer < 0:
        return -exact(-integer, number)
    if integer < 1 << 32:
        return number(integer)
    return exact(integer >> 32, number) * number(1 << 32) + number(integer & 0xFFFFFFFF)
