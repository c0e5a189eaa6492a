"""Findings that no comment suppresses, and a finding for each comment that suppresses nothing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from stabaudit.catalogue.names import UNUSED, nearest
from stabaudit.findings.finding import Edit, Finding, Fix, Position
from stabaudit.records import Record
from stabaudit.source import lines
from stabaudit.suppress.comment import Comment, Comments, Flaw, Span

LAST = 1 << 60
#: So many mistakes in the comments of one file are told of.
MOST = 50


def apply_suppressions(
    text: str, said: Comments, findings: Sequence[Finding], judging: Callable[[], Container[str]]
) -> list[Finding]:
    """`findings` that no comment silences, then the comments that silence none of the rules in `judging()`.

    `said` are the comments of `text`.
    """
    if not said.comments:
        return list(findings)
    judged = judging()
    reaches = list(_reaches(said.comments))
    used: set[tuple[int, str]] = set()
    kept = []
    for finding in findings:
        speakers = [n for n, reach in enumerate(reaches) if reach.silences(finding)]
        used.update((n, finding.rule) for n in speakers)
        if not speakers:
            kept.append(finding)
    excuses = [reach for reach in reaches if UNUSED in (reach.comment.names or ())]
    silencing = {number for number, _ in used}
    for number, reach in enumerate(reaches):
        names = [] if reach.comment.names is None else list(dict.fromkeys(reach.comment.names))
        idle = [name for name in names if name in judged and (number, name) not in used]
        silent = not names and reach.comment.verb == "off" and number not in silencing
        if (idle or (silent and UNUSED in judged)) and not _excused(reach, excuses):
            kept.append(_unused(text, reach, idle))
    return sorted(kept, key=lambda finding: (finding.start, finding.end, finding.rule))


def flaws(heard: Comments, known: Callable[[], Sequence[str]]) -> list[Flaw]:
    """What is wrong with the comments that were heard, each once, and so much of it as is worth reading."""
    # A row, and what is wrong or, with its verb, a name that is none.
    wrong = {(flaw.row, flaw.message, "") for flaw in heard.flaws}
    open_ = 0
    for comment in heard.comments:
        open_ += comment.verb == "off"
        if comment.verb == "on" and not open_:
            wrong.add((comment.row, "`# stabaudit: on` without an `off` before it", ""))
        elif comment.verb == "on":
            open_ = 0
        if comment.verb != "noqa" and comment.names:
            wrong.update((comment.row, name, comment.verb) for name in {*comment.names}.difference(known()))
    told = sorted(wrong)
    shown = [Flaw(row, _unknown(said, verb, known()) if verb else said) for row, said, verb in told[:MOST]]
    if more := len(told) - len(shown):
        shown.append(Flaw(told[MOST][0], f"here and below {more} more mistakes in comments"))
    return shown


def _unknown(name: str, verb: str, known: Sequence[str]) -> str:
    return f"unknown rule `{name}` in `{verb}`{nearest(name, known) or '; `stabaudit rule` lists them'}"


class Reach(Record):
    """A comment, the rows it holds for, and the one that ends it."""

    comment: Comment
    first: int
    last: int
    closer: Comment | None = None

    def silences(self, finding: Finding) -> bool:
        """Whether the comment names the finding's rule, or all, and holds where it begins or ends."""
        if self.comment.names is not None and finding.rule not in self.comment.names:
            return False
        rows = (finding.start.row, finding.end.row) if self.comment.verb != "off" else (finding.start.row,)
        return any(self.first <= row <= self.last for row in rows)


def _reaches(comments: Iterable[Comment]) -> Iterator[Reach]:
    comments = list(comments)
    # For each comment the next `on`.
    closers: list[Comment | None] = [None] * len(comments)
    for number in range(len(comments) - 2, -1, -1):
        closers[number] = comments[number + 1] if comments[number + 1].verb == "on" else closers[number + 1]
    for number, comment in enumerate(comments):
        match comment.verb:
            case "file-ignore":
                yield Reach(comment, 0, LAST)
            case "off":
                closer = closers[number]
                yield Reach(comment, comment.row, closer.row if closer else LAST, closer)
            case "ignore" | "noqa":
                yield Reach(comment, comment.first, comment.last)


def _excused(reach: Reach, excuses: Iterable[Reach]) -> bool:
    """Whether a comment says that an idle one may stand here."""
    row = reach.comment.row
    return any(other.first <= row <= other.last or other is reach for other in excuses)


def _unused(text: str, reach: Reach, idle: Sequence[str]) -> Finding:
    comment = reach.comment
    left = [name for name in comment.names or () if name not in idle]
    start, end = Position(comment.row, comment.span.start), Position(comment.row, comment.span.end)
    if comment.names and left:
        assert comment.names_span
        brackets = "[{}]" if comment.verb != "noqa" else " {}"
        edits = [_edit(comment.row, comment.names_span, brackets.format(", ".join(left)))]
        told = f"leave only {', '.join(f'`{name}`' for name in left)}"
    else:
        going = [comment, reach.closer] if reach.closer and not _shared(reach) else [comment]
        edits = [_removal(text, one) for one in going]
        told = "remove it"
    what = ", ".join(f"`{name}`" for name in idle) or "any finding"
    message = f"this comment suppresses nothing: no {what} {'here' if reach.last < LAST else 'from here on'}"
    if not idle:
        message = "this comment suppresses nothing: there are no findings in its rows"
    return Finding(UNUSED, message, start, end, fix=Fix("safe", told, tuple(edits)))


def _shared(reach: Reach) -> bool:
    # Only a plain pair goes together; an `on` may end several.
    return reach.comment.names is not None


def _removal(text: str, comment: Comment) -> Edit:
    line = lines.bare(text)[comment.row - 1]
    if comment.alone and comment.row <= text.count("\n"):
        return Edit(Position(comment.row, 1), Position(comment.row + 1, 1), "")
    before = line[: comment.span.start - 1]
    if not line[comment.span.end - 1 :].strip():
        return _edit(comment.row, Span(len(before.rstrip()) + 1, len(line) + 1), "")
    return _edit(comment.row, comment.span, "")


def _edit(row: int, span: Span, content: str) -> Edit:
    return Edit(Position(row, span.start), Position(row, span.end), content)
