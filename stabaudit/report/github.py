"""Annotations in the log of a GitHub workflow, which show up at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.place import inside, where
from stabaudit.report.style import TAB, Style, clean
from stabaudit.report.uri import relative

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print a workflow command for each finding."""
    for result in results:
        at, raw = where(result), inside(result)
        for finding in result.findings:
            start, end = raw(finding.start), raw(finding.end)
            options = {"title": f"stabaudit ({finding.rule})", "file": relative(result.path), "line": start.row}
            # GitHub takes columns for nonsense unless all is on one line.
            if start.row == end.row and start.cell is None:
                options |= {"col": start.column, "endLine": end.row, "endColumn": end.column}
            else:
                options |= {"endLine": end.row}
            said = ",".join(f"{name}={_property(str(value))}" for name, value in options.items())
            lines = [f"{clean(relative(result.path))}:{at(finding.start)}: {finding.rule} {finding.message}"]
            if finding.witness:
                lines.append(f"witness: {finding.witness}")
            if finding.fix:
                lines.append(f"help: {' '.join(finding.fix.message.splitlines())}")
            level = "notice" if finding.severity == "note" else finding.severity
            message = "\n  ".join(lines)
            stream.write(f"::{level} {said}::{_data(message)}\n")


def _data(text: str) -> str:
    # As @actions/core escapes it; a line end is ours.
    return "%0A".join(clean(line, TAB).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return clean(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
