"""What is found in a part of a text as findings, each at its place in the whole."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.check.all_fixes import demoted
from stabaudit.check.changed import line_of, outermost
from stabaudit.check.checker import Checker
from stabaudit.check.detection import Detection
from stabaudit.check.elsewhere import EXPONENTIAL, exponentials_elsewhere
from stabaudit.check.offered import Offer, Offers, Ranges
from stabaudit.check.proved import Prover
from stabaudit.check.surroundings import Surroundings, read_before
from stabaudit.check.thresholds import in_type
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.concrete.places import places
from stabaudit.findings.finding import Finding, Position, Related
from stabaudit.fix.compilers import Compilers
from stabaudit.fix.kinds import Kinds
from stabaudit.lift.reread import Walk
from stabaudit.syntax.node import Node


def told(checker: Checker, walk: Walk, part: Excerpt) -> set[Finding]:
    """The findings of the hits that a checker has, of what was walked through."""
    prover, hits = Prover(checker, walk), checker.all_hits
    elsewhere = {id(hit): exponentials_elsewhere(hit, checker.foreign) for hit in hits}
    nodes = [n for hit in hits for n in (hit.node, *(d.statement for d in hit.dead), *read_before(hit, checker))]
    nodes += [node.origin for found in elsewhere.values() for node in found]
    around: list[cst.CSTNode] = []
    for hit in hits:
        pieces = (outermost(checker.code.tree, hit.syntax).origin, line_of(checker.module, hit.node))
        around += [piece for piece in pieces if piece is not None and not isinstance(piece, cst.Module)]
    ranges = places(checker.module, part.text, [*nodes, *around], checker.text, part.rows)
    surroundings = Surroundings(checker, part, ranges)
    offers = Offers(prover, part, Kinds(checker.text), Compilers(checker.text), surroundings, ranges)
    offered = demoted(prover, [(hit, offers.of(hit)) for hit in hits], offers.mended)
    return {_finding(hit, offer, ranges, part, elsewhere.get(id(hit), ())) for hit, offer in offered}


def _finding(hit: Detection, offer: Offer, ranges: Ranges, part: Excerpt, elsewhere: Iterable[Node] = ()) -> Finding:
    start, end = _span(ranges[hit.node], part)
    rule = hit.candidate.rule
    summary = in_type(rule.summary, hit.floats)
    related = sorted({Related(*_span(ranges[n.origin], part), EXPONENTIAL) for n in elsewhere if n.origin in ranges})
    return Finding(rule.name, summary, start, end, hit.verdict.witness, offer.fix, offer.withheld, tuple(related))


def _span(place: CodeRange, part: Excerpt) -> tuple[Position, Position]:
    start = Position(part.row(place.start.line), place.start.column + 1)
    return start, Position(part.row(place.end.line), place.end.column + 1)
