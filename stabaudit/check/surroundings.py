"""What stands around an expression that keeps its rewrite from being right: asked of the text of the whole module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.check.checker import Checker
from stabaudit.check.detection import Detection
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.concrete.paths import path_to
from stabaudit.findings.finding import Edit
from stabaudit.fix.callees import Callees
from stabaudit.fix.changes import outer_changes
from stabaudit.fix.defining import Defining
from stabaudit.fix.handlers import Handlers
from stabaudit.fix.meanings import Meanings
from stabaudit.fix.references import References
from stabaudit.fix.repeats import repeated
from stabaudit.fix.rereading import Obstacle, Reading, Rereading
from stabaudit.fix.signs import settled
from stabaudit.fix.text import Text
from stabaudit.source.lines import lines
from stabaudit.syntax.find import module_of
from stabaudit.syntax.places import Span
from stabaudit.syntax.statements import Module


def read_before(hit: Detection, checker: Checker) -> Iterator[cst.CSTNode]:
    """The nodes of a module that are evaluated before the expression, and that its rewrite says again."""
    for read in hit.reads:
        if read.node is not None and path_to(checker.module, read.node):
            yield read.node


class Surroundings:
    """Answers for the hits of one part of a module, of which `ranges` says where its nodes stand."""

    def __init__(self, checker: Checker, part: Excerpt, ranges: Mapping[cst.CSTNode, CodeRange]) -> None:
        self._checker = checker
        self._part = part
        self._ranges = ranges

    def obstacle(self, hit: Detection) -> Obstacle | None:
        """Why an expression may not be replaced with what the hit says."""
        if self._module is None:
            return None
        place = self._span(hit.node)
        gone = [span for dead in hit.dead if (span := self._span(dead.statement)) is not None]
        if place is None:
            return None
        assert hit.text is not None
        reads = [Reading(r.text, None if r.node is None else self._span(r.node)) for r in hit.reads]
        before = [self._checker.module.code_for_node(n) for n in (hit.node, *(d.statement for d in hit.dead))]
        found = (
            self._rereading.obstacle(reads, place, gone),
            repeated(before, hit.text.source, self._callees),
            self._handlers.obstacle([place, *(r.span for r in reads if r.span is not None)], raises=hit.raises),
            self._meanings.obstacle(hit.said, hit.called, self._rereading.names(place)),
            self._defining.obstacle(place, hit.called, own=hit.own),
            self._references.obstacle(place, hit.called),
        )
        return min((o for o in found if o is not None), key=lambda o: not o.sure, default=None)

    def with_sign_moved(self, hit: Detection, text: Text, edit: Edit) -> Edit:
        """The edit that puts `text` in the place of the hit, with its sign where one would write it."""
        place = self._span(hit.node)
        if self._module is None or place is None or not text.source.startswith("-"):
            return edit
        others = (h.node for h in self._checker.all_hits if h.text is not None and h.text.source.startswith("-"))
        negative = {span for node in others if (span := self._span(node)) is not None}
        return settled(self._module, self._checker.text, place, text, edit, negative)

    @cached_property
    def _module(self) -> Module | None:
        return module_of(self._checker.text)

    @cached_property
    def _callees(self) -> Callees:
        assert self._module is not None
        return Callees(self._module, self._checker.text, self._checker.project, outer_changes)

    @cached_property
    def _rereading(self) -> Rereading:
        assert self._module is not None
        return Rereading(self._module, self._callees)

    @cached_property
    def _handlers(self) -> Handlers:
        assert self._module is not None
        return Handlers(self._module, self._checker.text)

    @cached_property
    def _meanings(self) -> Meanings:
        assert self._module is not None
        return Meanings(self._module, self._checker.text, self._callees)

    @cached_property
    def _defining(self) -> Defining:
        assert self._module is not None
        return Defining(self._module)

    @cached_property
    def _references(self) -> References:
        assert self._module is not None
        return References(self._module)

    @cached_property
    def _lines(self) -> list[str]:
        return lines(self._checker.text)

    def _span(self, node: cst.CSTNode) -> Span | None:
        """Where a node stands, with columns in bytes as Python's parser counts them."""
        found = self._ranges.get(node)
        if found is None:
            return None
        spots = []
        for place in (found.start, found.end):
            row = self._part.row(place.line)
            if row > len(self._lines):
                # It stands in a function of another file.
                return None
            spots.append((row, len(self._lines[row - 1][: place.column].encode("utf-8", "surrogatepass"))))
        return Span(*spots)
