"""Inputs on which accuracy is measured: ordinary, extreme, and near the places where formulas cancel."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

LN2 = 0.6931471805599453
# Where exponentials leave the range (float64, float32, float16), where 1 swallows them, and where
# branches switch.
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
    near = edges * (
        1 + np.exp2(rng.uniform(-52, -6, (max(1, size // 3 // edges.size), edges.size))) * rng.choice([-1, 1])
    )
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


def rows(dtype: Any = np.float64, size: int = 6000, seed: int = 3) -> dict[str, Array]:
    """Rows for reductions, by what is hard about them; about `size` elements each."""
    rng = np.random.default_rng(seed)
    many = {n: max(2, size // n) for n in (2, 3, 10, 33, 100, 1000)}
    found = {f"normal, n = {n}": rng.normal(0, 3, (k, n)) for n, k in many.items()}
    k = many[100]
    found["wide"] = rng.uniform(-700, 700, (k, 100))
    found["wider"] = rng.normal(0, 175, (k, 100))
    found["one dominates"] = np.where(np.arange(100) == 41, rng.normal(0, 1, (k, 1)), rng.uniform(-45, -20, (k, 100)))
    found["peaked"] = np.where(np.arange(1000) == 7, 1.0, rng.uniform(-9, -5, (many[1000], 1000)))
    found["far above"] = rng.normal(0, 3, (k, 100)) + 1000
    found["far below"] = rng.normal(0, 3, (k, 100)) - 1000
    found["huge"] = rng.choice([-1, 1], (k, 100)) * rng.uniform(0.9, 1, (k, 100)) * float(np.finfo(dtype).max)
    found["subnormal results"] = np.where(np.arange(100) == 0, 0, rng.uniform(-745, -690, (k, 100)))
    p = rng.dirichlet(np.full(10, 0.7), many[10])
    found["log-probabilities"] = np.log(p) - np.exp2(rng.uniform(-36, -4, (len(p), 1)))
    found["one near -0"] = np.where(np.arange(10) == 3, rng.uniform(-1, 0, (len(p), 1)), rng.uniform(-60, -4, p.shape))
    with np.errstate(over="ignore", under="ignore"):
        return {name: np.asarray(x, dtype) for name, x in found.items()}
