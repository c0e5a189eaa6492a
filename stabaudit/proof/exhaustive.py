"""A form on every number of a type: 65,536 of float16, 2**32 of float32.

One variable is each number in its domain, beside a few values of the others. The truth is the stable form in float64,
which is held against intervals elsewhere: its few units there are nothing in a narrower type. An error is counted in
the units that `stabaudit.proof.unit` explains, computed in float64. Where a step of the stable form is beyond the range
of the type, the form has no value to be held to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from stabaudit.catalogue.rule import Domain, Form
from stabaudit.proof.floats import SPECIAL, Floats
from stabaudit.proof.inputs import ORDINARY, Sample, is_shaped
from stabaudit.proof.unit import exponents, with_hole
from stabaudit.terms import Term, Var, applications

#: So many numbers are taken at once.
BLOCK = 1 << 16
#: So many values of another variable; where there are more, one of each.
OTHERS = 2


@dataclass(frozen=True)
class Worst:
    """The largest error of the stable form in units, and the input.

    Of `count` inputs `beyond` have a step that the type cannot hold.
    """

    units: float
    at: Mapping[str, float]
    count: int
    beyond: int


def is_pointwise(form: Form) -> bool:
    """Whether a form may be tried on every number: it promises equality, and is made of fast steps without rows."""
    if form.stable is None or not form.equal or form.is_apart or is_shaped(form.domains):
        return False
    named = any(domain.among for domain in form.domains.values())
    return not named and SPECIAL.isdisjoint(form.stable.ops)


def numbers(dtype: npt.DTypeLike, first: int = 0, last: int | None = None) -> Iterator[npt.NDArray[Any]]:
    """The finite numbers of a type, in blocks by their bits; those from the `first` block to before the `last`."""
    bits = np.dtype(f"u{np.dtype(dtype).itemsize}")
    for number in range(first, (1 << 8 * bits.itemsize) // BLOCK if last is None else last):
        block = np.arange(number * BLOCK, (number + 1) * BLOCK, dtype=bits).view(dtype)
        yield block[np.isfinite(block)]


def worst(form: Form, dtype: npt.DTypeLike, blocks: Iterator[npt.NDArray[Any]]) -> Worst:
    """How far the stable form is off at the most, on the numbers of some blocks."""
    found = Worst(0.0, {}, 0, 0)
    for block in blocks:
        for sample in _samples(form, block):
            found = _worse(found, form, sample, dtype)
    return found


def _samples(form: Form, block: npt.NDArray[Any]) -> Iterator[Sample]:
    """Each variable in turn as the numbers of a block, beside a few values of the others."""
    for name, domain in form.domains.items():
        wide = block.astype(np.float64)
        x = block[(wide > domain.low) & (wide < domain.high)]
        most = OTHERS if len(form.domains) == 2 else 1
        beside = {other: _usual(d)[:most] for other, d in form.domains.items() if other != name}
        for values in product(*beside.values()):
            sample = {Var(other): np.full_like(x, v) for other, v in zip(beside, values, strict=True)} | {Var(name): x}
            below = [sample[Var(n)] < sample[Var(d.below)] for n, d in form.domains.items() if d.below is not None]
            inside = np.logical_and.reduce(below) if below else np.ones(x.shape, dtype=bool)
            if np.any(inside):
                yield {v: column[inside] for v, column in sample.items()}


def _usual(domain: Domain) -> list[float]:
    inside = [v for v in (1.0, *ORDINARY) if domain.low < v < domain.high]
    return inside or [domain.low + (domain.high - domain.low) / 1024]


def _worse(found: Worst, form: Form, sample: Sample, dtype: npt.DTypeLike) -> Worst:
    """What was found so far, or at these inputs if it is worse there."""
    assert form.stable is not None
    wide = {v: x.astype(np.float64) for v, x in sample.items()}
    run = Floats(wide)
    truth = np.broadcast_to(run.run(form.stable), np.shape(next(iter(sample.values()))))
    # The type of a constant is that of the form.
    computed = np.broadcast_to(Floats(sample, dtype).run(form.stable), truth.shape).astype(np.float64)
    limit = float(np.finfo(dtype).max)
    with np.errstate(all="ignore"):
        beyond = np.zeros(truth.shape, dtype=bool)
        for step in applications(form.stable):
            beyond = beyond | (np.abs(run.run(step)) > limit)
        counts = np.isfinite(truth) & ~beyond
        error = np.where(counts, np.abs(computed - truth), 0.0)
        error[counts & ~np.isfinite(computed)] = np.inf
        units = np.where(error > 0, error / _unit(form.stable, wide, truth, dtype), 0.0)
    i = int(np.argmax(units))
    count, lost = found.count + truth.size, found.beyond + int(np.sum(beyond))
    if units[i] <= found.units:
        return Worst(found.units, found.at, count, lost)
    return Worst(float(units[i]), {v.name: float(x[i]) for v, x in wide.items()}, count, lost)


def _unit(form: Term, wide: Sample, truth: Any, dtype: npt.DTypeLike) -> Any:
    """One ULP of the truth, or of its size where it is zero nearby, and what an ULP of each exponent changes."""
    size = np.abs(truth)
    for scaled in (list(wide), *([v] for v in wide)):
        for factor in (0.5, 2.0):
            there = Floats({v: x * factor if v in scaled else x for v, x in wide.items()}).run(form)
            size = np.where(there * truth < 0, np.maximum(size, np.abs(there)), size)
    unit = _ulp(size, dtype)
    for step in dict.fromkeys(exponents(form)):
        value = Floats(wide).run(step)
        whole, hole = with_hole(form, step)
        moved = Floats({**wide, hole: value + _ulp(np.abs(value), dtype)}).run(whole)
        unit = unit + np.where(np.isfinite(moved), np.abs(moved - truth), 0.0)
    return unit


def _ulp(size: Any, dtype: npt.DTypeLike) -> Any:
    """The distance of the floats of a type around numbers, below its normal range that of the subnormals."""
    limits = np.finfo(dtype)
    exponent = np.frexp(np.maximum(size, float(limits.smallest_normal)))[1] - 1
    return np.ldexp(1.0, exponent - limits.nmant)
