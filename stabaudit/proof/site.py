"""The verdict on one place: does this very expression go wrong, where, and does its rewrite hold?

The user's own steps are run in floats on samples of their variables. Where they leave the float
range, or differ from the stable replacement, the true value is computed in intervals; the first
confirmed fault is the witness.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.findings.severity import Severity
from stabaudit.proof import intended
from stabaudit.proof.assumptions import (
    has_deliberate_shift,
    is_constant,
    is_scale,
    is_shaped,
    is_width,
    positive_variables,
    value_variables,
)
from stabaudit.proof.error import rounded
from stabaudit.proof.exact import NOTHING, exact
from stabaudit.proof.floats import SPECIAL, Floats
from stabaudit.proof.gradient import has_gradient
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.proof.question import ALTOGETHER, TOLERANCE, UNREACHED, UNTESTED, At, Site, Verdict, told
from stabaudit.proof.reach import is_out_of_range
from stabaudit.proof.runs import admitted, runs, smallest_measure
from stabaudit.proof.samples import FAR, FARTHEST, ORDINARY, Sample, points
from stabaudit.proof.value_text import exactly, show
from stabaudit.terms import App, Term, Var
from stabaudit.terms.arithmetic import ONE

#: How many suspicious inputs are checked in intervals before the expression passes for stable.
MOST_SUSPECTS = 24

#: Of so many inputs without a known truth nobody asks for more: with tens of thousands of bits each takes a second.
MOST_UNDECIDED = 6


def judge(site: Site, replacement: Term | None, *, equal: bool = True) -> Verdict:
    """Whether the site is unstable, and whether `replacement` (in the same variables) may take its place.

    With `equal=False` the replacement is what was meant, not what is written: differing on ordinary input is the fault.
    """
    variables = value_variables([site.term])
    positive = site.positive
    shaped = is_shaped(site.term)
    if not equal:
        return intended.judged(site, replacement, variables, positive)
    if has_deliberate_shift(site.term):
        return Verdict(None)
    scales = {v for v in variables if is_scale(v)} - positive
    if scales and (usual := _judged(site, replacement, variables, positive | scales, shaped)).witness is not None:
        return usual
    widths = frozenset(filter(is_width, scales))
    return usual if scales and widths == scales else _judged(site, replacement, variables, positive | widths, shaped)


def is_at_fault(site: Site, replacement: Term | None) -> bool:
    """Whether there is a witness at all, which takes less time to say than whether the replacement holds everywhere."""
    variables, positive, shaped = value_variables([site.term]), site.positive, is_shaped(site.term)
    truths = itertools.islice(
        _with_truths(site, _suspects(site, replacement, variables, positive, shaped), replacement), MOST_SUSPECTS
    )
    return any(_confirm(site, sample, value, truth, replacement) is not None for sample, value, truth in truths)


def _judged(
    site: Site, replacement: Term | None, variables: list[Var], positive: frozenset[Var], shaped: bool
) -> Verdict:
    """The verdict where some variables are positive."""
    refuted = None
    if replacement is not None:
        # Weights that may be zero are above it on ordinary input, whatever has a limit there.
        ordinary = positive_variables(site.term) | site.nothing if site.limit else positive
        refuted = _disagreement(site, replacement, variables, ordinary, shaped)
    sound_twin = replacement if refuted is None else None
    # No witness is a constant of nature, or of a project, that is another number than it is.
    fixed = [App("eq", (v, ONE)) for v in variables if is_constant(v)]
    site = site._replace(guards=(*site.guards, *fixed))
    suspects = _suspects(site, sound_twin, variables, positive, shaped)
    truths = itertools.islice(_with_truths(site, suspects, sound_twin), MOST_SUSPECTS)
    confirmed = (_confirm(site, sample, value, truth, sound_twin) for sample, value, truth in truths)
    found = next((w for w in confirmed if w is not None), None)
    if found is None:
        return Verdict(None, refuted)
    witness, at = found
    if witness.fixed is None and replacement is not None and refuted is None:
        refuted = "the known rewrite is inaccurate there as well"
    elif sound_twin is not None and not site.digits and _fails(site, sound_twin, suspects):
        refuted = "the rewrite leaves the float range for other inputs, as the original does"
    return Verdict(witness, refuted, at)


def _suspects(
    site: Site, replacement: Term | None, variables: list[Var], positive: frozenset[Var], shaped: bool
) -> Iterator[tuple[Sample, Any]]:
    """Inputs at which the float result looks wrong."""
    if shaped:
        for sample, run, value in runs(site, variables, positive, ordinary=False):
            if np.any(_suspicious(site, run, value, replacement, sample)):
                yield sample, value
        return
    sample = points(variables, positive, far=FARTHEST if site.digits else FAR, more=site.samples)
    run = Floats(sample)
    try:
        value = run.run(site.term)
    except NotEvaluable:
        return
    count = len(next(iter(sample.values())))
    suspicious = np.broadcast_to(_suspicious(site, run, value, replacement, sample), (count,))
    allowed = admitted(site.guards, sample, (count,))
    values = np.broadcast_to(value, (count,))
    for i in np.flatnonzero(suspicious & allowed):
        yield {v: s[i] for v, s in sample.items()}, values[i]


def _suspicious(site: Site, run: Floats, value: Any, replacement: Term | None, sample: Sample) -> Any:
    fault = ~np.isfinite(value) & (not site.digits)
    if not site.quiet and not site.digits:
        # What overflows on the way to a sum or an element has another shape than that.
        there = np.shape(run.overflow) in ((), np.shape(fault))
        fault = fault | (run.overflow if there else np.any(run.overflow))
    if replacement is not None:
        try:
            right = Floats(sample).run(replacement)
            with np.errstate(all="ignore"):
                off = np.abs(value - right) > site.tolerance * np.maximum(np.abs(right), smallest_measure(site, sample))
                fault = (fault | (off & np.isfinite(value))) & np.isfinite(right)
        except (NotEvaluable, ValueError):
            pass
    return fault


def _with_truths(
    site: Site, suspects: Iterable[tuple[Sample, Any]], limit: Term | None = None
) -> Iterator[tuple[Sample, Any, Any]]:
    """The inputs where there is a true value, be it that of the stable form as a `limit`; `None` if it is not known.

    Where there is none, as in `exp(x / (a - b))` of equal a and b, it is told at once.
    """
    undecided = 0
    for sample, value in suspects:
        if is_out_of_range(site, sample):
            continue
        try:
            yield sample, value, exact(site.term, sample, NOTHING)
        except NotEvaluable:
            yield sample, value, None
            undecided += 1
            if undecided == MOST_UNDECIDED:
                return
        except Undefined:
            if site.limit and limit is not None:
                with contextlib.suppress(Undefined, NotEvaluable):
                    yield sample, value, exact(limit, sample, NOTHING)


def _confirm(site: Site, sample: Sample, value: Any, truth: Any, replacement: Term | None) -> tuple[Witness, At] | None:
    """The witness, if the true value is a number in range and the result is wrong or was reached by overflow."""
    if truth is None:
        return None
    true = rounded(truth)
    if not np.all(np.isfinite(true)):
        return None
    floor = np.max(np.asarray(smallest_measure(site, sample)))
    wrong = _is_wrong(value, true, floor, site.tolerance)
    run = Floats(sample)
    run.run(site.term)
    overflowed = bool(np.any(run.overflow))
    if not wrong and (site.quiet or site.digits or not overflowed):
        return None
    if not wrong and site.differentiated and has_gradient(site.term, sample):
        # Such libraries give no warning, and nothing else is wrong.
        return None
    fixed = None
    if replacement is not None:
        inner = Floats(sample)
        fixed = inner.run(replacement)
        overflows_as_well = bool(np.any(inner.overflow))
        if overflows_as_well and not wrong:
            # What the formula is given overflows by itself.
            return None
        if overflows_as_well or _is_wrong(fixed, true, floor, TOLERANCE):
            fixed = None
    gives, note = show(value), None
    if site.raises and (error := _exception(run)):
        gives = error
    elif overflowed and not wrong:
        note = (
            "a nan gradient under autodiff" if site.differentiated else "`exp` overflows on the way: a RuntimeWarning"
        )
    at = tuple((v, exactly(x)) for v, x in sample.items() if v in site.term.variables)
    severity = _severity(site, value, true, wrong=wrong)
    shown = None if fixed is None else show(fixed)
    return Witness(told(at) or "the values given", gives, show(true), shown, note, severity), at


def _severity(site: Site, value: Any, true: Any, *, wrong: bool) -> Severity:
    """What a fault weighs: nothing of the result is right, some of its digits are, or all."""
    if not wrong:
        return "error" if site.differentiated or site.raises else "note"
    lost = ~np.isfinite(value) | ((value == 0) & (true != 0))
    with np.errstate(all="ignore"):
        lost = lost | (np.abs(value - true) > ALTOGETHER * np.abs(true))
    return "error" if np.any(lost) else "warning"


def _fails(site: Site, replacement: Term, suspects: Iterable[tuple[Sample, Any]]) -> bool:
    """Whether the replacement is no number at an input where the formula has one."""
    # The true value, which takes longest, is asked for where the replacement fails alone.
    failed = ((s, v) for s, v in itertools.islice(suspects, MOST_SUSPECTS) if not _is_finite(replacement, s))
    return any(t is not None and np.all(np.isfinite(rounded(t))) for _, _, t in _with_truths(site, failed))


def _is_finite(term: Term, sample: Sample) -> bool:
    with contextlib.suppress(NotEvaluable):
        return bool(np.all(np.isfinite(Floats(sample).run(term))))
    return True


def _is_wrong(value: Any, true: Any, floor: Any, tolerance: float) -> bool:
    with np.errstate(all="ignore"):
        off = np.abs(value - true) > tolerance * np.maximum(np.abs(true), floor)
    return bool(np.any(off | ~np.isfinite(value)))


def _exception(run: Floats) -> str | None:
    if np.any(run.overflow):
        return "OverflowError"
    if np.any(run.zero_division):
        return "ZeroDivisionError"
    if np.any(run.domain):
        return "ValueError"
    return None


def _disagreement(
    site: Site, replacement: Term, variables: list[Var], positive: frozenset[Var], shaped: bool
) -> str | None:
    """Why the rewrite is not the same function, judged on ordinary input; `None` if it is."""
    compared = finite_values = 0
    for sample, value in _ordinary(site, variables, positive, shaped):
        size = np.shape(next(iter(sample.values()), ()))
        allowed = np.True_ if shaped else admitted(site.guards, sample, size)
        try:
            right = Floats(sample).run(replacement)
        except NotEvaluable as error:
            return f"the rewrite cannot be computed where the original can ({error})"
        if np.shape(value) != np.shape(right):
            return "the rewrite has a different shape"
        finite = np.isfinite(value) & allowed
        with np.errstate(all="ignore"):
            off = np.abs(value - right) > TOLERANCE * np.maximum(np.abs(value), 1e-9)
        lost, off = finite & np.isnan(right), off & finite
        if np.any(off) and not np.any(lost) and not shaped:
            off = off & ~_loses_there(site, sample, off, right)
        if np.any(lost) or np.any(off & ~_without_value(site, sample, off, shaped)):
            return "the rewrite differs from the original on ordinary input"
        compared += int(np.sum(finite))
        finite_values += int(np.sum(np.isfinite(value)))
    if compared:
        return None
    return UNREACHED if finite_values else UNTESTED


def _loses_there(site: Site, sample: Sample, off: Any, right: Any) -> Any:
    """Where among what is off the rewrite is right and the formula is not, as `1 - cdf(x)` is three deviations out."""
    found = np.zeros(np.shape(off), dtype=bool)
    places = np.flatnonzero(off)
    if (not site.relative and SPECIAL.isdisjoint(site.term.ops)) or len(places) > MOST_SUSPECTS:
        return found
    values = np.broadcast_to(right, np.shape(off))
    for i in places:
        with contextlib.suppress(Undefined, NotEvaluable):
            true = rounded(exact(site.term, {v: s[i] for v, s in sample.items()}, NOTHING))
            found[i] = not _is_wrong(values[i], true, 0.0, TOLERANCE)
    return found


def _without_value(site: Site, sample: Sample, off: Any, shaped: bool) -> Any:
    """Where the formula divides by zero among what is off: what floats give there depends on the sign of the zero."""
    if shaped:
        return np.bool_(np.any(off) and not _has_value(site, sample))
    found = np.zeros(np.shape(off), dtype=bool)
    for i in np.flatnonzero(off):
        found[i] = not _has_value(site, {v: s[i] for v, s in sample.items()})
    return found


def _has_value(site: Site, sample: Sample) -> bool:
    try:
        exact(site.term, sample, NOTHING)
    except Undefined:
        return False
    except NotEvaluable:
        pass
    return True


def _ordinary(site: Site, variables: list[Var], positive: frozenset[Var], shaped: bool) -> Iterator[tuple[Sample, Any]]:
    if shaped:
        yield from ((sample, value) for sample, _, value in runs(site, variables, positive, ordinary=True))
        return
    sample = points(variables, positive, values=ORDINARY)
    with contextlib.suppress(NotEvaluable):
        yield sample, Floats(sample).run(site.term)
