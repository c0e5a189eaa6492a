"""Sums of positive numbers, as good as correctly rounded, at the price of five vector steps."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime.arrays import Array

# For sums from 2^-8 to 2^23 one fixed cut serves: what lies below 2^-29 adds up to too little to lose a
# bit of it.
CUT = 2.0**24


def total(e: Array, axis: int) -> tuple[Array, Array]:
    """The sum of the positive 2-d array `e` along `axis`, as a head and a small tail.

    A running sum of n numbers is off by up to n/2 ULP: 355 measured for a column of 10^6. Here every
    number is cut at one height above the sum; the upper parts add up exactly in any order, and the
    lower ones are too small for their rounding to count (Rump, Ogita, Oishi 2008, SIAM J. Sci. Comput.
    31, ExtractVector). So the sum does not depend on blocks, strides or axis either. Infinite or nan
    where `e` is. float32 is summed in float64, which is as good.
    """
    if e.dtype.char == "f":
        s = plain(e, axis)
        return s, np.zeros_like(s)
    # One look at the beginning: where that needs a cut of its own, the rest probably does.
    first = float(plain(e[:1, :1024] if axis else e[:1024, :1], axis)[0]) if e.size else 1.0
    if not CUT * 2.0**-32 <= first <= CUT / 2:
        s = plain(e, axis)
        near = (s >= CUT * 2.0**-32) & (s <= CUT / 2)
        return split(e, np.expand_dims(np.where(near, CUT, above(s)), axis), axis)
    head, tail = split(e, e.dtype.type(CUT), axis)
    if head.size and not (head.min() >= CUT * 2.0**-32 and head.max() <= CUT / 2):
        # Row by row, so that no row's last bit depends on its neighbours.
        far = np.flatnonzero(~((head >= CUT * 2.0**-32) & (head <= CUT / 2)))
        some = e if far.size == head.size else np.take(e, far, axis=1 - axis)
        cut = above(plain(some, axis))
        head[far], tail[far] = split(some, np.expand_dims(cut, axis), axis)
    return head, tail


def above(s: Array) -> Array:
    """Powers of two at least twice as large as the sums `s`."""
    _, exponent = np.frexp(s)
    return np.asarray(np.ldexp(s.dtype.type(1), np.minimum(exponent + 1, np.finfo(s.dtype).maxexp - 1)))


def split(e: Array, cut: Array, axis: int) -> tuple[Array, Array]:
    """The sums of the parts of `e` above and below half an ULP of `cut`."""
    upper = e + cut
    upper -= cut
    head = plain(upper, axis)
    np.subtract(e, upper, out=upper)
    return head, plain(upper, axis)


def plain(e: Array, axis: int) -> Array:
    """The sum along `axis` in whatever order is fastest; float32 is summed in float64.

    Not as a product with ones, though BLAS would be as fast: it would start threads.
    """
    dtype = np.float64 if e.dtype.char in "fd" else e.dtype
    if axis == 1 and dtype is np.float64:
        return np.asarray(np.einsum("ij->i", e, dtype=dtype))
    return np.asarray(np.add.reduce(e, axis=axis, dtype=dtype))


def rest(e: Array, axis: int) -> Array:
    """The sum of `e` along `axis` less its largest term, which is 1: exact to the last bits however small."""
    head, tail = total(e, axis)
    # Where hardly anything but the 1 reaches above the cut, the others get a cut of their own.
    alone = np.flatnonzero(head - 1 < 2.0**-20)
    if alone.size:
        others = np.take(e, alone, axis=1 - axis)
        others[others == 1] = 0
        upper, lower = total(others, axis)
        head[alone], tail[alone] = 1, upper + lower
    return np.asarray((head - 1) + tail)


def grow(head: Array, tail: Array, e: Array, axis: int, exactly: bool = True) -> None:
    """Add the sums of `e` along `axis` to `head`, and what rounding takes off them to `tail`."""
    more, less = total(e, axis) if exactly else (plain(e, axis), 0)
    s = head + more
    back = s - head
    tail += less + ((head - (s - back)) + (more - back))
    head[...] = s
