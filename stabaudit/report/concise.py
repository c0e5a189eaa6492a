"""Findings for grep and editors: one line each."""

from __future__ import annotations

from collections.abc import Iterable

from stabaudit.catalogue.names import UNUSED
from stabaudit.records import TYPE_CHECKING
from stabaudit.report.place import Where, where
from stabaudit.report.style import Style, clean, shown_path

if TYPE_CHECKING:
    from typing import TextIO

    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the findings of `results` as they come."""
    for result in results:
        at = where(result)
        for finding in result.findings:
            data = f" (data: {clean(str(finding.reach))})" if finding.reach else ""
            stream.write(f"{headline(result.path, finding, at, style, unsafe)}{data}\n")


def headline(path: str, finding: Finding, at: Where, style: Style, unsafe: bool) -> str:
    """`path:row:col: rule-name (note) [*] message`; the star says that `--fix` as it is set would fix it."""
    place = f"{style.bold(shown_path(path))}:{at(finding.start)}:"
    fixable = finding.fix is not None and (unsafe or finding.fix.applicability == "safe")
    star = f"[{style.green('*')}] " if fixable else ""
    weight = "" if finding.severity == "error" or finding.rule == UNUSED else f"({finding.severity}) "
    return f"{place} {_linked(finding.rule, style)} {weight}{star}{clean(finding.message)}"


def _linked(rule: str, style: Style) -> str:
    """The name of a rule, which on a terminal leads to its page, or to its file where there is no site."""
    if not style.links or rule == UNUSED:
        return style.red(rule)
    from pathlib import Path

    from stabaudit.catalogue.folder import path_of
    from stabaudit.report.address import page_of

    address = page_of(rule) or Path(path_of(rule)).as_uri()
    return style.link(style.red(rule), address)
