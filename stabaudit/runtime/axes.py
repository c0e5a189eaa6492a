"""Which axes a caller means."""

from __future__ import annotations

from operator import index

import numpy as np

Axis = int | tuple[int, ...] | None


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes meant by `axis`, counted from the front; NumPy's own AxisError where there is none such."""
    if axis is None:
        return tuple(range(ndim))
    wanted = axis if isinstance(axis, tuple) else (axis,)
    found = tuple(index(a) for a in wanted)
    if ndim == 0 and found in ((0,), (-1,)) and axis is not wanted:
        # As NumPy's own reductions: a single number is a row of one.
        return ()
    for a in found:
        if not -ndim <= a < ndim:
            raise getattr(np, "exceptions", np).AxisError(a, ndim)
    found = tuple(a % ndim for a in found)
    if len(set(found)) < len(found):
        raise ValueError("duplicate value in `axis`")
    return found
