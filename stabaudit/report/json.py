"""Findings for programs: a list of objects, named as ruff names them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.report.address import page_of
from stabaudit.report.place import Place, Where, where
from stabaudit.report.style import Style
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Fix, Witness


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print one list of all findings, each as it comes on a line of its own; fixes are there whatever is `unsafe`."""
    before = "[\n"
    for result in results:
        for one in entries(result) if result.findings else ():
            # Spread over lines it would take three times as long, a thirtieth of a run in which no file has changed.
            stream.write(f"{before}  {written(one)}")
            before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def entries(result: Result) -> Iterator[dict[str, Any]]:
    """The findings of one file as JSON values: what ruff says of its own, in its order, then what is ours."""
    if not result.findings:
        return
    # Imported here: without findings there is nothing to mark.
    from stabaudit.engine.fingerprint import marks

    path, at = filename(result.path), where(result)
    for finding, fingerprint in zip(result.findings, result.marks or marks(result.text, result.findings), strict=True):
        start, end = at(finding.start), at(finding.end)
        yield {
            "cell": start.cell,
            "code": finding.rule,
            "end_location": place(end),
            "filename": path,
            "fix": finding.fix and mend(finding.fix, at),
            "location": place(start),
            "message": finding.message,
            "name": finding.rule,
            "noqa_row": end.row,
            "severity": finding.severity,
            "url": page_of(finding.rule),
            "withheld": finding.withheld,
            "witness": finding.witness and proof(finding.witness),
            "fingerprint": fingerprint,
            "related": [
                {"location": place(at(one.start)), "end_location": place(at(one.end)), "message": one.message}
                for one in finding.related
            ],
            **({"reach": finding.reach.plain} if finding.reach else {}),
        }


def filename(path: str) -> str:
    """A path as programs have it: absolute, but for standard input."""
    return path if path == "-" else os.path.abspath(path)


def place(position: Place) -> dict[str, int]:
    """A position as JSON values."""
    return {"row": position.row, "column": position.column}


def mend(fix: Fix, at: Where) -> dict[str, Any]:
    """A fix as JSON values; in a notebook each edit says its cell."""
    edits: list[dict[str, Any]] = []
    for edit in fix.edits:
        start, end = at(edit.start), at(edit.end)
        edits.append({"content": edit.content, "location": place(start), "end_location": place(end)})
        if start.cell is not None:
            edits[-1]["cell"] = start.cell
    return {"applicability": fix.applicability, "message": fix.message, "reason": fix.reason, "edits": edits}


def proof(witness: Witness) -> dict[str, str | None]:
    """A witness as JSON values, and as the sentence that people read."""
    parts = {name: getattr(witness, name) for name in ("at", "gives", "truth", "fixed", "note", "script")}
    return {**parts, "text": str(witness)}
