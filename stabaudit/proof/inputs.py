"""Inputs on which a rule is tried: every magnitude, both signs, and both sides of every threshold.

They are decimal numbers rounded to the type, most with a full mantissa: differences of short numbers are
exact and would hide rounding. Those that both types hold share their true values.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from stabaudit.catalogue.rule import Domain
from stabaudit.terms import Var

Sample = dict[Var, Any]
Samples = tuple[float | tuple[float, ...], ...]

#: The first of equally bad inputs becomes the witness, so plain numbers come first.
MAGNITUDES = (
    1000.0, 1.0, 0.5, 2.0, 1e-10, 40.0, 100.0, 800.0, 10.0, 3.0, 1e-5, 20.0, 5000.0, 1e-20, 0.1, 1e-3, 1e-8,
    # 1 + exp(-x) is 1 from here on, in float32 and in float64; exp underflows and overflows in either.
    16.6, 17.4, 36.7, 37.5, 87.3, 88.7, 88.8, 103.9, 104.1, 708.3, 709.78, 709.79, 745.13, 745.14, 9999.0,
    # Where `log(exp(x) - 1)` is zero; half of a float's digits; subnormals of float32.
    0.6931472, 6e-8, 1e-16, 1e-38, 1e-40, 1e-45,
)  # fmt: skip
#: Float64 alone: the edge of its normal numbers, the half of its digits, its ln 2 and its thresholds.
FINE = (
    1e-300, 2.2250738585072014e-308, 1e-310, 0.6931471805599453, 1.1e-16, 709.782712893384, 745.1332191019411,
)  # fmt: skip
#: Values at which a formula gives what it says.
ORDINARY = (0.5, 2.0, -0.5, -2.0, 3.0, -3.0, 1.25)
#: Where neighbours are tried, and their distances, from cancellation to absorption.
PLACES = (1.0, 30.0, -700.0, 1000.0, -1000.0)
GAPS = (1e-4, 0.5, 1.0, 40.0, 750.0)

ROWS: tuple[Any, ...] = (
    [1000.0, 0.0],
    [-1000.0, -1001.0],
    [0.5, -1.0, 2.0],
    [1e-10, -3e-10],
    [88.7, 88.8, 104.0],
    [-104.0, -110.0],
    [709.78, 709.79],
    [-745.14, -746.0, -800.0],
    [0.0, -20.0, -40.0],
    [5000.0, -5000.0, 1.0],
    [[0.5, -1.0], [2.0, 0.25]],
    [[1.0, 2.0, -3.0], [0.5, 0.25, -40.0]],
    [[1000.0, 0.0], [1.0, 2.0]],
    [[0.0, -1000.0], [-1000.0, -1001.0]],
    [[90.0, -20.0], [-110.0, -104.0]],
    [[[0.5, -1.0], [2.0, 0.25]], [[-0.5, 1.0], [3.0, -2.0]]],
    [[[1000.0, 1.0], [-800.0, 5.0]], [[-2.0, 750.0], [0.0, -1000.0]]],
)
AXES = (None, 0, 1, -1)
#: Random magnitudes tried beside the chosen ones, and twice as many combinations.
RANDOM = 40


def inputs(domains: Mapping[str, Domain], dtype: npt.DTypeLike, samples: Samples = ()) -> Iterator[Sample]:
    """Inputs within `domains`, in numbers of `dtype`, the same on every run; `samples` are a form's own."""
    chance = random.Random(7)
    kind = np.dtype(dtype)
    if any(d.matrix for d in domains.values()):
        yield from ({Var(n): m for n in domains} for m in matrices(kind))
    elif not is_shaped(domains):
        yield from _points(domains, kind, chance, samples)
    else:
        yield from _rows(domains, kind, chance, samples)


def is_shaped(domains: Mapping[str, Domain]) -> bool:
    """Whether whole arrays matter, not element by element."""
    return any(d.rows or d.matrix or (d.setting and not d.among) for d in domains.values())


def is_ordinary(sample: Sample) -> bool:
    """Whether all numbers of a sample are of moderate size."""
    sizes = [np.max(np.abs(x)) for x in sample.values() if isinstance(x, (np.ndarray, np.floating))]
    return max(sizes, default=0.0) <= 3.0


def _points(
    domains: Mapping[str, Domain], dtype: np.dtype[Any], chance: random.Random, samples: Samples
) -> Iterator[Sample]:
    named = {name: d.among for name, d in domains.items() if d.among}
    domains = {name: d for name, d in domains.items() if not d.among}
    values = [*(n for n in samples if not isinstance(n, tuple)), *_values(dtype, chance)]
    count = len(domains)
    table: list[Sequence[float]] = [[v] * count for v in ORDINARY]
    table += [row for row in samples if isinstance(row, tuple) and len(row) == count]
    if count == 1:
        table += [[v] for v in values]
    else:
        rest = [_usual(domain) for domain in domains.values()]
        table += [[v if i == j else rest[j] for j in range(count)] for v in values for i in range(count)]
        table += [[v - i * gap for i in range(count)] for v in PLACES for gap in GAPS]
        table += [[chance.choice(values) for _ in domains] for _ in range(2 * RANDOM)]
    seen = set()
    for numbers in table:
        with np.errstate(over="ignore"):
            sample = _within(domains, [float(dtype.type(n)) for n in numbers])
        if sample is not None and (key := tuple(sample.values())) not in seen:
            seen.add(key)
            told = {Var(name): among[len(seen) % len(among)] for name, among in named.items()}
            yield told | {Var(name): dtype.type(value) for name, value in sample.items()}


def _usual(domain: Domain) -> float:
    """What a number is while others move: 1, or a small way into its domain if that holds nothing ordinary."""
    inside = (number for number in (1.0, *ORDINARY) if domain.low < number < domain.high)
    return next(inside, domain.low + (domain.high - domain.low) / 1024)


def _values(dtype: np.dtype[Any], chance: random.Random) -> list[float]:
    sizes = [*MAGNITUDES, *(10 ** chance.uniform(-6, 3.5) for _ in range(RANDOM))]
    if dtype == np.float64:
        sizes += FINE
    return [0.0, *(v for size in sizes for v in (size, -size))]


def _within(domains: Mapping[str, Domain], numbers: Sequence[float]) -> dict[str, float] | None:
    """The numbers by name if they lie inside the domains, whose ends are not part of them."""
    sample: dict[str, float] = {}
    for (name, domain), number in zip(domains.items(), numbers, strict=True):
        if not domain.low < number < domain.high:
            return None
        if domain.below is not None and not number < sample[domain.below]:
            return None
        sample[name] = number
    return sample


def matrices(dtype: np.dtype[Any]) -> Iterator[npt.NDArray[Any]]:
    """Small square matrices: ordinary ones, and such whose determinants leave the float range."""
    tiny, huge = (1e-200, 1e200) if dtype == np.float64 else (1e-30, 1e30)
    for size in (2, 3):
        plain = np.eye(size) * 2 + np.arange(size * size).reshape(size, size) / 7
        for scale in (1.0, tiny, huge, 0.5, 1e-3, 1e3):
            yield np.array(np.eye(size) * scale, dtype=dtype)
            yield np.array(plain * scale, dtype=dtype)


def _rows(
    domains: Mapping[str, Domain], dtype: np.dtype[Any], chance: random.Random, samples: Samples
) -> Iterator[Sample]:
    most = min((d.most_axes for d in domains.values() if d.most_axes is not None), default=32)
    with np.errstate(all="ignore"):
        own = [np.array(row).astype(dtype) for row in samples if isinstance(row, tuple)]
    own = [row for row in own if np.all(np.isfinite(row)) and np.any(row)]
    for number, row in enumerate(r for r in (*own, *_arrays(dtype, chance)) if r.ndim <= most):
        places = [a for a in AXES if a is None or -row.ndim <= a < row.ndim] if "axis" in domains else [None]
        for place in places:
            # Every array meets every axis, every axis meets both ways to keep it; not every pair all of them.
            number += 1
            for a in _companions(domains, row, number, chance):
                a |= {n: _length(row, place) for n, d in domains.items() if d.length_of is not None}
                yield {Var(n): _setting(n, place, number) if d.setting else a[n] for n, d in domains.items()}


def _length(row: npt.NDArray[Any], axis: int | None) -> Any:
    """How many elements of an array are summed along an axis, or all."""
    return row.dtype.type(row.size if axis is None else row.shape[axis])


def _setting(name: str, axis: int | None, number: int) -> Any:
    return axis if name in ("axis", "along") else bool(number % 2)


def _arrays(dtype: np.dtype[Any], chance: random.Random) -> Iterable[npt.NDArray[Any]]:
    for row in ROWS:
        yield np.array(row, dtype=dtype)
    for _ in range(4):
        wide = [[chance.uniform(-1, 1) * 10 ** chance.uniform(-2, 3) for _ in range(3)] for _ in range(2)]
        yield np.array(wide, dtype=dtype)


def _companions(
    domains: Mapping[str, Domain], row: npt.NDArray[Any], number: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Values of all numbers that go with an array: the array itself, weights of its shape, single numbers."""
    single = ([row.max(), row.flat[0]], [row.dtype.type(1.0), row.max()])[number % 2]
    lone = [n for n, d in domains.items() if not (d.rows or d.setting or d.length_of is not None)]
    alone = sum(d.rows for d in domains.values()) == 1 and bool(np.all(row > 0))
    for value in single if lone else [None]:
        sample: dict[str, Any] = {}
        first = True
        for name, domain in domains.items():
            if name in lone:
                assert value is not None
                sample[name] = value if domain.low < 0 else abs(value) or row.dtype.type(1.0)
            elif domain.rows and first and (domain.low < 0 or alone or (domain.zero and np.all(row >= 0))):
                sample[name], first = row, False
            elif domain.rows and domain.low >= 0:
                sample[name] = _weights(row, number, chance)
                if domain.zero:
                    sample[name][..., 0] = 0
            elif domain.rows:
                sample[name] = row[::-1] - row.dtype.type(0.5)
        yield sample


def _weights(row: npt.NDArray[Any], number: int, chance: random.Random) -> npt.NDArray[Any]:
    """Positive numbers in the shape of `row`: equal, of one magnitude, of many."""
    spread = (0.0, 1.0, 8.0)[number % 3]
    numbers = [10 ** (spread * chance.uniform(-1, 0.4)) for _ in range(row.size)]
    return np.array(numbers, dtype=row.dtype).reshape(row.shape)
