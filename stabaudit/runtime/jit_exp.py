"""The exponential as a power of two and a factor near 1, for compiled loops: 0.62 ULP, no branch, no table."""

from __future__ import annotations

from math import factorial, log

from stabaudit.runtime.constants import LN2, LN2_SCALE
from stabaudit.runtime.jit import bits, compiled, fma, number

# Added to a small number, its last bits hold the nearest integer.
MAGIC = 1.5 * 2.0**52
MAGIC_BITS = 0x4338000000000000
PER_LN2 = 1 / log(2)
# ln 2 in two parts, the first of 32 bits: its multiples up to 2^20 are exact.
LN2_HIGH = ((LN2 << 32) // LN2_SCALE) * 2.0**-32
LN2_LOW = float(((LN2 << 100) // LN2_SCALE) - (((LN2 << 32) // LN2_SCALE) << 68)) * 2.0**-100
# Taylor's coefficients from 1/2! on: for |r| < 0.3466 the first term left out is below 2^-57 after 13
# terms, and below 2^-42 after 10, which is enough for a float32.
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (1 / factorial(k) for k in range(2, 14))


@compiled
def exponent(x: float) -> int:
    """The integer k for which `exp(x) / 2^k` is between 0.707 and 1.415."""
    return bits(x * PER_LN2 + MAGIC) - MAGIC_BITS


@compiled
def power(k: int) -> float:
    """`2^k` for normal results."""
    return number((k + 1023) << 52)


@compiled
def factor(x: float, k: int) -> float:
    """`exp(x) / 2^k` within 0.62 ULP."""
    n = float(k)
    t = fma(-n, LN2_HIGH, x)
    r = fma(-n, LN2_LOW, t)
    low = fma(-n, LN2_LOW, t - r)
    q = fma(r, C13, C12)
    q = fma(r, q, C11)
    q = fma(r, q, C10)
    q = fma(r, q, C9)
    q = fma(r, q, C8)
    q = fma(r, q, C7)
    q = fma(r, q, C6)
    q = fma(r, q, C5)
    q = fma(r, q, C4)
    q = fma(r, q, C3)
    q = fma(r, q, C2)
    # 1 + r with what its rounding takes off: without it the error is 0.95 ULP.
    s = 1.0 + r
    return s + (fma(r * r, q, low) + (r - (s - 1.0)))


@compiled
def rough(x: float, k: int) -> float:
    """`exp(x) / 2^k` within 2^-42, as much as a float32 needs."""
    n = float(k)
    r = fma(-n, LN2_LOW, fma(-n, LN2_HIGH, x))
    q = fma(r, C10, C9)
    q = fma(r, q, C8)
    q = fma(r, q, C7)
    q = fma(r, q, C6)
    q = fma(r, q, C5)
    q = fma(r, q, C4)
    q = fma(r, q, C3)
    q = fma(r, q, C2)
    return 1.0 + fma(r * r, q, r)
