"""Elementary functions of intervals, as mpmath keeps them; each gives bounds of the true value."""

from __future__ import annotations

from typing import Any

import numpy as np
from mpmath import iv, mpf
from mpmath.libmp import mpf_shift, to_int

from stabaudit.proof.no_value import NotEvaluable, Undecided, Undefined

#: Beyond which powers of two the exponential is computed in another way, and not at all.
LARGE, LARGEST = 64, 1 << 16
#: How mpmath keeps a number: sign, mantissa, exponent, bits of the mantissa.
Number = tuple[int, int, int, int]
ZERO = mpf(0)


def whole_power(x: Any, n: int) -> Any:
    """`x**n`, also for a negative `n`."""
    if n < 0:
        return 1 / nonzero(whole_power(x, -n))
    found = x**n
    if type(found) is not type(x):
        # mpmath takes an exponent of more bits than the precision for one that may lie between whole numbers.
        raise Undecided
    return found


def nonzero(x: Any) -> Any:
    """`x` as a divisor; raises `Undefined` for zero, `Undecided` if it may be zero."""
    if x.a <= 0 <= x.b:
        if x.a == x.b == 0:
            raise Undefined("division by zero")
        raise Undecided
    return x


def log(x: Any) -> Any:
    """The logarithm; raises `Undefined` where there is none."""
    if x.a <= 0:
        if x.b <= 0:
            raise Undefined("the logarithm of a number that is not positive")
        raise Undecided
    return iv.log(x)


def sqrt(x: Any) -> Any:
    """The square root; raises `Undefined` where there is none."""
    if x.b < 0:
        raise Undefined("the square root of a negative number")
    if x.a < 0:
        raise Undecided
    return iv.sqrt(x)


def point(x: Any) -> Any:
    """A float as an interval of one number; truth values stay."""
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    return iv.mpf(float(x))


def maximum(x: Any, y: Any) -> Any:
    """The larger one."""
    return iv.mpf([max(x.a, y.a, key=mpf), max(x.b, y.b, key=mpf)])


def minimum(x: Any, y: Any) -> Any:
    """The smaller one."""
    return -maximum(-x, -y)


def less(x: Any, y: Any) -> bool:
    """Whether x < y; raises `Undecided` if the bounds do not say."""
    if mpf(x.b) < mpf(y.a):
        return True
    if mpf(x.a) >= mpf(y.b):
        return False
    raise Undecided


def less_equal(x: Any, y: Any) -> bool:
    """Whether x <= y; raises `Undecided` if the bounds do not say."""
    if mpf(x.b) <= mpf(y.a):
        return True
    if mpf(x.a) > mpf(y.b):
        return False
    raise Undecided


def equal(x: Any, y: Any) -> bool:
    """Whether both are the same number."""
    return less_equal(x, y) and less_equal(y, x)


def sign(x: Any) -> Any:
    """-1, 0 or 1."""
    return iv.mpf(1 if x.a > 0 else -1 if x.b < 0 else 0)


def exp(x: Any) -> Any:
    """The exponential."""
    low, high = x._mpi_
    if max(_magnitude(low), _magnitude(high)) <= LARGE:
        return iv.exp(x)
    return iv.make_mpf((_exp_at(low)[0], _exp_at(high)[1]))


def _exp_at(number: Number) -> tuple[Number, Number]:
    """Bounds of the exponential of one large number: `exp(x - k log(2)) * 2**k`.

    mpmath takes a power of e from 600 bits on: at 640 bits that took 26 ms at `2**1024`, and 42 s at `2**16384`.
    """
    magnitude = _magnitude(number)
    if magnitude > LARGEST:
        raise NotEvaluable("the exponential of a number of too many digits")
    point = iv.make_mpf((number, number))
    before = iv.prec
    try:
        # As many bits more as the difference loses.
        iv.prec = before + max(magnitude, 0) + 10
        k = to_int((point / iv.ln2)._mpi_[0])
        rest = point - k * iv.ln2
    finally:
        iv.prec = before
    low, high = iv.exp(rest)._mpi_
    return mpf_shift(low, k), mpf_shift(high, k)


def _magnitude(number: Number) -> int:
    """The exponent of the power of two above a number; 0 for infinities, which have no digits."""
    _, _, exponent, bits = number
    return exponent + bits if bits else 0


def tanh(x: Any) -> Any:
    """The hyperbolic tangent."""
    return 1 - 2 / (exp(2 * x) + 1)


def sinh(x: Any) -> Any:
    """The hyperbolic sine."""
    return (exp(x) - exp(-x)) / 2


def cosh(x: Any) -> Any:
    """The hyperbolic cosine."""
    return (exp(x) + exp(-x)) / 2
