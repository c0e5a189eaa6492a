"""Comments written for findings that are to stay."""

from __future__ import annotations

from collections.abc import Iterable

from stabaudit.findings.finding import Edit, Finding, Position
from stabaudit.fix.apply import apply
from stabaudit.suppress.comment import Comment, Statement
from stabaudit.suppress.comments import read


def add(text: str, findings: Iterable[Finding], reason: str | None = None) -> str:
    """`text` with a comment at the end of each statement that has one of `findings`."""
    found = read(text)
    wanted: dict[Statement, list[str]] = {}
    for finding in findings:
        row = finding.start.row
        for statement in found.statements:
            if statement.first <= row <= statement.last:
                wanted.setdefault(statement, []).append(finding.rule)
                break
    edits = []
    for statement, names in wanted.items():
        names = sorted(set(names))
        there = next((one for one in found.comments if _extends(one, statement)), None)
        if there and there.names_span and there.names:
            listed = f"[{', '.join(dict.fromkeys((*there.names, *names)))}]"
            row, (start, end) = there.row, there.names_span
            edits.append(Edit(Position(row, start), Position(row, end), listed))
        else:
            told = f" -- {' '.join(reason.split())}" if reason and reason.strip() else ""
            place = Position(statement.last, statement.end)
            edits.append(Edit(place, place, f"  # stabaudit: ignore[{', '.join(names)}]{told}"))
    return apply(text, edits)


def _extends(comment: Comment, statement: Statement) -> bool:
    return comment.verb == "ignore" and (comment.first, comment.last) == (statement.first, statement.last)
