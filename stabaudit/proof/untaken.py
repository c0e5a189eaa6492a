"""A step in the branch that `where` does not take: its slope is infinite there, and 0 * inf is nan.

It is to blame if the choice is what keeps it from its fault, and if the gradient is right once it is given something
harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import is_count, is_guard, is_shaped, value_variables
from stabaudit.proof.discarded import is_near_zero
from stabaudit.proof.floats import Floats
from stabaudit.proof.gradient import Gradient, gradient
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import At, Site, told
from stabaudit.proof.runs import admitted, holds
from stabaudit.proof.samples import A_COUNT, A_GUARD, FAR, Sample, points, rows
from stabaudit.proof.value_text import exactly, show
from stabaudit.records import Record
from stabaudit.terms import App, Const, Term, Var, applications, walk

#: What a count may be as well where the code asks for it, and rows of nothing but zeros.
NOTHING = (0.0, (0.0, 0.0))
#: So many inputs of arrays are tried with each way, among those at fault and among the others.
MOST_TRIED = 12
#: How far what is cured may be off.
CLOSE = 1e-6
#: What is nearer to zero than this, beside parts that cancel, is measured against it.
LEAST = 1e-3
#: Numbers of hits and misses, which have no gradient.
HITS = re.compile(r"(?:^|[._])(?:[tf][pn]s?|(?:true|false)_(?:positive|negative)s?)$")
#: Numbers that a call makes of nothing that has a gradient.
MADE = re.compile(
    r"^(?:\w+\.)*(?:arange|range|iota|linspace|logspace|meshgrid|eye|indices|one_hot|argsort|argmax|argmin|size|numel"
    r"|rand(?:n|int|perm|om)?|uniform|normal|bernoulli)\("
)
#: What a prediction is held against.
LABELS = re.compile(r"(?:^|[._(\s])(?:\w+_)?labels?\b|\by_true\b")
#: Questions of Python about objects.
ABOUT_OBJECTS = re.compile(r"\bis (?:not )?None$|^(?:isinstance|issubclass|hasattr|callable)\(")
#: Names of switches.
SWITCH = re.compile(r"(?:^|[._])(?:use|is|has|with|should|enable|do)_\w+$")
#: Operations that compare two values.
COMPARED = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
#: Names of what has no gradient.
WITHOUT = (HITS, MADE, LABELS, ABOUT_OBJECTS, SWITCH)
#: Operations that put conditions together.
CONNECTED = frozenset({"and", "or", "not"})
#: Names of what is not negative: lengths, widths and the like.
LENGTH = re.compile(
    r"(?:^|[._])(?:d?r|dr\d+|d|dists?|distances?|radius|radii|norms?|lengths?|var|variances?|std|sigmas?|mass(?:es)?|[A-Za-z]*_?norm)\d*_?$",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z_]\w*")
#: What is nan or infinite by its name: `np.nan`, `nan_tensor`, `dtype(np.inf)`.
NO_NUMBER = re.compile(r"(?<![a-z])(?:nan|inf(?:inity)?)(?![a-z])", re.IGNORECASE)


class Way(Record):
    """Steps in the branches of a choice, and the choice with something harmless for them where these are not taken."""

    steps: Sequence[Term]
    cure: Term


class Blamed(Record):
    """The way that cures most inputs, and the first of these."""

    way: int
    witness: Witness
    at: At


class _Run(Record):
    """What a choice gives at an input, or at many."""

    sample: Sample
    value: Any
    back: Gradient


def judge(site: Site, ways: Sequence[Way]) -> Blamed | None:
    """Which of the ways cures the gradient of the choice `site`, if it is at fault anywhere."""
    assert isinstance(site.term, App)
    variables = value_variables([site.term])
    exponents = _exponents(site.term)
    fractions = {v for part in applications(site.term.args[0]) for v in _held_against_number(part, fraction=True)}
    asked = [v for v in variables if v in fractions or not (_has_none(v) or v in exponents)]
    moved = held_against(site.term.args[0])
    runs = [*_runs(site, variables, moved)]
    lost = [_lost(site, run, asked) for run in runs]
    if not any(map(np.any, lost)):
        return None
    runs, lost = _fewer(runs, lost)
    best: Blamed | None = None
    most = 0
    for number, way in enumerate(ways):
        cured = [_cured(run, there, way.cure, asked) for run, there in zip(runs, lost, strict=True)]
        count = sum(int(np.sum(there)) for there in cured if there is not None)
        if (
            any(there is None for there in cured)
            or count <= most
            or any(_is_met(site, step, variables, moved) for step in way.steps)
        ):
            continue
        run, there = next((r, c) for r, c in zip(runs, cured, strict=True) if np.any(c))
        best, most = Blamed(number, *_told(site.term, run, there, asked)), count
    return best


def _fewer(runs: Sequence[_Run], lost: Sequence[Any]) -> tuple[list[_Run], list[Any]]:
    """Some of the inputs at which the gradient is lost, and some of the others, from near and far."""
    at_fault = [i for i, there in enumerate(lost) if np.any(there)]
    sound = [i for i, there in enumerate(lost) if not np.any(there)]
    kept = [i for some in (at_fault, sound) for i in some[:: -(-len(some) // MOST_TRIED) or 1]]
    return [runs[i] for i in kept], [lost[i] for i in kept]


def _has_none(variable: Var) -> bool:
    """Whether a variable has no gradient: it counts, or keeps something from zero, or is made of nothing."""
    return is_count(variable) or is_guard(variable) or any(p.search(variable.name) for p in WITHOUT)


def held_against(condition: Term) -> Sequence[Var]:
    """What a condition holds against numbers or asks the truth of: of these it says that they may be anything.

    A call that is not looked into is no number of its own beside what it is given.
    """
    found: dict[Var, None] = {}
    for part in _asked_in(condition):
        if isinstance(part, App) and part.op in COMPARED and not any(map(_is_number, part.args)):
            continue
        found |= dict.fromkeys(_reached(part))
    names = {v.name for v in condition.variables}
    return [
        v
        for v in found
        if not (is_guard(v) or NO_NUMBER.search(v.name) or ABOUT_OBJECTS.search(v.name) or _hangs_on(v, names))
    ]


def _reached(term: Term) -> Iterator[Var]:
    """The variables that a value is made of; what a choice in it compares with others is none."""
    if isinstance(term, Var):
        yield from value_variables([term])
    elif isinstance(term, App):
        chooses = term.op in ("where", "branch")
        if chooses:
            yield from held_against(term.args[0])
        for operand in term.args[1:] if chooses else term.args:
            yield from _reached(operand)


def _asked_in(condition: Term) -> Iterator[Term]:
    if isinstance(condition, App) and condition.op in CONNECTED:
        for part in condition.args:
            yield from _asked_in(part)
    else:
        yield condition


def _is_number(side: Term) -> bool:
    """Whether a side of a comparison is a number, or a tiny one under a name."""
    variables = value_variables([side])
    return all(is_guard(v) or (not WORD.findall(v.name.partition("(")[2]) and "(" in v.name) for v in variables)


def _hangs_on(variable: Var, names: Set[str]) -> bool:
    """Whether a variable is a call of numbers, or of others among these names."""
    if "(" not in variable.name:
        return False
    words = set(WORD.findall(variable.name.partition("(")[2]))
    return not words or not words.isdisjoint(names - {variable.name})


def _runs(site: Site, variables: Sequence[Var], moved: Sequence[Var]) -> Iterator[_Run]:
    assert isinstance(site.term, App)
    for sample in _samples(variables, moved, site.term.args[0], shaped=is_shaped(site.term)):
        if not is_shaped(site.term) or holds(site.guards, sample):
            try:
                back = gradient(site.term, sample)
                yield _Run(sample, Floats(sample).run(site.term), back)
            except NotEvaluable:
                continue


def _samples(variables: Sequence[Var], moved: Sequence[Var], condition: Term, *, shaped: bool) -> Iterator[Sample]:
    """Inputs, many at once where elements do not matter to each other; what is not `moved` is 1.

    A count is what it always is unless the condition compares it with a number.
    """
    compared = {v for part in applications(condition) for v in _held_against_number(part)}
    counts = [v for v in moved if is_count(v) and v not in compared]
    if not moved:
        return
    if not shaped:
        found: Iterable[Sample] = (points(moved, frozenset(), far=FAR, more=NOTHING),)
    else:
        found = (s for n in (1, 2) for s in rows(moved, frozenset(), n, ordinary=False, more=NOTHING))
    for sample in found:
        size = np.shape(sample[moved[0]])
        sample |= {v: np.where(sample[v] == 0, A_COUNT, sample[v]) for v in counts}
        sample |= {v: np.abs(sample[v]) for v in moved if LENGTH.search(v.name)}
        yield sample | {v: np.full(size, _usual(v)) for v in variables if v not in moved}


def _usual(variable: Var) -> float:
    """What a variable is that nothing is asked of."""
    if NO_NUMBER.search(variable.name):
        return np.nan
    return float(A_GUARD if is_guard(variable) else A_COUNT if is_count(variable) else 1.0)


def _exponents(term: Term) -> frozenset[Var]:
    """The variables that are exponents and nothing else: numbers that somebody chose."""
    powers = [part for part in applications(term) if part.op == "pow"]
    within = frozenset[Var]().union(*(p.args[1].variables for p in powers))
    elsewhere = {v for part in applications(term) if part.op != "pow" for a in part.args if isinstance(v := a, Var)}
    return within - elsewhere - {p.args[0] for p in powers}


def _held_against_number(comparison: App, *, fraction: bool = False) -> Iterator[Var]:
    """What is compared with a number, which may have to be a `fraction`: what is held against that is no count."""
    if comparison.op in COMPARED:
        one, other = comparison.args
        for mine, its in ((one, other), (other, one)):
            if isinstance(mine, Var) and isinstance(its, Const) and (its.value.denominator != 1 or not fraction):
                yield mine


def _lost(site: Site, run: _Run, asked: Sequence[Var]) -> Any:
    """Where value and true gradient are finite and the computed one is not: of one input, or of each among many."""
    assert isinstance(site.term, App)
    asked_of = _is_finite(site.term.args[0], run.sample)
    computed, true = ([np.isfinite(flows[v]) for v in asked] for flows in run.back)
    near = [is_near_zero(run.sample[v]) for v in asked]
    if is_shaped(site.term):
        plain = np.all(np.isfinite(run.value)) and not any(map(np.any, near)) and np.all(asked_of)
        return np.bool_(plain and any(np.all(t) and not np.all(c) for t, c in zip(true, computed, strict=True)))
    shape = np.shape(next(iter(run.sample.values())))
    fit = np.isfinite(np.broadcast_to(run.value, shape)) & admitted(site.guards, run.sample, shape)
    fit = fit & np.broadcast_to(asked_of, shape)
    off = [fit & t & ~c for t, c in zip(true, computed, strict=True)]
    return np.logical_or.reduce(off) & ~np.logical_or.reduce(near) if off else np.zeros(shape, dtype=bool)


def _is_finite(condition: Term, sample: Sample) -> Any:
    """Where all that a condition compares is a number: it is not what keeps `x / w < 1` from a width of 0."""
    run = Floats(sample)
    found: Any = np.True_
    shaped = is_shaped(condition)
    for part in applications(condition):
        for side in part.args if part.op in COMPARED else ():
            there = np.isfinite(run.run(side))
            found = found & (np.all(there) if shaped else there)
    return found


def _cured(run: _Run, lost: Any, cure: Term, asked: Sequence[Var]) -> Any:
    """Where among what is lost a rewrite has the true gradient; `None` if anywhere it is another function."""
    try:
        back, value = gradient(cure, run.sample), Floats(run.sample).run(cure)
    except NotEvaluable:
        return None
    if np.shape(value) != np.shape(run.value):
        return None
    if not np.array_equal(value, run.value, equal_nan=True):
        return None
    cured = np.ones(np.shape(lost), dtype=bool)
    for v in asked:
        was, true, now = (np.asarray(flows[v]) for flows in (run.back.computed, run.back.true, back.computed))
        with np.errstate(all="ignore"):
            off = ~(np.abs(now - true) <= CLOSE * np.maximum(np.abs(true), LEAST))
            right = np.isfinite(true) & np.isfinite(was)
            if np.any(right & off & (np.abs(now - was) > CLOSE * np.maximum(np.abs(was), LEAST))):
                return None
        bad = off & np.isfinite(true)
        cured = cured & (~np.any(bad) if np.ndim(lost) == 0 else ~bad)
    return cured & lost


def _told(term: Term, run: _Run, cured: Any, asked: Sequence[Var]) -> tuple[Witness, At]:
    """The first input of a run that is cured, with its value and its gradient."""
    sample, value, back = run
    if np.ndim(cured):
        i = int(np.flatnonzero(cured)[0])
        value = np.broadcast_to(value, np.shape(cured))[i]
        sample = {v: x[i] for v, x in sample.items()}
        back = Gradient(*({v: flow[i] for v, flow in flows.items()} for flows in back))
    fault = next(v for v in asked if np.all(np.isfinite(back.true[v])) and not np.all(np.isfinite(back.computed[v])))
    at = tuple((v, exactly(x)) for v, x in sample.items() if v in term.variables)
    said = "the gradient" if len(asked) == 1 else f"the gradient by `{' '.join(fault.name.split())}`"
    note = f"{said} is {show(back.computed[fault])}, not {show(back.true[fault])}"
    text = show(value)
    return Witness(told(at), text, text, text, note, "error"), at


def _is_met(site: Site, step: Term, variables: Sequence[Var], moved: Sequence[Var]) -> bool:
    """Whether the step is infinite where its branch is taken: then it is not the choice that keeps it from that."""
    assert isinstance(site.term, App)
    condition, yes, _ = site.term.args
    first, shaped = any(part == step for part in walk(yes)), is_shaped(site.term)
    for sample in _samples(variables, moved, condition, shaped=shaped):
        near = np.logical_or.reduce([np.any(n) if shaped else n for n in (is_near_zero(sample[v]) for v in moved)])
        run = Floats(sample)
        try:
            taken = np.asarray(run.run(condition), dtype=bool)
            infinite = np.isinf(run.run(step)) & (taken if first else ~taken)
            allowed = holds(site.guards, sample) if shaped else admitted(site.guards, sample, np.shape(near))
            if np.any(infinite & allowed & ~near):
                return True
        except (NotEvaluable, ValueError):
            continue
    return False
