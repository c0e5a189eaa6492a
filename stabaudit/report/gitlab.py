"""A Code Quality report for GitLab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.report.place import inside
from stabaudit.report.style import Style
from stabaudit.report.uri import relative
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


LEVELS = {"error": "major", "warning": "minor", "note": "info"}


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the list of all findings."""
    issues = [issue for result in results for issue in _issues(result)]
    stream.write(f"{written(issues, 2)}\n")


def _issues(result: Result) -> Iterable[dict[str, Any]]:
    if not result.findings:
        return
    # Imported here: without findings there is nothing to mark.
    from stabaudit.engine.fingerprint import mark

    at, path = inside(result), relative(result.path)
    seen: Counter[str] = Counter()
    for finding in result.findings:
        one = mark(result.text, finding)
        seen[one] += 1
        begin, end = at(finding.start), at(finding.end)
        yield {
            # GitLab shows the description alone.
            "description": f"{finding.rule}: {finding.message}",
            "check_name": finding.rule,
            # One that two findings share hides one of them; a line number would lose them when it moves.
            "fingerprint": sha256(f"{path}\0{one}\0{seen[one]}".encode(errors="replace")).hexdigest(),
            "severity": LEVELS[finding.severity],
            "location": {
                "path": path,
                "positions": {
                    "begin": {"line": begin.row, "column": begin.column},
                    "end": {"line": end.row, "column": end.column},
                },
            },
        }
