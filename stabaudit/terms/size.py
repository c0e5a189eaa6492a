"""How large the exact numbers of a term may get: a few characters of code can name one that fills the memory."""

from __future__ import annotations

from fractions import Fraction
from math import inf

#: Bits of a numerator or denominator, eight times those of the largest float: no float holds what has more.
MOST_BITS = 8192


class TooLarge(ArithmeticError):
    """An exact number would have more digits than any float can hold."""


def bounded(value: Fraction) -> Fraction:
    """`value` itself; raises `TooLarge`."""
    if value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS:
        raise TooLarge
    return value


def whole_power(base: Fraction, exponent: int) -> Fraction:
    """`base**exponent`; raises `TooLarge` before it is computed."""
    # Powers of 0, 1 and -1 have no bit more, whatever the exponent.
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) - 1
    if bits * abs(exponent) > MOST_BITS:
        raise TooLarge
    return bounded(base**exponent)


def to_float(value: Fraction) -> float:
    """The nearest float, infinite for what is larger than all of them."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf
