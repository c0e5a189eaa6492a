"""A slope that is infinite at a point which the code reaches by itself: the end of a clip, the distance of a row from
itself, a row that is masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.findings.severity import Severity
from stabaudit.proof.assumptions import is_count, is_guard, is_shaped, value_variables
from stabaudit.proof.floats import Floats
from stabaudit.proof.gradient import Gradient, gradient
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.runs import admitted, holds
from stabaudit.proof.samples import A_COUNT, A_GUARD, Sample, points, rows
from stabaudit.proof.value_text import exactly, show
from stabaudit.records import Record
from stabaudit.terms import Var

#: Names of what says which elements are left out.
MASK = re.compile(r"(?:^|[._])mask(?:s|ing)?(?:_|\d|\b)", re.IGNORECASE)


class _Run(Record):
    """What a formula gives at one input."""

    sample: Sample
    value: Any
    back: Gradient


def judge(site: Site) -> Verdict:
    """Whether the gradient of `site` is no number where its value is one: at its own samples, or on ordinary rows.

    Where a bound keeps the value from its end, the gradient is nothing there.
    """
    variables = value_variables([site.term])
    asked = [v for v in variables if not (is_count(v) or is_guard(v))]
    lost = _is_nothing if site.floored else _is_no_number
    severity: Severity = "note" if site.floored else "error"
    for sample, value, back in _in_rows(site, variables) if is_shaped(site.term) else _at_points(site, variables, lost):
        for v in asked:
            if np.any(lost(back.computed[v])):
                at = tuple((other, exactly(x)) for other, x in sample.items())
                said = "the gradient" if len(asked) == 1 else f"the gradient by `{' '.join(v.name.split())}`"
                note, text = f"{said} is {show(back.computed[v])}", show(value)
                return Verdict(Witness(told(at), text, text, None, note, severity), at=at)
    return Verdict(None)


def _is_no_number(flow: Any) -> Any:
    return ~np.isfinite(flow)


def _is_nothing(flow: Any) -> Any:
    """Where a clip has cut off what flows back."""
    return np.equal(flow, 0)


def _at_points(site: Site, variables: Sequence[Var], lost: Callable[[Any], Any]) -> Iterator[_Run]:
    """The samples of the site at which the value is a number, each by itself."""
    if not variables:
        return
    sample = points(variables, frozenset(), values=_numbers(site) or (1.0,), more=_of_each(site))
    size = np.shape(sample[variables[0]])
    try:
        value, back = np.broadcast_to(Floats(sample).run(site.term), size), gradient(site.term, sample)
    except NotEvaluable:
        return
    fit = np.isfinite(value) & admitted(site.guards, sample, size)
    for i in np.flatnonzero(fit & np.logical_or.reduce([lost(flow) for flow in back.computed.values()])):
        one = Gradient(*({v: flow[i] for v, flow in flows.items()} for flows in back))
        yield _Run({v: x[i] for v, x in sample.items()}, value[i], one)


def _in_rows(site: Site, variables: Sequence[Var]) -> Iterator[_Run]:
    """Arrays at which all of the value is a number: those of the site, else ordinary ones, with and without masks."""
    for sample in _arrays(site, variables):
        if holds(site.guards, sample):
            try:
                value = Floats(sample).run(site.term)
                # Where the form brings no input of its own, the code has to bring the root to zero.
                if np.all(np.isfinite(value)) and (site.samples or np.any(value == 0)):
                    yield _Run(sample, value, gradient(site.term, sample))
            except NotEvaluable:
                continue


def _arrays(site: Site, variables: Sequence[Var]) -> Iterator[Sample]:
    masks = [v for v in variables if MASK.search(v.name)]
    for ndim in (1, 2, 3):
        for row in _of_each(site):
            array = np.broadcast_to(np.array(row), (2,) * (ndim - 1) + (len(row),))
            yield {v: A_GUARD if is_guard(v) else A_COUNT if is_count(v) else array for v in variables}
        if not site.samples:
            for sample in rows(variables, frozenset(), ndim, ordinary=True):
                if not _are_some_equal(sample):
                    yield sample
                if masks:
                    yield sample | {v: np.zeros_like(sample[v]) for v in masks}


def _are_some_equal(sample: Sample) -> bool:
    """Whether two arrays of a sample are the same: nothing of the code says that they ever are."""
    arrays = [x for x in sample.values() if np.ndim(x)]
    return any(np.array_equal(one, other) for one, other in combinations(arrays, 2))


def _numbers(site: Site) -> tuple[float, ...]:
    return tuple(x for x in site.samples if not isinstance(x, tuple))


def _of_each(site: Site) -> tuple[tuple[float, ...], ...]:
    """The rows among the samples of a site: a number for each variable, or arrays."""
    return tuple(x for x in site.samples if isinstance(x, tuple))
