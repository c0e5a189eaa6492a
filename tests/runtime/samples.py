"""Inputs on which accuracy is measured: ordinary, extreme, and near every place where a formula cancels or switches."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

LN2 = 0.6931471805599453
# Where exponentials leave the range (float64, float32, float16), where 1 swallows them, and where branches switch.
EDGES = (
    *(745.133, 744.44, 709.782712893384, 708.396, 37.43, 36.7368, 18.0),
    *(103.97, 103.28, 88.72, 87.34, 17.33, 16.64, 16.0, 11.09, 9.7),
    *(0.3, 0.35, 0.4, 0.5, LN2, 1.0, 2.0, 0.15, 0.65, 1e-8, 2.0**-26, 2.0**-53),
)


def ordinary(size: int, seed: int = 0) -> Array:
    """What code meets on an ordinary day."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(0, 3, size // 2), rng.uniform(-40, 40, size // 4), rng.uniform(-1, 1, size // 4)])


def extreme(size: int, seed: int = 1, dtype: Any = np.float64) -> Array:
    """All magnitudes from the smallest subnormal to the largest number, and the neighbours of every edge."""
    rng = np.random.default_rng(seed)
    info = np.finfo(dtype)
    low, high = float(info.minexp) - info.nmant, float(info.maxexp)
    sizes = np.exp2(rng.uniform(low, high, size // 3))
    wide = rng.uniform(0, 760, size // 3)
    edges = np.asarray(EDGES)
    near = edges * (1 + np.exp2(rng.uniform(-52, -6, (max(1, size // 3 // edges.size), edges.size))) * rng.choice([-1, 1]))
    positive = np.concatenate([sizes, wide, edges, near.ravel()])
    return np.concatenate([positive, -positive])


def cancelling(size: int, seed: int = 2) -> Array:
    """Neighbourhoods of 0, ln 2, 1/2 and 1, where differences lose their digits."""
    rng = np.random.default_rng(seed)
    distance = np.exp2(rng.uniform(-60, 0, size // 4)) * rng.choice([-1, 1], size // 4)
    return np.concatenate([distance, LN2 + distance, -LN2 + distance, 0.5 + 0.5 * distance, 1 + distance])


# Where each function is defined, as (lowest, highest).
DOMAIN = {
    "cosm1": (-1e6, 1e6),
    "inverse_softplus": (0, np.inf),
    "log1mexp": (-np.inf, 0),
    "logit": (0, 1),
    "sqrt1pm1": (-1, np.inf),
}


def inside(name: str, x: Array) -> Array:
    """The points of `x` in the open domain of the function."""
    low, high = DOMAIN.get(name, (-np.inf, np.inf))
    return np.unique(x[(x > low) & (x < high) & np.isfinite(x)])
