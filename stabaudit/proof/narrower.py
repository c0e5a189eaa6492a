"""A formula that is right in float64 and fails in a narrower type, in which its library computes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import has_deliberate_shift, is_shaped, value_variables
from stabaudit.proof.bfloat16 import narrow
from stabaudit.proof.floats import SPECIAL, Floats
from stabaudit.proof.gradient import gradient
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.reach import inputs_overflow
from stabaudit.proof.runs import admitted, runs
from stabaudit.proof.samples import Sample, points
from stabaudit.proof.value_text import exactly, show
from stabaudit.terms import Term, Var
from stabaudit.terms.ops import expand

#: How far the stable form may be off in a type: so many of its last digits are noise.
NOISE = 64
#: So many arrays are tried, and so many numbers at which a step overflows.
MOST_ARRAYS, MOST_POINTS = 30, 12
#: Operations that leave the range of a narrow type where they are well inside of that of float64.
GROWING = frozenset({"exp", "exp2", "expm1", "cosh", "sinh"})


def judge(site: Site, dtype: str) -> Verdict:
    """Whether `site` gives no number in a type where it gives one in float64, which the type could hold or come near.

    It is tried on the samples of its own.
    """
    variables = value_variables([site.term])
    if not variables:
        return Verdict(None)
    for sample in _own_arrays(site, variables) if is_shaped(site.term) else _own_points(site, variables):
        try:
            value, true = narrow(sample, dtype).run(site.term), Floats(sample).run(site.term)
        except NotEvaluable:
            continue
        if not np.all(np.isfinite(value)) and np.all(np.isfinite(true)):
            at = tuple((v, exactly(x)) for v, x in sample.items())
            witness = Witness(told(at), show(value), show(true), None, f"in {dtype}", "error")
            return Verdict(witness, at=at)
    return Verdict(None)


def _own_points(site: Site, variables: list[Var]) -> Iterator[Sample]:
    """The numbers that a site is tried on for its own sake, one input after the other."""
    sample = points(variables, frozenset(), values=tuple(x for x in site.samples if not isinstance(x, tuple)))
    size = np.shape(sample[variables[0]])
    for i in np.flatnonzero(admitted(site.guards, sample, size)):
        yield {v: x[i] for v, x in sample.items()}


def _own_arrays(site: Site, variables: list[Var]) -> Iterator[Sample]:
    """The rows that a site is tried on for its own sake, as they are and as two alike."""
    for row in site.samples:
        if isinstance(row, tuple):
            yield dict.fromkeys(variables, np.array(row))
            yield dict.fromkeys(variables, np.array((row, row)))


def overflow(site: Site, replacement: Term, dtype: str) -> Verdict:
    """Whether a step of `site` leaves the range of a type on the way to a value that the `replacement` has in it.

    In libraries that differentiate, a value that comes out right all the same is a fault if its gradient is nan, where
    overflow on the way counts at all.
    """
    if GROWING.isdisjoint(expand(site.term).ops) or not SPECIAL.isdisjoint(site.term.ops):
        return Verdict(None)
    if has_deliberate_shift(site.term):
        return Verdict(None)
    for sample in _arrays(site) if is_shaped(site.term) else _points(site, replacement, dtype):
        narrow, there, true, fixed, run, value = _run(site, replacement, sample, dtype)
        if not np.all(there) or not np.any(run.overflow) or inputs_overflow(site, narrow, dtype):
            continue
        lost = not np.all(np.isfinite(value))
        asked = site.differentiated and not site.quiet
        if lost or (asked and _has_no_gradient(site.term, narrow, dtype)):
            at = tuple((v, exactly(x)) for v, x in sample.items() if v in site.term.variables)
            said = f"in {dtype}" if lost else f"in {dtype} the gradient is nan"
            return Verdict(Witness(told(at), show(value), show(true), show(fixed), said, "error"), at=at)
    return Verdict(None)


def _run(site: Site, replacement: Term, sample: Sample, dtype: str) -> tuple[Sample, Any, Any, Any, Floats, Any]:
    """The input in a type, where both it and the rewrite hold there, the true value, the rewrite's, and the run."""
    run = Floats({}, dtype)
    with np.errstate(all="ignore"):
        narrow = {v: np.asarray(x, dtype=dtype)[()] for v, x in sample.items()}
        try:
            run = Floats(narrow, dtype)
            value, true, fixed = (
                run.run(site.term),
                Floats(sample).run(replacement),
                Floats(narrow, dtype).run(replacement),
            )
        except NotEvaluable:
            return narrow, np.False_, None, None, run, None
        if np.shape(fixed) != np.shape(true):
            return narrow, np.False_, None, None, run, None
        there = _holds(fixed, true, dtype)
        for x in narrow.values():
            there = there & (np.all(np.isfinite(x)) if is_shaped(site.term) else np.isfinite(x))
        return narrow, there, true, fixed, run, value


def _points(site: Site, replacement: Term, dtype: str) -> Iterator[Sample]:
    """The numbers at which a step overflows, from zero outwards, of those that a formula is tried on in float64."""
    sample = points(value_variables([site.term]), site.positive)
    size = np.shape(next(iter(sample.values()), ()))
    _, there, _, _, run, _ = _run(site, replacement, sample, dtype)
    fit = np.broadcast_to(there & run.overflow, size) & admitted(site.guards, sample, size)
    far = np.max([np.abs(x) for x in sample.values()], axis=0)
    for i in sorted(np.flatnonzero(fit), key=far.__getitem__)[:MOST_POINTS]:
        yield {v: x[i] for v, x in sample.items()}


def _arrays(site: Site) -> Iterator[Sample]:
    """The arrays that a formula is tried on in float64."""
    for number, (sample, _, _) in enumerate(runs(site, value_variables([site.term]), site.positive, ordinary=False)):
        if number == MOST_ARRAYS:
            return
        yield sample


def _holds(fixed: Any, true: Any, dtype: str) -> Any:
    """Where a value in a type is a number, and near the true one."""
    limits = np.finfo(dtype)
    room = NOISE * float(limits.eps)
    inside = np.isfinite(true) & (np.abs(true) < float(limits.max)) & np.isfinite(fixed)
    return inside & (np.abs(fixed - true) <= room * np.maximum(np.abs(true), 1.0))


def _has_no_gradient(term: Term, narrow: Sample, dtype: str) -> bool:
    back = gradient(term, narrow, dtype)
    return any(bool(np.any(np.isnan(flow))) for flow in back.computed.values())
