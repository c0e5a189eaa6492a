"""Fixes put into a text, round after round, until no more is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from stabaudit.findings.finding import Applicability, Edit, Finding, Fix, Position, Unparsable
from stabaudit.records import Record
from stabaudit.source import lines
from stabaudit.source.syntax import flaw

Check = Callable[[str], Sequence[Finding]]
Pick = Callable[[str, Sequence[Finding]], Sequence[Finding]]
# Nested findings need a round each; no real file nests this deep.
ROUNDS = 100


class Outcome(Record):
    """A fixed text: how often each rule was `fixed`, the findings `left` in it, and why nothing was done."""

    text: str
    fixed: Mapping[str, int]
    left: Sequence[Finding]
    reason: str | None = None


def fix_text(text: str, check: Check, applicability: Applicability, pick: Pick | None = None) -> Outcome:
    """`text` with all fixes that are at least as safe as `applicability`, or as it was and a reason.

    `pick` may choose among the findings that can be fixed in a text, round after round.
    """
    first = check(text)
    findings, fixed, now = first, Counter[str](), text
    seen = {text}
    for _ in range(ROUNDS):
        fixable = [finding for finding in findings if applies(finding.fix, applicability)]
        chosen = choose(now, pick(now, fixable) if pick else fixable)
        if not chosen:
            return _swept(text, Outcome(now, fixed, findings), check)
        rules = ", ".join(sorted({f"`{finding.rule}`" for finding in chosen}))
        now = apply(now, _edits(chosen))
        if now in seen:
            return Outcome(text, {}, first, f"the fixes of {rules} undo each other")
        seen.add(now)
        if flaw(now) and not flaw(text):
            return Outcome(text, {}, first, f"the fixes of {rules} give text that does not parse")
        try:
            findings = check(now)
        except Unparsable as error:
            return Outcome(text, {}, first, f"the fixes of {rules} give text that does not parse: {error}")
        fixed.update(finding.rule for finding in chosen)
    return Outcome(text, {}, first, f"the fixes of {rules} keep producing new findings")


def _swept(text: str, outcome: Outcome, check: Check) -> Outcome:
    """The outcome without what `text` read and its fixes left unread, which would still be computed."""
    if outcome.text == text:
        return outcome
    from stabaudit.fix.unused import removals

    now = outcome.text
    while edits := removals(text, now):
        now = apply(now, edits)
    if now == outcome.text or flaw(now):
        return outcome
    return outcome._replace(text=now, left=check(now))


def applies(fix: Fix | None, applicability: Applicability) -> bool:
    """Whether `fix` is there and at least as safe as `applicability`."""
    return fix is not None and (fix.applicability == "safe" or applicability == "unsafe")


def choose(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes change `text` and can be applied together; of two that clash, the first."""
    at = offsets(text)
    chosen: list[Finding] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if any(_clash(a, b) for n, a in enumerate(edits) for b in edits[:n]):
            continue
        if all(text[at(edit.start) : at(edit.end)] == edit.content for edit in edits):
            continue
        if not any(_collide(finding, other) for other in chosen):
            chosen.append(finding)
    return chosen


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits` applied, which must not overlap; their line ends become those of `text`."""
    at, end = offsets(text), lines.newline(text)
    pieces, last = [], 0
    # Sorted by place only: insertions at one place keep the order they came in.
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[last : at(edit.start)], edit.content if end == "\n" else _ended(edit.content, end)]
        last = at(edit.end)
    return "".join([*pieces, text[last:]])


def offsets(text: str) -> Callable[[Position], int]:
    """Where in `text` a position is."""
    starts = lines.starts(text)
    return lambda position: starts[position.row - 1] + position.column - 1


def _ended(content: str, end: str) -> str:
    return content.replace("\r\n", "\n").replace("\n", end)


def moved(text: str, chosen: Iterable[Finding]) -> Callable[[int], int]:
    """Where an offset in `text` is when the fixes of `chosen` are applied."""
    at, end = offsets(text), lines.newline(text)
    grown = [(at(e.end), len(_ended(e.content, end)) - (at(e.end) - at(e.start))) for e in _edits(chosen)]
    return lambda offset: offset + sum(more for last, more in grown if last <= offset)


def _edits(chosen: Iterable[Finding]) -> list[Edit]:
    # A dict keeps each edit once: fixes that share an import both ask for it.
    return list(dict.fromkeys(edit for finding in chosen if finding.fix for edit in finding.fix.edits))


def _collide(one: Finding, other: Finding) -> bool:
    assert one.fix
    assert other.fix
    return any(
        _clash(a, b) and not (a == b and _outside(a, one) and _outside(b, other))
        for a in one.fix.edits
        for b in other.fix.edits
    )


def _outside(edit: Edit, finding: Finding) -> bool:
    """Whether `edit` is not in the place of the finding itself, so that another fix may want it too."""
    if edit.end == finding.start or edit.start == finding.end:
        return _whole(edit)
    return edit.end < finding.start or edit.start > finding.end


def _clash(a: Edit, b: Edit) -> bool:
    if a.start == a.end == b.start == b.end:
        # Whole lines may follow each other in any order, other insertions may not.
        return not (a.content != b.content and _whole(a) and _whole(b))
    return a.start < b.end and b.start < a.end


def _whole(edit: Edit) -> bool:
    return edit.content.endswith(("\n", "\r"))
