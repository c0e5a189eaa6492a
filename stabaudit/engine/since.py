"""Of the findings of a text those that are new since an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from stabaudit.engine.fingerprint import fresh, mark
from stabaudit.findings.finding import Finding, Unparsable
from stabaudit.history.rows import new_rows
from stabaudit.source.errors import FileError
from stabaudit.source.lines import bare
from stabaudit.source.read import decode


def new(
    text: str, findings: Sequence[Finding], before: str, find: Callable[[str], Sequence[Finding]]
) -> Sequence[Finding]:
    """The `findings` in lines that are new since the text `before`, and those that `find` does not have in it.

    A change of one line may bring an error to another, as where the shift by a maximum is taken away.
    """
    rows = new_rows(bare(before), bare(text))
    touched = [not rows.isdisjoint(range(one.start.row, one.end.row + 1)) for one in findings]
    if all(touched):
        return findings
    left = [one for one, is_new in zip(findings, touched, strict=True) if not is_new]
    try:
        old = find(before)
    except Unparsable:
        old = ()
    unknown = [*fresh(text, left, Counter(mark(before, one) for one in old))[0]]
    return [one for one, is_new in zip(findings, touched, strict=True) if is_new or one in unknown]


def text_of(path: str, data: bytes) -> str:
    """The text that a file was of these bytes; nothing where they were no text, so that all is new."""
    try:
        return decode(path, data).text if data else ""
    except FileError:
        return ""
