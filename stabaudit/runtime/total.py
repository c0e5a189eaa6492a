"""Sums of positive numbers along axes."""

from __future__ import annotations

import numpy as np

from stabaudit.runtime.arrays import Array


def total(e: Array, axes: tuple[int, ...]) -> Array:
    """The sum of `e` along `axes`, kept as axes of length 1."""
    return np.asarray(np.add.reduce(e, axis=axes, keepdims=True))
