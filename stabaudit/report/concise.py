"""Findings for grep and editors: one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.catalogue.names import UNUSED
from stabaudit.report.ink import Ink, clean, shown_path
from stabaudit.report.place import Where, where

if TYPE_CHECKING:
    from stabaudit.engine.task import Result
    from stabaudit.findings.finding import Finding


def show(results: Iterable[Result], stream: TextIO, ink: Ink, unsafe: bool) -> None:
    """Print the findings of `results` as they come."""
    for result in results:
        at = where(result)
        for finding in result.findings:
            stream.write(f"{headline(result.path, finding, at, ink, unsafe)}\n")


def headline(path: str, finding: Finding, at: Where, ink: Ink, unsafe: bool) -> str:
    """`path:row:col: rule-name [*] message`; the star says that `--fix` as it is set would fix it."""
    place = f"{ink.bold(shown_path(path))}:{at(finding.start)}:"
    fixable = finding.fix is not None and (unsafe or finding.fix.applicability == "safe")
    star = f"[{ink.green('*')}] " if fixable else ""
    return f"{place} {_linked(finding.rule, ink)} {star}{clean(finding.message)}"


def _linked(rule: str, ink: Ink) -> str:
    """The name of a rule, which on a terminal leads to its file: its reasons, formulas and examples."""
    if not ink.links or rule == UNUSED:
        return ink.red(rule)
    from stabaudit.catalogue.rule import CATALOGUE

    return ink.link(ink.red(rule), (CATALOGUE / f"{rule.replace('-', '_')}.py").as_uri())
