"""A formula that is right in float64 and fails in a narrower type, in which its library computes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assume import has_deliberate_shift, is_shaped, value_variables
from stabaudit.proof.floats import Floats, NotEvaluable
from stabaudit.proof.gradient import gradient
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.runs import admitted, runs
from stabaudit.proof.samples import Sample, points
from stabaudit.proof.shown import exactly, show
from stabaudit.terms import Term

#: How far the stable form may be off in a type: so many of its last digits are noise.
NOISE = 64
#: So many arrays are tried.
MOST_ARRAYS = 60


def judge(site: Site, dtype: str) -> Verdict:
    """Whether `site` gives no number in a type where it gives one in float64, which the type could hold or come near.

    It is tried on the samples of its own.
    """
    variables = value_variables([site.term])
    if is_shaped(site.term) or not variables:
        return Verdict(None)
    sample = points(variables, frozenset(), values=tuple(x for x in site.samples if not isinstance(x, tuple)))
    size = np.shape(sample[variables[0]])
    with np.errstate(over="ignore"):
        narrow = {v: x.astype(dtype) for v, x in sample.items()}
    try:
        value = np.broadcast_to(Floats(narrow, dtype).run(site.term), size)
        true = np.broadcast_to(Floats(sample).run(site.term), size)
    except NotEvaluable:
        return Verdict(None)
    for i in np.flatnonzero(~np.isfinite(value) & np.isfinite(true) & admitted(site.guards, sample, size)):
        at = tuple((v, exactly(x[i])) for v, x in sample.items())
        witness = Witness(told(at), show(value[i]), show(true[i]), None, f"in {dtype}", "error")
        return Verdict(witness, at=at)
    return Verdict(None)


def overflow(site: Site, replacement: Term, dtype: str) -> Verdict:
    """Whether a step of `site` leaves the range of a type on the way to a value that the `replacement` has in it.

    In libraries that differentiate a value that comes out right all the same is a fault if its gradient does not.
    """
    if has_deliberate_shift(site.term):
        return Verdict(None)
    for sample in _inputs(site):
        with np.errstate(over="ignore"):
            narrow = {v: np.asarray(x, dtype=dtype)[()] for v, x in sample.items()}
        if not all(np.all(np.isfinite(x)) for x in narrow.values()):
            continue
        try:
            true, fixed = Floats(sample).run(replacement), Floats(narrow, dtype).run(replacement)
            run = Floats(narrow, dtype)
            value = run.run(site.term)
            if not _holds(fixed, true, dtype) or not np.any(run.overflow):
                continue
            lost = not np.all(np.isfinite(value)) or (
                site.differentiated and _has_no_gradient(site.term, narrow, dtype)
            )
        except NotEvaluable:
            continue
        if lost:
            at = tuple((v, exactly(x)) for v, x in sample.items() if v in site.term.variables)
            said = f"in {dtype}" if not np.all(np.isfinite(value)) else f"in {dtype} the gradient is nan"
            return Verdict(Witness(told(at), show(value), show(true), show(fixed), said, "error"), at=at)
    return Verdict(None)


def _inputs(site: Site) -> Iterator[Sample]:
    """The inputs that a formula is tried on in float64 as well, one after the other, numbers from zero outwards."""
    variables = value_variables([site.term])
    if is_shaped(site.term):
        for number, (sample, _, _) in enumerate(runs(site, variables, site.positive, ordinary=False)):
            if number == MOST_ARRAYS:
                return
            yield sample
        return
    sample = points(variables, site.positive)
    size = np.shape(sample[variables[0]])
    far = np.max([np.abs(x) for x in sample.values()], axis=0)
    for i in sorted(np.flatnonzero(admitted(site.guards, sample, size)), key=far.__getitem__):
        yield {v: x[i] for v, x in sample.items()}


def _holds(fixed: Any, true: Any, dtype: str) -> bool:
    """Whether a value in a type is a number, and near the true one."""
    limits = np.finfo(dtype)
    if np.shape(fixed) != np.shape(true) or not np.all(np.isfinite(true) & (np.abs(true) < float(limits.max))):
        return False
    room = NOISE * float(limits.eps)
    return bool(np.all(np.isfinite(fixed)) and np.all(np.abs(fixed - true) <= room * np.maximum(np.abs(true), 1.0)))


def _has_no_gradient(term: Term, narrow: Sample, dtype: str) -> bool:
    back = gradient(term, narrow, dtype)
    return any(bool(np.any(np.isnan(flow))) for flow in back.computed.values())
