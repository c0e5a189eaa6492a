"""The fix of one hit as it is offered: its edits, proved as text; where they leave something to mend, the whole."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.check.changed import Changed, changed, line_of, outermost
from stabaudit.check.code import Unlike
from stabaudit.check.companions import companions
from stabaudit.check.detection import Detection
from stabaudit.check.proved import Prover
from stabaudit.check.surroundings import Surroundings, read_before
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.concrete.places import places
from stabaudit.findings.finding import Edit, Fix, Position
from stabaudit.fix.code_text import strength
from stabaudit.fix.compilers import Compilers
from stabaudit.fix.dead import Dead
from stabaudit.fix.imports import insertion
from stabaudit.fix.kinds import Kinds, peculiarity
from stabaudit.fix.place import is_torn, laid_out, replacement
from stabaudit.fix.text import ATOM, LOOSE, Text
from stabaudit.lift.reread import Entry
from stabaudit.records import Record
from stabaudit.source.lines import lines
from stabaudit.terms import TooLarge

#: So many formulas within each other no rewrite leaves.
ROUNDS = 5

Ranges = MutableMapping[cst.CSTNode, CodeRange]


class Offer(Record):
    """A fix, or why there is none; `companions` are what it replaces beside the expression itself."""

    fix: Fix | None
    withheld: str | None
    companions: Sequence[Detection] = ()


class Offers:
    """The fixes of the hits of one part of a text."""

    def __init__(
        self,
        prover: Prover,
        part: Excerpt,
        kinds: Kinds,
        compilers: Compilers,
        surroundings: Surroundings,
        ranges: Ranges,
    ) -> None:
        self.prover = prover
        self.checker = prover.checker
        self.part = part
        self.kinds = kinds
        self.compilers = compilers
        self.surroundings = surroundings
        self.ranges = ranges
        self._rows = {row: i for i, row in enumerate(part.rows or (), 1)}

    def of(self, hit: Detection, value: Entry | None = None) -> Offer:
        """The fix of a hit, if it has one that holds; with what it takes to mend a value that falls short, too."""
        if hit.text is None or hit.candidate.replacement is None:
            return Offer(None, hit.withheld)
        row = self.part.row(self.ranges[hit.node].start.line)
        kind = peculiarity(self.kinds, hit.inputs, hit.candidate.replacement, row, tensors=hit.own)
        if kind is not None and kind.withholds:
            return Offer(None, kind.reason)
        if not hit.own and (compiler := self.compilers.of(row)) is not None:
            return Offer(None, f"`{compiler}` compiles the function and cannot call the runtime")
        unsafe = hit.unsafe or (kind.reason if kind is not None else None)
        if (obstacle := self.surroundings.obstacle(hit)) is not None:
            if obstacle.sure:
                return Offer(None, obstacle.reason)
            unsafe = unsafe or obstacle.reason
        try:
            return self._proved(hit, hit.text, unsafe, value)
        except TooLarge:
            return Offer(None, "the changed function holds a number that no float can hold")

    def mended(self, hit: Detection, value: Entry) -> Offer:
        """The fix of a hit with what it takes to mend a value that falls short, in its function or in another one."""
        piece = outermost(self.checker.code.tree, value.statement)
        if piece is outermost(self.checker.code.tree, hit.syntax):
            return self.of(hit, value)
        more = companions(self.prover, hit, piece, value)
        self._locate(more)
        parts = [self.of(one) for one in (hit, *more)]
        fixes = [part.fix for part in parts if part.fix is not None and part.fix.applicability == "safe"]
        if not more or len(fixes) < len(parts):
            return Offer(None, None)
        message = "; ".join((fixes[0].message, *self._told(more)))
        edits = dict.fromkeys(edit for fix in fixes for edit in fix.edits)
        return Offer(fixes[0]._replace(message=message, edits=tuple(edits)), None, more)

    def _proved(self, hit: Detection, text: Text, unsafe: str | None, value: Entry | None) -> Offer:
        """The fix with this text, or with that which it takes for the whole."""
        place = self.ranges[hit.node]
        start, end = (Position(self.part.row(p.line), p.column + 1) for p in (place.start, place.end))
        gone = [self._gone(dead) for dead in hit.dead]
        gone += [self._moved(dead.comment, end.row) for dead in hit.dead if dead.comment is not None]
        imports = [*hit.needs]
        for _ in range(ROUNDS):
            edit = laid_out(
                hit.node, start, replacement(hit.node, start, end, text, self.checker.text), self.checker.text
            )
            change = self._changed(hit, [edit, *gone], imports)
            if change is None:
                return Offer(None, "the rewritten code could not be parsed")
            try:
                proof = self.prover.prove(hit, change)
            except Unlike:
                return Offer(None, "the rewritten code could not be parsed")
            if not proof.nested:
                break
            inner = proof.nested[0]
            composed = _composed(text, inner, change.code.module)
            if composed is None or inner.dead:
                return Offer(None, f"it leaves `{inner.candidate.rule.name}`, which has no fix of its own here")
            text, unsafe = composed, unsafe or inner.unsafe
            imports += [line for line in inner.needs if line not in imports]
        else:
            return Offer(None, "its fixes keep producing new findings")
        unsafe = unsafe or proof.unread or ("it tears the line" if is_torn(edit, self.checker.text) else None)
        beside: list[Detection] = []
        edits: list[Edit] = []
        for _ in range(ROUNDS):
            if proof.shortfall is not None and proof.shortfall.fault == "as wrong":
                value = proof.value
            if unsafe or value is None or not (more := self._beside(hit, change, value)):
                break
            value = None
            if more[0].dead:
                whole = more[0]
                assert whole.text is not None
                return self._proved(whole, whole.text, unsafe, None)._replace(companions=more)
            beside += more
            edits += map(self._replacing, more)
            imports += {line: None for one in more for line in one.needs if line not in imports}
            if (change := self._changed(hit, [edit, *edits, *gone], imports)) is None:
                return Offer(None, "the rewritten code could not be parsed")
            proof = self.prover.prove(hit, change)
        if proof.shortfall is not None:
            beside, edits = [], []
        if proof.shortfall is not None:
            if proof.shortfall.fault == "worse":
                return Offer(None, f"the rewrite is worse: {proof.shortfall.reason}")
            unsafe = unsafe or proof.shortfall.caution
        used = edit.start.row
        brought = [insertion(self.checker.module, self.checker.text, line, self.part.row, used) for line in imports]
        edit = self._settled(hit, text, start, end)
        message = "; ".join((f"replace with `{text.source}`", *self._told(beside), *hit.redundant_guards))
        fix = Fix("unsafe" if unsafe else "safe", message, (*brought, edit, *edits, *gone), unsafe)
        return Offer(fix, None, beside)

    def _beside(self, hit: Detection, change: Changed, value: Entry) -> Sequence[Detection]:
        """What has to be replaced as well, as a value stays wrong else."""
        found = companions(self.prover, hit, change.before, value)
        self._locate(found)
        return () if any(self.surroundings.obstacle(one) is not None for one in found) else found

    def _told(self, more: Sequence[Detection]) -> Iterator[str]:
        """What is replaced beside the expression itself, and with what."""
        return (f"`{self.checker.module.code_for_node(m.node)}` with `{m.text.source}`" for m in more if m.text)

    def _locate(self, found: Sequence[Detection]) -> None:
        """Put down where the nodes of companions stand."""
        nodes = [n for one in found for n in (one.node, *(d.statement for d in one.dead))]
        nodes += [n for one in found for n in read_before(one, self.checker)]
        nodes += [line for one in found if (line := line_of(self.checker.module, one.node)) is not None]
        pieces = (outermost(self.checker.code.tree, one.syntax).origin for one in found)
        nodes += [piece for piece in pieces if not isinstance(piece, cst.Module)]
        nodes = [node for node in nodes if node not in self.ranges]
        if nodes:
            self.ranges.update(places(self.checker.module, self.part.text, nodes, self.checker.text, self.part.rows))

    def _replacing(self, hit: Detection) -> Edit:
        """The edit that puts its text in the place of a hit."""
        assert hit.text is not None
        place = self.ranges[hit.node]
        start, end = (Position(self.part.row(p.line), p.column + 1) for p in (place.start, place.end))
        return self._settled(hit, hit.text, start, end)

    def _settled(self, hit: Detection, text: Text, start: Position, end: Position) -> Edit:
        """The edit that puts a text between two places, its sign where one would write it, on lines as the file's."""
        edit = replacement(hit.node, start, end, text, self.checker.text)
        return laid_out(hit.node, start, self.surroundings.with_sign_moved(hit, text, edit), self.checker.text)

    def _changed(self, hit: Detection, edits: list[Edit], imports: list[str]) -> Changed | None:
        """The module with the edits in it, if they can be put there."""
        inside = [moved for edit in edits if (moved := self._in_part(edit)) is not None]
        if len(inside) < len(edits):
            return None
        return changed(self.checker.code, self.part.text, hit.syntax, inside, imports, self.ranges)

    def _gone(self, dead: Dead) -> Edit:
        """The edit that removes a statement."""
        place = self.ranges[dead.statement]
        first, last = self.part.row(place.start.line), self.part.row(place.end.line)
        around = lines(self.checker.text)[first - 2 : last + 1 : last - first + 2]
        # Of two empty lines that would meet one is left.
        empty = first > 1 and len(around) == 2 and not any(line.strip() for line in around)
        return Edit(Position(first, 1), Position(last + 1 + empty, 1), "")

    def _moved(self, comment: str, row: int) -> Edit:
        """The edit that puts the comment of a line which is removed behind a line that has none."""
        line = lines(self.checker.text)[row - 1].rstrip("\r\n")
        end = Position(row, len(line) + 1)
        return Edit(end, end, f"  {comment}")

    def _in_part(self, edit: Edit) -> Edit | None:
        """The same edit in the text of the part."""
        if self.part.rows is None:
            return edit
        start, end = self._rows.get(edit.start.row), self._rows.get(edit.end.row)
        if end is None and edit.end.column == 1 and (last := self._rows.get(edit.end.row - 1)) is not None:
            end = last + 1
        if start is None or end is None:
            return None
        return Edit(Position(start, edit.start.column), Position(end, edit.end.column), edit.content)


def _composed(text: Text, inner: Detection, module: cst.Module) -> Text | None:
    """A text with the formula that it leaves mended, too."""
    if inner.text is None or not isinstance(inner.node, cst.BaseExpression):
        return None
    before = module.code_for_node(inner.node)
    bare = inner.node.lpar and inner.text.strength < ATOM
    after = f"({inner.text.source})" if bare else inner.text.within(max(strength(inner.node), LOOSE + 1))
    return text._replace(source=text.source.replace(before, after)) if text.source.count(before) == 1 else None
