"""The verdict on what computes something else than was meant: a sum without `keepdims`, a guard that is reached."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import is_shaped
from stabaudit.proof.error import rounded
from stabaudit.proof.exact import NOTHING, exact
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.proof.question import ALTOGETHER, TOLERANCE, Site, Verdict, told
from stabaudit.proof.runs import admitted, runs
from stabaudit.proof.samples import Sample, points, rows
from stabaudit.proof.value_text import exactly, show
from stabaudit.terms import Term, Var


def judged(site: Site, intended: Term | None, variables: list[Var], positive: frozenset[Var]) -> Verdict:
    """The verdict where `intended` was meant: on ordinary input, or wherever the difference is no mere guard's."""
    assert intended is not None
    return (_saturated if site.floored else _misuse)(site, intended, variables, positive)


def _saturated(site: Site, intended: Term, variables: list[Var], positive: frozenset[Var]) -> Verdict:
    """A fault of a guard: what is written stays at the guard where the value that is meant goes on."""
    for sample, value in _far_out(site, variables, positive):
        try:
            right = rounded(exact(intended, sample, NOTHING))
        except (Undefined, NotEvaluable):
            continue
        if not np.all(np.isfinite(right)) or np.shape(right) != np.shape(value):
            continue
        if np.any(~(np.abs(value - right) <= ALTOGETHER * np.maximum(np.abs(right), 1.0))):
            at = tuple((v, exactly(x)) for v, x in sample.items() if v in site.term.variables)
            return Verdict(Witness(told(at), show(value), show(right), show(right), None, "warning"), at=at)
    return Verdict(None)


def _far_out(site: Site, variables: list[Var], positive: frozenset[Var]) -> Iterator[tuple[Sample, Any]]:
    """The site at all inputs that hold there."""
    if is_shaped(site.term):
        yield from ((sample, value) for sample, _, value in runs(site, variables, positive, ordinary=False))
        return
    sample = points(variables, positive)
    count = len(next(iter(sample.values()), ()))
    with contextlib.suppress(NotEvaluable):
        values = np.broadcast_to(Floats(sample).run(site.term), (count,))
        for i in np.flatnonzero(admitted(site.guards, sample, (count,))):
            yield {v: s[i] for v, s in sample.items()}, values[i]


def _misuse(site: Site, intended: Term, variables: list[Var], positive: frozenset[Var]) -> Verdict:
    """A fault of meaning: what is written differs from what was meant, or fails, on ordinary input."""
    if _agree_on_a_row(site, intended, variables, positive):
        # Of an array with one axis it would be right, and nothing says that there are more.
        return Verdict(None)
    for sample in rows(variables, positive, 2, ordinary=True):
        try:
            meant = Floats(sample).run(intended)
        except NotEvaluable:
            continue
        at = tuple((v, exactly(x)) for v, x in sample.items())
        try:
            value = Floats(sample).run(site.term)
        except NotEvaluable:
            error = "an error: the shapes do not match"
            return Verdict(Witness(told(at), error, show(meant), show(meant)), at=at)
        if np.shape(value) != np.shape(meant) or not np.allclose(value, meant, rtol=TOLERANCE, atol=0):
            return Verdict(Witness(told(at), show(value), show(meant), show(meant)), at=at)
    return Verdict(None)


def _agree_on_a_row(site: Site, intended: Term, variables: list[Var], positive: frozenset[Var]) -> bool:
    """Whether both are the same for arrays of one axis, and can be computed there."""
    same = 0
    for sample in rows(variables, positive, 1, ordinary=True):
        with contextlib.suppress(NotEvaluable):
            meant, value = Floats(sample).run(intended), Floats(sample).run(site.term)
            # What is meant keeps an axis of length one.
            if not np.allclose(np.squeeze(value), np.squeeze(meant), rtol=TOLERANCE, atol=0):
                return False
            same += 1
    return same > 0
