"""Findings for programs: a list of objects, named as ruff names them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.report.ink import Ink

if TYPE_CHECKING:
    from stabaudit.finding import Finding, Fix, Position, Witness
    from stabaudit.task import Result


def show(results: Iterable[Result], stream: TextIO, ink: Ink, unsafe: bool) -> None:
    """Print one list of all findings, each as it comes; fixes are there whatever is `unsafe`."""
    before = "[\n"
    for result in results:
        for finding in result.findings:
            # ASCII, so that neither the terminal nor the locale has a say.
            text = json.dumps(entry(result.path, finding), indent=2).replace("\n", "\n  ")
            stream.write(f"{before}  {text}")
            before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def entry(path: str, finding: Finding) -> dict[str, Any]:
    """One finding of the file at `path` as JSON values."""
    return {
        "filename": path if path == "-" else os.path.abspath(path),
        "name": finding.rule,
        "message": finding.message,
        "location": place(finding.start),
        "end_location": place(finding.end),
        "fix": finding.fix and mend(finding.fix),
        "witness": finding.witness and proof(finding.witness),
        "cell": None,
    }


def place(position: Position) -> dict[str, int]:
    """A position as JSON values."""
    return {"row": position.row, "column": position.column}


def mend(fix: Fix) -> dict[str, Any]:
    """A fix as JSON values."""
    edits = [
        {"content": edit.content, "location": place(edit.start), "end_location": place(edit.end)}
        for edit in fix.edits
    ]
    return {"applicability": fix.applicability, "message": fix.message, "edits": edits}


def proof(witness: Witness) -> dict[str, str | None]:
    """A witness as JSON values, and as the sentence that people read."""
    parts = {name: getattr(witness, name) for name in ("at", "gives", "truth", "fixed", "note")}
    return {**parts, "text": str(witness)}
