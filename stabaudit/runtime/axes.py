"""Reductions along any axes of any container, on rows."""

from __future__ import annotations

from operator import index
from typing import Any

import numpy as np

from stabaudit.runtime.arrays import Array

Axis = int | tuple[int, ...] | None


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes meant by `axis`, counted from the front; NumPy's own AxisError where there is none such."""
    if axis is None:
        return tuple(range(ndim))
    wanted = axis if isinstance(axis, tuple) else (axis,)
    found = tuple(index(a) for a in wanted)
    for a in found:
        if not -ndim <= a < ndim:
            raise getattr(np, "exceptions", np).AxisError(a, ndim)
    found = tuple(a % ndim for a in found)
    if len(set(found)) < len(found):
        raise ValueError("duplicate value in `axis`")
    return found


def reduced(values: Array, axes: tuple[int, ...], keepdims: bool) -> Any:
    """The result of a reduction that kept its axes, with or without them; a 0-d one as a scalar."""
    return (values if keepdims else values.squeeze(axes))[()]
