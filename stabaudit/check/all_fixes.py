"""All safe fixes of a function together: a value that they leave as wrong as it was makes them unsafe.

A fix by itself may count on others for the faults that are reported elsewhere. Those may have no safe fix, or leave the
value that is computed from both as wrong as before.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from stabaudit.check.alternatives import DEEPEST
from stabaudit.check.detection import Detection
from stabaudit.check.instances import Reached, is_instance
from stabaudit.check.offered import Offer
from stabaudit.check.proved import CHOOSING, Prover, Rewrite, inputs_of, site_of
from stabaudit.lift.reread import Entry, numbered
from stabaudit.proof.question import Shortfall
from stabaudit.proof.shared_verdicts import compare
from stabaudit.records import Record
from stabaudit.syntax.expressions import Name
from stabaudit.syntax.node import Statement
from stabaudit.syntax.statements import Assign
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, Var, applications, replaced, substitute, walk

#: So many variables beside those of the formula may stand in a value that is held against its fix.
MOST_OTHERS = 1
Offered = tuple[Detection, Offer]
Bindings = dict[Var, Term]
#: How a value falls short, and which.
Short = tuple[Shortfall, Entry]


def demoted(
    prover: Prover, offered: Sequence[Offered], mended: Callable[[Detection, Entry], Offer]
) -> Sequence[Offered]:
    """The same offers, with the fixes made unsafe that mend a part of what is computed.

    Where a value falls short, a fix of a hit may be one with that value `mended`.
    """
    offers = {id(hit.syntax): (hit, offer) for hit, offer in offered}
    steps = {node: found for node, (hit, offer) in offers.items() if (found := _steps(prover, hit, offer))}
    unsafe: dict[int, Shortfall] = {}
    # What was tried to be mended.
    tried: set[int] = set()
    # Without one fix others may fall short.
    while steps and (short := _fallen_short(prover, {k: v for f in steps.values() for k, v in f.items()}, tried)):
        owners = {node: owner for owner, found in steps.items() for node in found}
        fresh: set[int] = set()
        for node, (shortfall, value) in short.items():
            owner = owners[node]
            hit, _ = offers[owner]
            if owner in fresh:
                continue
            if owner not in tried:
                tried |= steps[owner].keys()
                fresh.add(owner)
                offer = mended(hit, value)
                if offer.companions and (more := _steps(prover, hit, offer)):
                    offers[owner], steps[owner] = (hit, offer), more
                continue
            unsafe[owner] = shortfall
            steps.pop(owner, None)
    return [(hit, _less(offer, unsafe.get(node))) for node, (hit, offer) in offers.items()]


def _steps(prover: Prover, hit: Detection, offer: Offer) -> dict[int, Step]:
    """What a safe fix replaces."""
    if offer.fix is None or offer.fix.applicability != "safe":
        return {}
    found = ((step, prover.rewrites.get(id(step.syntax))) for step in (hit, *offer.companions))
    return {id(step.syntax): Step(step, rewrite) for step, rewrite in found if rewrite is not None}


class Step(Record):
    """A hit with the rewrite that its fix is."""

    hit: Detection
    rewrite: Rewrite


def _less(offer: Offer, short: Shortfall | None) -> Offer:
    if offer.fix is None or short is None:
        return offer
    return Offer(offer.fix._replace(applicability="unsafe", reason=short.caution), offer.withheld)


def _fallen_short(prover: Prover, safe: Mapping[int, Step], tried: Container[int]) -> dict[int, Short]:
    """How values fall short that are computed from what is rewritten, by the nodes of the hits."""
    found: dict[int, Short] = {}
    for piece in {id(step.rewrite.piece): step.rewrite.piece for step in safe.values()}.values():
        here = {node: step for node, step in safe.items() if step.rewrite.piece is piece}
        entries = [e for es in prover.entries(piece, numbered(piece)).values() for e in es]
        for entry in (one for whole in entries for one in (whole, *_chosen(whole))):
            for bindings in ({}, *_spelled_out(entry, entries)):
                concerned = _concerned(entry, bindings, here)
                named = frozenset[Var]().union(*(inputs_of(here[node].hit) for node in concerned))
                inputs = frozenset[Var]().union(*(bindings.get(v, v).variables for v in named))
                inputs |= _of_exponentials(entry.term)
                if len(substitute(entry.term, bindings).variables - inputs) > MOST_OTHERS:
                    # What is computed from much else fails for its own reasons.
                    continue
                for node in concerned:
                    if node not in found and (short := _shortfall(prover, entry, bindings, inputs, safe)) is not None:
                        found[node] = short, entry
    reached, told = Reached(prover.checker.code.tree), _told_in(prover, safe)
    for entry in prover.walk.entries:
        if "call" in entry.term.ops and id(entry.statement) not in told:
            asked = {n: s for n, s in safe.items() if n not in found and s.rewrite.was.ops <= entry.term.ops}
            asked = {n: s for n, s in asked.items() if reached.gives(s.rewrite.piece, entry)}
            found |= _fallen_short_elsewhere(prover, entry, asked, safe, tried)
    return found


def _of_exponentials(term: Term) -> frozenset[Var]:
    """The variables of a difference that stand in exponentials alone: of two formulas, and not of one and data."""
    if not isinstance(term, App) or term.op != "sub" or not all("exp" in operand.ops for operand in term.args):
        return frozenset()
    return term.variables - _outside(term)


def _outside(term: Term) -> frozenset[Var]:
    """The variables in a term that stand in no exponential."""
    if isinstance(term, Var):
        return frozenset({term})
    if not isinstance(term, App) or term.op == "exp":
        return frozenset()
    return frozenset[Var]().union(*map(_outside, term.args))


def _fallen_short_elsewhere(
    prover: Prover, entry: Entry, asked: Mapping[int, Step], safe: Mapping[int, Step], tried: Container[int]
) -> dict[int, Short]:
    """How a value falls short that is computed from what another function gives, or keeps in an attribute.

    The tail of one value that is lost beside 1 is mended where it can be. Where that was tried, it is no fault of the
    fix: the value is measured against what it is made of.
    """
    used: dict[int, set[Term]] = {}
    for part in walk(entry.term) if asked else ():
        for node, step in asked.items() if part.node is None and part != entry.term else ():
            if is_instance(step.rewrite.was, part, {}):
                used.setdefault(node, set()).add(part)
    own = frozenset[Var]().union(*(part.variables for parts in used.values() for part in parts))
    if not used or len(entry.term.variables - own) > MOST_OTHERS:
        return {}
    found: dict[int, Short] = {}
    for node, parts in used.items():
        itself = prover.leaves(entry) and (len(parts) > 1 or node not in tried)
        if (short := _shortfall(prover, entry, {}, own, safe, itself=itself)) is not None:
            found[node] = short, entry
    return found


def _told_in(prover: Prover, safe: Container[int]) -> set[int]:
    """The statements in which something is reported that stays there."""
    left = [hit.syntax for hit in prover.checker.all_hits if id(hit.syntax) not in safe]
    ways = (reversed(path_to(prover.checker.code.tree, syntax)) for syntax in left)
    return {id(next(node for node in way if isinstance(node, Statement))) for way in ways}


def _concerned(entry: Entry, bindings: Bindings, steps: Mapping[int, Step]) -> Sequence[int]:
    """What is rewritten in an expression, and is not all of it."""
    return [
        node
        for node, step in steps.items()
        if _holds(substitute(entry.term, bindings), was := substitute(step.rewrite.was, bindings))
        and (bindings or was != entry.term)
    ]


def _shortfall(
    prover: Prover,
    entry: Entry,
    bindings: Bindings,
    own: frozenset[Var],
    safe: Mapping[int, Step],
    *,
    itself: bool | None = None,
) -> Shortfall | None:
    """How a value falls short whatever the variables are that no rewritten formula in it is a function of."""
    old = substitute(entry.term, bindings)
    new = substitute(_rewritten(entry.term, safe), {v: _rewritten(t, safe) for v, t in bindings.items()})
    if new == old or not new.variables <= old.variables:
        return None
    itself = prover.leaves(entry) if itself is None else itself
    return compare(site_of(entry, old)._replace(digits=True), new, itself=itself, own=own)


def _rewritten(term: Term, safe: Mapping[int, Step]) -> Term:
    """A term with all rewrites in it, also where it stands for what a function of the module computes."""
    if not isinstance(term, App):
        return term
    for step in (safe.get(id(term.node)), *safe.values()):
        # What a function of the module computes has no place of its own.
        here = term.node is None or step is safe.get(id(term.node))
        if step is not None and (step.rewrite.was == term or here):
            found: dict[Var, Term] = {}
            if is_instance(step.rewrite.was, term, found):
                return substitute(step.rewrite.now, {v: _rewritten(t, safe) for v, t in found.items()})
    operands = tuple(_rewritten(operand, safe) for operand in term.args)
    return term if operands == term.args else App(term.op, operands, term.attrs, term.node, term.library)


def _holds(term: Term, part: Term) -> bool:
    return part.ops <= term.ops and any(t == part for t in walk(term))


def _spelled_out(entry: Entry, entries: Sequence[Entry]) -> Iterator[Bindings]:
    """The values that a name in an expression may have where it has several, as after an `if`."""
    for variable in sorted(entry.term.variables, key=lambda v: v.key):
        for other in entries:
            if isinstance(other.term, App) and _gives(other, variable):
                yield {variable: other.term}


def _chosen(entry: Entry, depth: int = DEEPEST) -> Iterator[Entry]:
    """What an expression is with each value of what is one or another in it, as a name is after an `if` or a loop.

    Each is held against its fix by itself, whatever the others are computed from.
    """
    choice = next((part for part in applications(entry.term) if part.op in CHOOSING), None)
    if depth == 0 or choice is None or choice == entry.term:
        return
    condition, one, other = choice.args
    for value, guard in ((one, condition), (other, App("not", (condition,)))):
        term = replaced(entry.term, choice, value)
        chosen = entry._replace(term=term, guards=(*entry.guards, guard))
        yield chosen
        yield from _chosen(chosen, depth - 1)


def _gives(entry: Entry, variable: Var) -> bool:
    """Whether an expression may be the value of a variable: the name of it was given that, and no more is known."""
    statement, name = entry.statement, variable.name
    return (
        isinstance(statement, Assign)
        and entry.versions.get(name, 0) < dict(variable.stamp).get(name, 0)
        and variable not in entry.term.variables
        and entry.term.node is statement.value
        and any(isinstance(target, Name) and target.name == name for target in statement.targets)
    )
