"""Annotations in the log of Azure Pipelines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.place import inside, where
from stabaudit.report.style import TAB, Style, clean
from stabaudit.report.uri import relative

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print a logging command for each finding; there is none for what is less than a warning."""
    for result in results:
        at, raw = where(result), inside(result)
        for finding in result.findings:
            start = raw(finding.start)
            values = {
                "type": "error" if finding.severity == "error" else "warning",
                "sourcepath": relative(result.path),
                "linenumber": start.row,
                "columnnumber": start.column,
                "code": finding.rule,
            }
            said = "".join(f"{name}={_value(str(value))};" for name, value in values.items())
            parts = [f"{at(finding.start)}: {finding.rule} {finding.message}"]
            if finding.witness:
                parts.append(str(finding.witness))
            if finding.fix:
                parts.append(" ".join(finding.fix.message.splitlines()))
            stream.write(f"##vso[task.logissue {said}]{_text('; '.join(parts))}\n")


def _text(text: str) -> str:
    # As the agent unescapes it.
    return clean(text, TAB).replace("%", "%AZP25")


def _value(text: str) -> str:
    return _text(text).replace(";", "%3B").replace("]", "%5D")
