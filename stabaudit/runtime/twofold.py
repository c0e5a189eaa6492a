"""Twice the precision of float64: numbers as unevaluated sums of two, for the places where a result cancels.

Dekker 1971 (Numerische Mathematik 18), Knuth (The Art of Computer Programming 2, 4.2.2); the exponential
after Tang 1989 (ACM TOMS 15), with a table of 1,024 powers of two and a degree-8 polynomial: absolute error
below 2^-100 max(1, exp(x)).
"""

from __future__ import annotations

from functools import cache
from math import isqrt

import numpy as np

from stabaudit.runtime.arrays import Array
from stabaudit.runtime.constants import LN2, LN2_SCALE

Twofold = tuple[Array, Array]

STEPS = 1024
# Veltkamp's constant: splits 53 bits into 26 and 27.
SPLIT = 134217729.0


def two_sum(a: Array, b: Array) -> Twofold:
    """`a + b` and its rounding error, exactly."""
    s = a + b
    back = s - a
    return s, (a - (s - back)) + (b - back)


def two_product(a: Array, b: Array) -> Twofold:
    """`a * b` and its rounding error, exactly, for factors below 2^996."""
    p = a * b
    up, down = halves(a)
    left, right = halves(b)
    return p, ((up * left - p) + up * right + down * left) + down * right


def halves(a: Array) -> Twofold:
    """`a` as a sum of two numbers of 26 bits."""
    c = SPLIT * a
    high = c - (c - a)
    return high, a - high


@cache
def powers() -> tuple[Array, Array]:
    """`2^(j/1024)` for j = 0 ... 1023, twofold, from exact integer square roots."""
    # 2^(j/1024) by repeated squaring down from 2^(1/1024), itself ten square roots of 2, at 400 bits.
    bits = 400
    root = 2 << bits
    for _ in range(10):
        root = isqrt(root << bits)
    value, values = 1 << bits, []
    for _ in range(STEPS):
        values.append(value)
        value = value * root >> bits
    heads = [float(v >> (bits - 60)) * 2.0**-60 for v in values]
    tails = [float(v - int(h * 2.0**60) * (1 << (bits - 60))) * 2.0**-bits for v, h in zip(values, heads, strict=True)]
    return np.asarray(heads), np.asarray(tails)


@cache
def reduction() -> tuple[float, float, float]:
    """ln 2 / 1024 as a sum of three numbers, the first two of 32 bits: multiples up to 2^21 are exact."""
    first = (LN2 << 32) // LN2_SCALE
    second = ((LN2 << 64) // LN2_SCALE) - (first << 32)
    third = ((LN2 << 124) // LN2_SCALE) - (((first << 32) + second) << 60)
    return first * 2.0**-42, second * 2.0**-74, third * 2.0**-134


def reduced(x: Array) -> tuple[Array, Twofold, Twofold]:
    """k, the power 2^(j/1024) and `expm1(t)` with `exp(x) = 2^k 2^(j/1024) exp(t)`, |t| < 3.4e-4."""
    c1, c2, c3 = reduction()
    n = np.rint(x * (STEPS / 0.6931471805599453))
    t, low = two_sum(x - n * c1, -(n * c2))
    t, low = two_sum(t, low - n * c3)
    # expm1(t) = t + t²/2 + t³/6 + ...: the first three terms twofold, the rest is below 2^-53 of the first.
    square, error = two_product(t, t)
    error = error + 2 * t * low
    half, half_low = square / 2, error / 2
    cube, cube_low = two_product(half, t)
    cube_low = cube_low + half_low * t + half * low
    third = cube / 3
    back, back_low = two_product(third, np.asarray(3.0))
    third_low = ((cube - back) - back_low + cube_low) / 3
    rest = square * square * (1 / 24 + t * (1 / 120 + t * (1 / 720 + t * (1 / 5040 + t / 40320))))
    p, p_low = two_sum(t, half)
    p, third_error = two_sum(p, third)
    p_low = p_low + third_error + (low + half_low + third_low) + rest
    whole = n.astype(np.int64)
    heads, tails = powers()
    j = whole & (STEPS - 1)
    return whole >> 10, (heads[j], tails[j]), two_sum(p, p_low)


def power(k: Array) -> Array:
    """`2^k` for normal results, by its bits: `np.ldexp` takes 20 ns an element."""
    return np.asarray((k + 1023) << 52).view(np.float64)


def exp(x: Array) -> Twofold:
    """`exp(x)`, twofold, for |x| up to 700; 0 below."""
    k, (head, tail), (p, p_low) = reduced(np.maximum(x, -700.0))
    grown, error = two_product(head, p)
    high, low = two_sum(head, grown)
    low = low + (error + tail + (tail * p + head * p_low))
    scale = np.where(x < -700, 0, power(k))
    return high * scale, low * scale


def expm1(x: Array) -> Twofold:
    """`exp(x) - 1`, twofold, for |x| below 700."""
    k, (head, tail), (p, p_low) = reduced(x)
    grown, error = two_product(head, p)
    scale = power(k)
    base, base_low = two_sum(head * scale, np.asarray(-1.0))
    high, low = two_sum(base, grown * scale)
    return two_sum(high, low + (base_low + (error + tail + (tail * p + head * p_low)) * scale))


def log1p(high: Array, low: Array) -> Array:
    """`log(1 + high + low)`, rounded."""
    return np.asarray(np.log1p(high) + low / (1 + high))
