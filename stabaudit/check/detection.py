"""An expression found unstable, with the rewrite that may take its place or the reason why there is none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

import libcst as cst

from stabaudit.check.candidates import Candidate
from stabaudit.fix.arithmetic import other_arithmetic, promotes
from stabaudit.fix.caution import (
    hard_to_read,
    lost_array,
    lost_conversion,
    lost_gradient,
    other_axes,
    other_order,
    right_far_below,
    still_raises,
    widened,
)
from stabaudit.fix.dead import Dead, dead_after, renewed_value
from stabaudit.fix.foreign_values import stranger
from stabaudit.fix.kinds import said_inputs
from stabaudit.fix.modes import other_mode
from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.fix.overwritten import overwritten
from stabaudit.fix.propose import Place, Proposal, propose
from stabaudit.fix.readings import Read, computed_again, readings, said_twice
from stabaudit.fix.redundant_guards import redundant_guards
from stabaudit.fix.saturated import rounded_to_one
from stabaudit.fix.shifts import shifted_by_hand
from stabaudit.fix.text import Text
from stabaudit.fix.withheld import closure_hears_of, hindrance
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Verdict
from stabaudit.records import Record
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.node import Expression
from stabaudit.syntax.statements import Augment
from stabaudit.terms import Term, Var


class Detection(Record):
    """An expression found unstable, before it is told at a place in the text.

    `node` is the expression as LibCST has it, `syntax` as the syntax tree does.

    `inputs` is what the formula is a function of, as the code says it; `redundant_guards` is what only served the naive
    form, `reads` what the rewrite says of what the code says. `own`: the rewrite calls nothing but what the library
    of the expression has itself. `quiet`: warnings of overflow are off there. `raises`: its functions raise where it
    leaves the range of floats. `called` are the functions that the rewrite calls, `said` those that the formula names.
    `scope` is what is known there. `floats`: the type that it is computed in, as far as library and code tell.
    """

    node: cst.CSTNode
    syntax: Expression | Augment
    dead: Sequence[Dead]
    candidate: Candidate
    verdict: Verdict
    text: Text | None
    needs: tuple[str, ...]
    own: bool
    withheld: str | None
    unsafe: str | None
    inputs: tuple[str, ...]
    redundant_guards: tuple[str, ...]
    quiet: bool
    reads: tuple[Read, ...]
    raises: bool
    called: frozenset[str]
    said: frozenset[str]
    scope: Scope
    floats: str = "float64"


def hit(place: Place, candidate: Candidate, replacement: Term | None, verdict: Verdict) -> Detection:
    """The rewrite of the expression at `place` that was found unstable as `replacement`, if it may be replaced."""
    text: Text | None = None
    needs: tuple[str, ...] = ()
    own = True
    called = said = frozenset[str]()
    reads: tuple[Read, ...] = ()
    withheld = verdict.refuted
    unsafe = candidate.caution
    node = place.term.origin
    assert isinstance(node, cst.CSTNode)
    if replacement is None:
        withheld = "no stable form fits into one expression"
    elif withheld is None:
        withheld = hindrance(place, replacement, candidate.inputs)
    dead: list[Dead] = []
    if withheld is None:
        assert replacement is not None
        try:
            proposal, dead = _propose(place, replacement)
            if isinstance(place.term.node, Augment) and dotted(place.term.node.target) not in {
                d.name for d in dead if d.is_fresh
            }:
                raise NotRenderable("it changes an array in place")
            written = proposal.text.source
            if news := closure_hears_of(place, written):
                raise NotRenderable(f"`{news}` may be rebound before this runs")
            if (better := right_far_below(place.term, replacement)) is not None:
                raise NotRenderable(better)
            if mode := other_mode(place):
                raise NotRenderable(mode)
            unsafe = (
                unsafe
                or proposal.unsafe
                or lost_array(place, written)
                or other_axes(place, replacement)
                or rounded_to_one(place, replacement)
                or lost_conversion(place, candidate.match.bindings.values(), replacement, written)
                or other_order(place, written)
                or still_raises(place, {d.name for d in dead})
                or lost_gradient(place, replacement)
                or overwritten(place, replacement)
                or widened(place, replacement, written)
                or other_arithmetic(place, replacement)
                or stranger(place, replacement, written)
                or shifted_by_hand(replacement)
                or hard_to_read(replacement)
            )
            reads = readings(place, written, {d.name for d in dead})
            gone = {d.name for d in dead}
            unsafe = unsafe or computed_again(place, reads, gone) or said_twice(place, replacement, reads, gone)
            text, needs, own = proposal.text, proposal.needs, proposal.own
            called, said = proposal.called, proposal.said
        except NotRenderable as reason:
            withheld, dead = str(reason), []
    inputs = said_inputs(place, candidate.inputs) if text is not None else ()
    left = tuple(redundant_guards(place, candidate.bound.values())) if text is not None else ()
    quiet = place.scope.quiet
    return Detection(
        node,
        place.term.node,
        dead,
        candidate,
        verdict,
        text,
        needs,
        own,
        withheld,
        unsafe,
        inputs,
        left,
        quiet,
        reads,
        place.home.raises,
        called,
        said,
        place.scope.copy(),
        "float32" if place.home.single else "float64",
    )


def _propose(place: Place, replacement: Term) -> tuple[Proposal, list[Dead]]:
    """The rewrite, and the statements it makes dead; a name may take back the value it had before those."""
    if place.evidence.shows_locals:
        return propose(place, replacement, promotes=promotes(place, replacement)), []
    served = {d.name for d in dead_after(place.term, "", place.module)}
    # `w = np.exp(w)` goes, and what the code said of `w` before stays.
    renewed = {name: value for name in served if (value := renewed_value(place.term, name)) is not None}
    if renewed:
        with contextlib.suppress(NotRenderable):
            return _with_values_before(place, replacement, set(renewed), renewed)
    try:
        proposal = propose(place, replacement, promotes=promotes(place, replacement))
        return proposal, dead_after(place.term, proposal.text.source, place.module)
    except NotRenderable:
        if not served:
            raise
        return _with_values_before(place, replacement, served, {})


def _with_values_before(
    place: Place, replacement: Term, served: set[str], values: Mapping[str, Term]
) -> tuple[Proposal, list[Dead]]:
    """The rewrite in which the names in `served` have the values that they had before their last statement."""
    earlier = place.scope.copy()
    for name in served:
        earlier.versions[name] = earlier.versions.get(name, 1) - 1
        earlier.facts.pop(name, None)
        value = values.get(name)
        if value is not None and not (isinstance(value, Var) and value.name == name):
            earlier.facts[name] = value
    proposal = propose(place._replace(scope=earlier, earlier=True), replacement, promotes=promotes(place, replacement))
    dead = dead_after(place.term, proposal.text.source, place.module, served)
    if not served <= {d.name for d in dead}:
        raise NotRenderable(f"`{min(served)}` is reassigned before it")
    return proposal, dead
