"""The inputs on which an expression is run, each with the run: what is known to hold at the place holds for them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np

from stabaudit.proof.assumptions import elements, is_shaped, puts_an_axis_back, value_variables
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.peaks import unimodal_exponents
from stabaudit.proof.question import Site
from stabaudit.proof.samples import Sample, rows
from stabaudit.terms import App, Const, Lit, Term, Var, applications
from stabaudit.terms.arithmetic import ONE, addends, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand
from stabaudit.terms.size import to_float

#: What is clipped at no more than this is kept from zero.
TINY = 1e-6


def runs(
    site: Site, variables: list[Var], positive: frozenset[Var], *, ordinary: bool, shapes: bool = False
) -> Iterator[tuple[Sample, Floats, Any]]:
    """The site run on arrays, of as many dimensions as it works with: one and two, else three or four.

    Code that gives a sum its axis again is meant for two; of one it may still have a value, whose shape is asked for
    where all `shapes` are. An element of an array is one there.
    """
    ranked = any(v.rank == 1 for v in variables)
    # What is known to have two dimensions never has one.
    tabular = any(v.rank == 2 for v in variables) and not ranked
    peaks = unimodal_exponents(site.term)
    raised = _raised(site.term)
    worked = False
    fewest = 2 if tabular or (puts_an_axis_back(site.term) and not shapes) else 1
    for ndim in range(fewest, 3 if tabular else 5):
        if worked and (ranked or ndim > 2):
            return
        far = site.digits and not ordinary
        for sample in rows(variables, positive, ndim, ordinary=ordinary, more=site.samples, far=far):
            if ndim > 1 and any(np.ndim(sample[v]) == ndim for v in raised if v in sample):
                continue
            for tied in _tied(sample) if shapes else (sample,):
                run = Floats(tied)
                try:
                    value = run.run(site.term)
                    worked = True
                    if holds(site.guards, tied) and all(_has_its_peak(run.run(p)) for p in peaks):
                        yield tied, run, value
                except NotEvaluable:
                    continue


def _raised(term: Term) -> frozenset[Var]:
    """The variables that get an axis more in front, `w[np.newaxis]`, beside others that have as many as they have."""
    views = [part for part in applications(term) if part.op == "index" and isinstance(part.args[0], Var)]
    in_front = all(view.attr("slots") == Lit(("newaxis",)) for view in views)
    found = frozenset(view.args[0] for view in views if isinstance(view.args[0], Var))
    return found if in_front and found < term.variables else frozenset()


def _tied(sample: Sample) -> Iterator[Sample]:
    """A sample in which the elements of an array are those of it, each time others; none where it is a number."""
    found = elements(list(sample))
    if not found:
        yield sample
    elif all(np.ndim(sample[row]) for row, _ in found.values()):
        for turn in range(2):
            yield sample | {v: sample[row][(place + turn) % len(sample[row])] for v, (row, place) in found.items()}


def _has_its_peak(exponents: Any) -> bool:
    """Whether somewhere along each line of an array, in every direction, the exponent is near zero."""
    return all(np.min(np.max(exponents, axis=axis)) > -1 for axis in range(np.ndim(exponents))) and bool(
        np.max(exponents) > -1
    )


def smallest_measure(site: Site, sample: Sample) -> Any:
    """What an error is measured against where the result is smaller: the largest input, at most 1."""
    if site.relative:
        return np.finfo(np.float64).smallest_normal
    if not site.digits:
        return np.float64(1.0)
    if any(map(_is_kept_from_zero, site.inputs)):
        return np.float64(np.inf)
    largest = np.float64(0.0)
    for term in site.inputs or sample:
        value = np.abs(Floats(sample).run(term))
        largest = np.maximum(largest, np.max(value) if is_shaped(site.term) else value)
    return np.minimum(1.0, largest)


@lru_cache(maxsize=1 << 10)
def _is_kept_from_zero(term: Term) -> bool:
    """Whether a clip raises what is smaller than a tiny number, or one is added: such errors are none then."""
    value = normal(expand(term))
    if any(rest == ONE and 0 < abs(coefficient) <= TINY for coefficient, rest in map(split, addends(value))):
        return bool(value.variables)
    _, clip = split(value)
    if not isinstance(clip, App) or clip.op not in ("maximum", "minimum"):
        return False
    floors = (to_float(a.value) for part in applications(clip) for a in part.args if isinstance(a, Const))
    return any(0 < floor <= TINY for floor in floors)


def admitted(guards: Iterable[Term], sample: Sample, size: tuple[int, ...]) -> Any:
    """Whether the guards hold for each of many points, as far as they can be computed point by point."""
    allowed: Any = np.ones(size, dtype=bool)
    for guard in guards:
        # A guard may be an array with axes of its own.
        with suppress(NotEvaluable, ValueError):
            allowed = allowed & np.broadcast_to(_truth(guard, sample), size)
    return allowed


def _compares(guard: Term) -> bool:
    while isinstance(guard, App) and guard.op in ("not", "same"):
        guard = guard.args[0]
    return isinstance(guard, App) and guard.op in ("lt", "le", "gt", "ge")


def holds(guards: Iterable[Term], sample: Sample) -> bool:
    """Whether the guards hold for all of an input, as far as they can be computed."""
    for guard in guards:
        with suppress(NotEvaluable):
            if not np.all(_truth(guard, sample)):
                return False
    return True


def _truth(guard: Term, sample: Sample) -> Any:
    """Whether a guard holds.

    What it compares with and nothing else reads is a threshold, which somebody chose: it is 1. Of any other such value
    the guard holds if it does for one of two.
    """
    others = [v for v in value_variables([guard]) if v not in sample]
    chosen = (1.0, 0.0) if others and not _compares(guard) else (1.0,)
    tried = [Floats({**sample, **{v: np.float64(value) for v in others}}) for value in chosen]
    return functools.reduce(np.logical_or, [np.asarray(run.run(guard), dtype=bool) for run in tried])
