"""softmax, log_softmax and logsumexp of the rows of a matrix, as compiled loops.

Rows that are `left` to the plain functions are marked; what is written for them does not matter.
"""

from __future__ import annotations

from math import log1p
from typing import Any

from stabaudit.runtime.jit import compiled, fma
from stabaudit.runtime.jit_sum import HALF, REACH, inverse, lifted, logarithm, rest, rest_alone, sums


@compiled
def divided(e: Any, first: float, second: float, out: Any) -> None:
    """Lifted exponentials times the inverse of their sum."""
    for j in range(out.size):
        out[j] = fma(e[j], first, e[j] * second)


@compiled
def proportions(x: Any, floor: float, k: int, first: float, second: float, out: Any, single: bool) -> None:
    """The same, from the beginning."""
    for j in range(x.size):
        e = lifted(float(x[j]), floor, k, single)
        out[j] = fma(e, first, e * second)


@compiled
def subtracted(x: Any, high: float, low: float, out: Any) -> None:
    """`x - (high + low)`."""
    for j in range(x.size):
        out[j] = (float(x[j]) - high) - low


@compiled
def softmax(x: Any, out: Any, left: Any, room: Any, single: bool) -> None:
    """Softmax of each row."""
    for i in range(x.shape[0]):
        head, tail, k, most, here = sums(x[i], room[i % room.shape[0]], single)
        left[i] = not here
        first, second = inverse(head, tail)
        if x.shape[1] <= room.shape[1]:
            divided(room[i % room.shape[0]], first, second, out[i])
        else:
            # In memory a second exponential is cheaper than the way there and back.
            proportions(x[i], most - REACH, k, first, second, out[i], single)


@compiled
def log_softmax(x: Any, out: Any, left: Any, room: Any, single: bool) -> None:
    """Log-softmax of each row."""
    for i in range(x.shape[0]):
        head, tail, k, most, here = sums(x[i], room[i % room.shape[0]], single)
        high, low, _ = logarithm(head, tail, k)
        subtracted(x[i], high, low, out[i])
        if (most - high) - low > HALF:
            others, enough = rest(head, tail, most, k, x.shape[1], single)
            if not enough:
                others, enough = rest_alone(x[i], most, k, single)
            here = here and enough
            for j in range(x.shape[1]):
                if x[i, j] == most:
                    out[i, j] = -log1p(others)
        left[i] = not here


@compiled
def logsumexp(x: Any, out: Any, left: Any, room: Any, single: bool) -> None:
    """The logarithm of the sum of the exponentials of each row."""
    for i in range(x.shape[0]):
        head, tail, k, _, here = sums(x[i], room[i % room.shape[0]], single)
        high, low, enough = logarithm(head, tail, k)
        out[i] = high + low
        left[i] = not (here and enough)
