"""How often each rule is met, the most frequent first, and how heavy and where."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.findings.severity import SEVERITIES
from stabaudit.report.style import shown_path

if TYPE_CHECKING:
    from stabaudit.engine.job import Result

#: So many folders are listed for people.
MOST_FOLDERS = 30


class _Count:
    """What there is of one rule."""

    def __init__(self) -> None:
        self.fixable = 0
        self.severities: Counter[str] = Counter()
        self.folders: Counter[str] = Counter()

    @property
    def all(self) -> int:
        return self.severities.total()


def show(results: Iterable[Result], stream: TextIO, form: str) -> None:
    """Print tables, or with one of the forms for programs a list of objects."""
    rules: defaultdict[str, _Count] = defaultdict(_Count)
    for result in results:
        if not result.findings:
            continue
        folder = os.path.dirname(result.path) or "."
        for finding in result.findings:
            one = rules[finding.rule]
            one.fixable += finding.fix is not None
            one.severities[finding.severity] += 1
            one.folders[folder] += 1
    ranked = sorted(rules.items(), key=lambda entry: (-entry[1].all, entry[0]))
    if form not in ("text", "concise"):
        stream.write(f"{json.dumps([_plain(*entry) for entry in ranked], indent=2)}\n")
        return
    for line in _lines(ranked):
        stream.write(f"{line}\n")


def _plain(rule: str, one: _Count) -> dict[str, Any]:
    severities = {name: one.severities[name] for name in SEVERITIES}
    folders = dict(sorted(one.folders.items()))
    said = {"name": rule, "count": one.all, "fixable_count": one.fixable}
    return {**said, "severities": severities, "folders": folders}


def _lines(ranked: list[tuple[str, _Count]]) -> Iterator[str]:
    severities: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    for rule, one in ranked:
        severities.update(one.severities)
        folders.update(one.folders)
        yield f"{one.all:6}  {'[*]' if one.fixable else '[ ]'}  {rule}"
    if not ranked:
        return
    yield ""
    yield from (f"{severities[name]:6}  {name}" for name in SEVERITIES if severities[name])
    yield ""
    by_number = sorted(folders.items(), key=lambda entry: (-entry[1], entry[0]))
    yield from (f"{number:6}  {shown_path(folder)}" for folder, number in by_number[:MOST_FOLDERS])
    if len(by_number) > MOST_FOLDERS:
        yield f"        and {len(by_number) - MOST_FOLDERS} more folders"
