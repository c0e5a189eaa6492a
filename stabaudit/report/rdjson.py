"""Findings for reviewdog: rows, and columns in bytes of UTF-8, both from 1 on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.report.address import home, page_of
from stabaudit.report.place import inside, where
from stabaudit.report.style import Style, clean
from stabaudit.report.uri import relative
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding, Position

LEVELS = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print one list of all findings; of their fixes those that are safe, or with `unsafe` all."""
    found = [one for result in results if result.findings for one in _entries(result, unsafe)]
    source = {"name": "stabaudit", **({"url": address} if (address := home()) else {})}
    stream.write(f"{written({'source': source, 'severity': 'WARNING', 'diagnostics': found}, 2)}\n")


def _entries(result: Result, unsafe: bool) -> Iterator[dict[str, Any]]:
    from stabaudit.source import lines

    rows = lines.bare(result.text)
    at, raw = where(result), inside(result)
    notebook = result.source is not None and result.source.notebook is not None

    def place(position: Position) -> dict[str, int]:
        if notebook:
            return {"line": raw(position).row}
        before = rows[position.row - 1][: position.column - 1]
        return {"line": position.row, "column": len(before.encode(errors="surrogatepass")) + 1}

    def span(start: Position, end: Position) -> dict[str, dict[str, int]]:
        return {"start": place(start), "end": place(end)}

    for finding in result.findings:
        code: dict[str, str] = {"value": finding.rule}
        if address := page_of(finding.rule):
            code["url"] = address
        entry: dict[str, Any] = {
            "message": _message(finding, str(at(finding.start)) if notebook else ""),
            "location": {"path": relative(result.path), "range": span(finding.start, finding.end)},
            "severity": LEVELS[finding.severity],
            "code": code,
        }
        if not notebook and _stands_alone(finding, unsafe):
            assert finding.fix
            entry["suggestions"] = [
                {"range": span(edit.start, edit.end), "text": edit.content} for edit in finding.fix.edits
            ]
        yield entry


def _stands_alone(finding: Finding, unsafe: bool) -> bool:
    """Whether the fix is one replacement: of several, each could be accepted without the others."""
    fix = finding.fix
    return fix is not None and len(fix.edits) == 1 and (unsafe or fix.applicability == "safe")


def _message(finding: Finding, cell: str) -> str:
    lines = [f"{cell}: {finding.message}" if cell else finding.message]
    if finding.witness:
        lines.append(f"witness: {finding.witness}")
    if finding.fix:
        lines.append(f"help: {finding.fix.message}")
    if finding.withheld:
        lines.append(f"no fix: {finding.withheld}")
    return "\n".join(clean(line) for line in lines)
