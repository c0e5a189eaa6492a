"""Sums of exponentials in fixed point, for compiled loops: exact, so the same in any order, on any machine."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np

from stabaudit.runtime.jit import bits, compiled, fma, number
from stabaudit.runtime.jit_exp import LN2_HIGH, LN2_LOW, exponent, factor, power, rough

# Exponentials are kept as multiples of 2^(k - 960), with 2^k next to the largest: what lies 2^1100 below
# that is a normal number still, so that subnormal results are rounded once.
LIFT = 960
REACH = 764.0
# Added to an exponential of at most 1.42 * 2^960, this leaves a multiple of 2^-28 of it; added to the rest,
# the other leaves a multiple of 2^-80.
CUT = 1.5 * 2.0 ** (LIFT + 24)
FINE_CUT = 1.5 * 2.0 ** (LIFT - 28)
UNIT = 2.0**-28
FINE_UNIT = 2.0**-80
# So many numbers below 2^51 add up to less than 2^63.
CHUNK = 2048
# Beyond, an exponent would not be a small integer; such rows are left to the plain functions.
FAR = 1e5
LEAST, MOST = -(1 << 63), (1 << 63) - 1
# The key of -inf; below it there is only -nan.
BOTTOM = -0x7FF0000000000001
# The result of an element with more than half the weight is so small that the rounding of log(sum) shows in
# it.
HALF = -0.7


@compiled
def key(x: float) -> int:
    """An integer that is ordered as floats are, -nan and nan at the ends: its maximum is a vector step."""
    b = bits(x)
    return b ^ ((b >> 63) & MOST)


@compiled
def value(k: int) -> float:
    """The float64 with this key."""
    return number(k ^ ((k >> 63) & MOST))


@compiled
def usable(high: int, low: int) -> bool:
    """Whether numbers with these largest and smallest keys can be summed here."""
    return abs(value(high)) < FAR and low >= BOTTOM


@compiled
def coarse(e: float) -> int:
    """The upper part of an exponential in units of 2^-28."""
    return bits(e + CUT) - bits(CUT)


@compiled
def fine(e: float) -> int:
    """The lower part of an exponential in units of 2^-80."""
    return bits((e - ((e + CUT) - CUT)) + FINE_CUT) - bits(FINE_CUT)


@compiled
def lifted(x: float, floor: float, k: int, single: bool) -> float:
    """`exp(x) 2^(960 - k)`; what is below `floor` counts as `floor`."""
    kept = floor if x < floor else x
    n = exponent(kept)
    return (rough(kept, n) if single else factor(kept, n)) * power(n - k + LIFT)


@compiled
def scale(high: int) -> int:
    """The exponent of the exponential with the largest key."""
    largest = value(high)
    return exponent(largest) if abs(largest) < FAR else 0


@compiled
def down(k: int, to: int) -> float:
    """What turns units of 2^k into larger ones."""
    return power(k - to) if k - to > -1000 else 0.0


@compiled
def added(head: float, tail: float, upper: int, lower: int) -> tuple[float, float]:
    """A sum as a head and a tail, with one more in coarse and fine units, exact to the last bit of the head."""
    more = upper * UNIT
    s = head + more
    back = s - head
    return s, tail + (lower * FINE_UNIT + ((head - (s - back)) + (more - back)))


# The loops are functions of their own: in the middle of others they are not turned into vector steps.


@compiled
def ends(x: Any, high: int, low: int) -> tuple[int, int]:
    """The largest and smallest key, given those before."""
    for j in range(x.size):
        at = key(float(x[j]))
        high = max(high, at)
        low = min(low, at)
    return high, low


@compiled
def gathered(x: Any, floor: float, k: int, room: Any, single: bool) -> tuple[int, int]:
    """The sum of lifted exponentials in coarse and fine units; they stay in `room`."""
    upper, lower = 0, 0
    for j in range(x.size):
        e = lifted(float(x[j]), floor, k, single)
        room[j] = e
        upper += coarse(e)
        lower += fine(e)
    return upper, lower


@compiled
def sums(x: Any, room: Any, single: bool) -> tuple[float, float, int, float, bool]:
    """The sum of `exp(x)` as (head + tail) 2^k, the maximum, and whether it could be had here.

    The lifted exponentials stay in `room` where all of them fit.
    """
    head, tail, k = 0.0, 0.0, 0
    high, low = LEAST, MOST
    whole = room.size >= x.size
    if whole:
        high, low = ends(x, high, low)
    for start in range(0, x.size, CHUNK):
        part = x[start : start + CHUNK]
        if not whole:
            high, low = ends(part, high, low)
        to = scale(high)
        if start:
            head *= down(k, to)
            tail *= down(k, to)
        k = to
        space = room[start : start + CHUNK] if whole else room
        upper, lower = gathered(part, value(high) - REACH, k, space, single)
        head, tail = added(head, tail, upper, lower)
    return head, tail, k, value(high), usable(high, low)


@compiled
def inverse(head: float, tail: float) -> tuple[float, float]:
    """`2^-960 / (head + tail)` to twice the precision: a product with it is as good as a division."""
    s = head + tail
    first = 1.0 / s
    second = (fma(-s, first, 1.0) - (tail - (s - head)) * first) * first
    return first * power(-LIFT), second * power(-LIFT)


@compiled
def logarithm(head: float, tail: float, k: int) -> tuple[float, float, bool]:
    """`log((head + tail) 2^k)` as a sum of two numbers, and whether it is so far from 0 that they are right."""
    s = head + tail
    # s / 2^n is between 0.707 and 1.414: the error of its logarithm is small beside that of the result.
    n = (bits(s) - bits(sqrt(0.5))) >> 52
    first = float(n + k) * LN2_HIGH
    second = fma(float(n + k), LN2_LOW, log(s * power(-n)) + (tail - (s - head)) / s)
    high = first + second
    return high, second - (high - first), n + k != 0


@compiled
def rest(head: float, tail: float, largest: float, k: int, many: int, single: bool) -> tuple[float, bool]:
    """The sum of all but the largest in units of it, and whether its bits are right."""
    e = lifted(largest, largest, k, single)
    others = (head - coarse(e) * UNIT) + (tail - fine(e) * FINE_UNIT)
    # The fine units are off by 2^-81 an element, at random.
    return others / (e * power(-LIFT)), others * others > many * 2.0**-48


@compiled
def rest_alone(x: Any, most: float, k: int, single: bool) -> tuple[float, bool]:
    """The same where hardly anything but the largest reaches above the units: summed in units of its own."""
    others = x.copy()
    for j in range(x.size):
        if x[j] == most:
            others[j] = -np.inf
    head, tail, own, _, here = sums(others, np.empty(min(x.size, CHUNK)), single)
    ratio = (head + tail) / (lifted(most, most, k, single) * power(-LIFT))
    # 2^(own - k) alone may be below the range.
    return (ratio * power(own - k + 100) * power(-100) if own - k > -1100 else 0.0), here
