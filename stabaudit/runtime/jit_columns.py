"""softmax, log_softmax and logsumexp of the columns of a matrix, as compiled loops along its rows.

Columns that are `left` to the plain functions are marked; what is written for them does not matter.
"""

from __future__ import annotations

from math import log1p
from typing import Any

import numpy as np

from stabaudit.runtime.jit import compiled, fma
from stabaudit.runtime.jit_sum import (
    HALF,
    LEAST,
    MOST,
    REACH,
    added,
    coarse,
    down,
    fine,
    inverse,
    key,
    lifted,
    logarithm,
    rest,
    rest_alone,
    scale,
    usable,
    value,
)

# So many columns at a time, and so many rows between two looks at the maximum: 128 KB of float64, and
# whole pages of memory.
WIDE = 1024
TALL = 16


@compiled
def ends(x: Any, high: Any, low: Any) -> None:
    """The largest and smallest keys, given those before."""
    for j in range(x.size):
        at = key(float(x[j]))
        high[j] = max(high[j], at)
        low[j] = min(low[j], at)


@compiled
def gathered(x: Any, floor: Any, k: Any, upper: Any, lower: Any, single: bool) -> None:
    """Add lifted exponentials in coarse and fine units."""
    for j in range(x.size):
        e = lifted(float(x[j]), floor[j], k[j], single)
        upper[j] += coarse(e)
        lower[j] += fine(e)


@compiled
def sums(x: Any, start: int, stop: int, single: bool) -> tuple[Any, Any, Any, Any, Any]:
    """The sums of the exponentials of some columns as (head + tail) 2^k, the largest and smallest keys."""
    wide = stop - start
    high, low, k = np.full(wide, LEAST), np.full(wide, MOST), np.zeros(wide, np.int64)
    head, tail, floor = np.zeros(wide), np.zeros(wide), np.zeros(wide)
    upper, lower = np.zeros(wide, np.int64), np.zeros(wide, np.int64)
    for first in range(0, x.shape[0], TALL):
        last = min(first + TALL, x.shape[0])
        for i in range(first, last):
            ends(x[i][start:stop], high, low)
        for j in range(wide):
            to = scale(high[j])
            factor = down(k[j], to) if first else 0.0
            head[j] *= factor
            tail[j] *= factor
            k[j] = to
            floor[j] = value(high[j]) - REACH
            upper[j] = lower[j] = 0
        for i in range(first, last):
            gathered(x[i][start:stop], floor, k, upper, lower, single)
        for j in range(wide):
            head[j], tail[j] = added(head[j], tail[j], upper[j], lower[j])
    return head, tail, k, high, low


@compiled
def proportions(x: Any, floor: Any, k: Any, first: Any, second: Any, out: Any, single: bool) -> None:
    """Exponentials times the inverses of their sums."""
    for j in range(x.size):
        e = lifted(float(x[j]), floor[j], k[j], single)
        out[j] = fma(e, first[j], e * second[j])


@compiled
def subtracted(x: Any, high: Any, low: Any, out: Any) -> None:
    """`x - (high + low)`."""
    for j in range(x.size):
        out[j] = (float(x[j]) - high[j]) - low[j]


@compiled
def softmax(x: Any, out: Any, left: Any, single: bool) -> None:
    """Softmax of each column."""
    n, columns = x.shape
    for start in range(0, columns, WIDE):
        stop = min(start + WIDE, columns)
        head, tail, k, high, low = sums(x, start, stop, single)
        floor = np.empty(head.size)
        for j in range(head.size):
            left[start + j] = not usable(high[j], low[j])
            head[j], tail[j] = inverse(head[j], tail[j])
            floor[j] = value(high[j]) - REACH
        for i in range(n):
            proportions(x[i][start:stop], floor, k, head, tail, out[i][start:stop], single)


@compiled
def log_softmax(x: Any, out: Any, left: Any, single: bool) -> None:
    """Log-softmax of each column."""
    n, columns = x.shape
    for start in range(0, columns, WIDE):
        stop = min(start + WIDE, columns)
        head, tail, k, high, low = sums(x, start, stop, single)
        first, second = np.empty(head.size), np.empty(head.size)
        for j in range(head.size):
            first[j], second[j], _ = logarithm(head[j], tail[j], k[j])
        for i in range(n):
            subtracted(x[i][start:stop], first, second, out[i][start:stop])
        for j in range(head.size):
            here, most = usable(high[j], low[j]), value(high[j])
            if (most - first[j]) - second[j] > HALF:
                others, enough = rest(head[j], tail[j], most, k[j], n, single)
                if not enough:
                    others, enough = rest_alone(x[:, start + j], most, k[j], single)
                here = here and enough
                for i in range(n):
                    if x[i, start + j] == most:
                        out[i, start + j] = -log1p(others)
            left[start + j] = not here


@compiled
def logsumexp(x: Any, out: Any, left: Any, single: bool) -> None:
    """The logarithm of the sum of the exponentials of each column."""
    columns = x.shape[1]
    for start in range(0, columns, WIDE):
        stop = min(start + WIDE, columns)
        head, tail, k, high, low = sums(x, start, stop, single)
        for j in range(head.size):
            first, second, enough = logarithm(head[j], tail[j], k[j])
            out[start + j] = first + second
            left[start + j] = not (enough and usable(high[j], low[j]))
