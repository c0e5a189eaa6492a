"""A value as it was computed beside the same value as it is computed now: right where it was wrong, nowhere worse.

Both are the steps of real code, before and after a fix. They are run on the same inputs; where they differ, or hang on
rounding, the true value decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from stabaudit.proof.assumptions import is_count, is_shaped, positive_variables, value_variables
from stabaudit.proof.error import rounded
from stabaudit.proof.exact import NOTHING, exact
from stabaudit.proof.floats import Floats
from stabaudit.proof.infinite import lost_at_infinity
from stabaudit.proof.narrow import lost_in_float32
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.proof.noise import amplified
from stabaudit.proof.question import ALTOGETHER, At, Shortfall, Site
from stabaudit.proof.reach import is_out_of_range
from stabaudit.proof.runs import admitted, holds, runs, smallest_measure
from stabaudit.proof.samples import FAR, VALUES, Sample, points
from stabaudit.proof.value_text import show
from stabaudit.records import Record
from stabaudit.terms import Term, Var

#: Values that differ by more than this, relative to their size, differ by more than rounding.
FAR_OFF = 1e-6
#: A result is worse if its error is so many times that of the original, and more than so many units of rounding.
TIMES, UNITS = 4.0, 16.0
#: A value hangs on rounding if it takes so many times the error of a step.
HANGS = 1e9
#: Of how many inputs of each kind the true value is asked for: it takes longer than all the rest.
MOST = 4
#: Beyond the values that formulas are judged on: one, where `1 - p` is zero, exponents near the limits, and alone
#: what has no square.
MORE, FURTHER = (1.0, -1.0, 300.0, -300.0, 700.0, -700.0), (1e200, -1e200)
#: What the variables are, one time and the other, that a shortfall may not hang on.
PLAIN = (0.6875, 0.3125)
#: From which relative error on a value is lost that is made of more than the formula.
LOST = 0.5
#: The truth is asked for with so many bits, which decide `1 + 1e-300`: with more it may take seconds.
BITS = 2560
EPS, TINY = float(np.finfo(float).eps), float(np.finfo(float).tiny)


class _Pair(Record):
    """The values of both sides on one input."""

    sample: Sample
    old: Any
    new: Any
    #: Whether a step overflows on the way to each, which takes a run of its own to say.
    overflow: Callable[[], tuple[bool, bool]]


def compare(site: Site, after: Term, *, itself: bool = False, own: frozenset[Var] | None = None) -> Shortfall | None:
    """Why `after` may not take the place of the term of `site`; `None` if it may.

    A shortfall has to be there whatever the variables are that are not its `own`, if these are given: `y - sigmoid(x)`
    may cancel, and nobody is to blame.

    What is worse comes before what is as wrong as before. A value is as wrong if it is off altogether: beside `itself`,
    or else, where it is tiny, beside what it is computed from.
    """
    # What the formula is a function of may be said in other names than what is compared.
    known = site.term.variables
    site = site._replace(inputs=tuple(i for i in site.inputs if i.variables <= known))
    found = None
    for pair in _pairs(site, after):
        if isinstance(pair, Shortfall):
            return pair
        shortfall = _judged(site, pair, itself=itself)
        if shortfall is not None and own is not None and not _stays(site, after, pair.sample, own, itself=itself):
            continue
        if shortfall is not None and shortfall.fault == "worse":
            return shortfall
        found = found or shortfall
    if found is None:
        variables = value_variables([site.term, after, *site.guards])
        infinite = lost_at_infinity(site, after, variables, positive_variables(site.term))
        return lost_in_float32(site, after, variables) or infinite
    return found


def _pairs(site: Site, after: Term) -> Iterator[_Pair | Shortfall]:
    """The inputs worth asking the truth of."""
    variables = value_variables([site.term, after, *site.guards])
    positive = positive_variables(site.term)
    if is_shaped(site.term) or is_shaped(after):
        asked = 0
        for ordinary in (False, True):
            for sample, run, old in runs(site, variables, positive, ordinary=ordinary, shapes=True):
                now = Floats(sample)
                try:
                    new = now.run(after)
                except NotEvaluable as error:
                    yield Shortfall("worse", f"the rewrite cannot be computed where the original can ({error})")
                    return
                if not _are_numbers(old, new):
                    return
                if np.shape(old) != np.shape(new):
                    yield Shortfall("worse", "the rewrite has a different shape")
                    return
                if asked == 2 * MOST:
                    return
                if any(np.any(kind) for kind in _kinds(site, after, sample, run, now, old, new)):
                    asked += 1
                    yield _Pair(sample, old, new, partial(_harm, run, now))
        return
    sample = points(variables, positive, values=(*VALUES, *MORE), far=(*FAR, *FURTHER))
    run, now = Floats(sample), Floats(sample)
    try:
        old = run.run(site.term)
    except NotEvaluable:
        return
    try:
        new = now.run(after)
    except NotEvaluable as error:
        yield Shortfall("worse", f"the rewrite cannot be computed where the original can ({error})")
        return
    if not _are_numbers(old, new):
        return
    size = (len(next(iter(sample.values()))),) if sample else ()
    old, new = np.broadcast_to(old, size), np.broadcast_to(new, size)
    allowed = admitted(site.guards, sample, size)
    seen: set[int] = set()
    for kind in _kinds(site, after, sample, run, now, old, new, _zeros(sample)):
        weight = np.where(allowed, kind, 0)
        for i in _largest(weight):
            if i not in seen:
                seen.add(i)
                one = {v: x[i] for v, x in sample.items()}
                yield _Pair(one, old[i], new[i], partial(_overflow, site.term, after, one))


def _are_numbers(*values: Any) -> bool:
    """Whether they can be off by a little, as truth values cannot."""
    return all(np.asarray(value).dtype.kind == "f" for value in values)


def _largest(weight: Any) -> Sequence[int]:
    order = np.argsort(-weight, kind="stable")[:MOST]
    return [int(i) for i in order if weight[i] > 0]


def _kinds(
    site: Site, after: Term, sample: Sample, run: Floats, now: Floats, old: Any, new: Any, zeros: Any = 1.0
) -> Iterator[Any]:
    """What makes an input worth a question, each with how much, element by element, and of zero so much as `zeros`."""
    with np.errstate(all="ignore"):
        lost = ~np.isfinite(new)
        # What only the rewrite loses comes first: of the others most have no true value.
        yield (lost & np.isfinite(old)).astype(float)
        yield (lost & ~np.isfinite(old)).astype(float)
        off = np.abs(new - old) / np.maximum(np.maximum(np.abs(new), np.abs(old)), TINY)
        off = np.where(np.isfinite(off), off, 0.0)
        yield np.where(off > FAR_OFF, off, 0.0)
        # Of small differences those in which the original could be the better one.
        yield np.where((off <= FAR_OFF) & (off > UNITS * EPS), off, 0.0)
    hangs = np.where(lost, 0.0, amplified(after, sample, new))
    hangs = np.where(hangs > HANGS, hangs, 0.0)
    yield np.where(new != 0, hangs, 0.0)
    # What is taken from itself is nothing, and rightly so; of large numbers what is left may be below all floats.
    yield np.where((new == 0) & (hangs > 0), zeros, 0.0)
    if not site.quiet and np.any(now.overflow):
        there = now.overflow if np.shape(now.overflow) == np.shape(new) else np.any(now.overflow)
        yield np.where(there & ~lost, 1.0, 0.0)


def _zeros(points: Sample) -> Any:
    """How much a result of zero is worth a question at each of many points: nothing where variables are of one size."""
    sizes = [np.abs(x) for x in points.values()]
    # Sorted, as there may be a thousand variables, and a million pairs of them.
    ordered = np.sort(np.asarray(sizes), axis=0)
    return np.where(np.all(ordered[1:] != ordered[:-1], axis=0), 1 / (1 + sum(sizes)), 0.0)


def _judged(site: Site, pair: _Pair, *, itself: bool, altogether: float = ALTOGETHER) -> Shortfall | None:
    # A formula of one number is given that number itself, and is asked about any.
    if len(pair.sample) > 1 and is_out_of_range(site, pair.sample):
        return None
    try:
        true = rounded(exact(site.term, pair.sample, NOTHING, BITS))
    except (Undefined, NotEvaluable):
        return None
    if not np.all(np.isfinite(true)):
        return None
    size = np.maximum(np.abs(true), TINY)
    with np.errstate(all="ignore"):
        before, after = (_error(value, true, size) for value in (pair.old, pair.new))
    allowed = UNITS * EPS * (1 + _spread(pair.sample))
    worse = (after > allowed) & (after > TIMES * before)
    if np.any(worse) and np.any(worse & (after * size > allowed * _size_nearby(site.term, pair.sample, true))):
        says = f"it gives {show(pair.new)}, the original {show(pair.old)}, the true value is {show(true)}"
        return Shortfall("worse", says, _shown(pair.sample))
    floor = 1.0 if itself else np.maximum(1.0, smallest_measure(site, pair.sample) / size)
    if np.any((after > altogether * floor) & (after * 10 > np.minimum(before, 1.0))):
        says = f"it gives {show(pair.new)} as well, the true value is {show(true)}"
        return Shortfall("as wrong", says, _shown(pair.sample))
    if site.quiet or site.digits or _is_far(pair.sample):
        return None
    before_overflows, after_overflows = pair.overflow()
    if after_overflows:
        if not before_overflows:
            says = "an intermediate step overflows, which the original does not"
            return Shortfall("worse", says, _shown(pair.sample))
        return Shortfall("as wrong", "an intermediate step still overflows", _shown(pair.sample))
    return None


def _shown(sample: Sample) -> At:
    return tuple((v, show(x)) for v, x in sample.items())


def _stays(site: Site, after: Term, sample: Sample, own: frozenset[Var], *, itself: bool) -> bool:
    """Whether the values fall short when all variables that are not `own` have plain values, too."""
    if own >= sample.keys():
        return True
    if _is_far(sample):
        return False
    for plain in PLAIN:
        moved = {v: x if v in own or is_count(v) else np.full_like(x, plain) for v, x in sample.items()}
        run, now = Floats(moved), Floats(moved)
        try:
            pair = _Pair(moved, run.run(site.term), now.run(after), partial(_harm, run, now))
        except NotEvaluable:
            return False
        if not holds(site.guards, moved) or _judged(site, pair, itself=itself, altogether=LOST) is None:
            return False
    return True


def _size_nearby(term: Term, sample: Sample, true: Any) -> Any:
    """The size of the true value, or of one nearby where it has another sign: nobody knows where a function is zero."""
    size = np.where(true == 0, 1.0, np.abs(true))
    for factor in (0.5, 2.0):
        try:
            there = rounded(exact(term, {v: x * factor for v, x in sample.items()}, NOTHING, BITS))
        except (Undefined, NotEvaluable):
            continue
        if np.shape(there) == np.shape(true) and np.all(np.isfinite(there)):
            size = np.where(there * true < 0, np.maximum(size, np.abs(there)), size)
    return size


def _overflow(old: Term, new: Term, sample: Sample) -> tuple[bool, bool]:
    run, now = Floats(sample), Floats(sample)
    run.run(old)
    now.run(new)
    return _harm(run, now)


def _harm(run: Floats, now: Floats) -> tuple[bool, bool]:
    return _harms(run), _harms(now)


def _harms(run: Floats) -> bool:
    """Whether a step leaves the float range, and not as the logarithm of zero does."""
    return bool(np.any(run.overflow)) and not bool(np.any(run.domain))


def _is_far(sample: Sample) -> bool:
    return any(np.any(np.abs(x) >= FURTHER[0]) for x in sample.values())


def _error(value: Any, true: Any, size: Any) -> Any:
    """The error of each element, infinite for what is no number."""
    error = np.abs(value - true) / size
    return np.where(np.isfinite(value), error, np.inf)


def _spread(sample: Sample) -> float:
    """How large the exponents are whose differences are rounded, numbers or logarithms of numbers; one has none."""
    if len(sample) == 1 and all(np.ndim(x) == 0 for x in sample.values()):
        return 0.0
    sizes = [np.abs(np.asarray(x, dtype=float)) for x in sample.values()]
    logs = {v: np.log(size[size > 0]) for v, size in zip(sample, sizes, strict=True)}
    return max(_largest_in(sample), _largest_in(logs))


def _largest_in(sample: Mapping[Var, Any]) -> float:
    return max((float(np.max(np.abs(x))) for x in sample.values() if np.size(x)), default=0.0)
