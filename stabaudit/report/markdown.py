"""Findings as a table of Markdown, for the summary of a workflow or a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.place import where
from stabaudit.report.style import Style, clean
from stabaudit.report.tally import Tally
from stabaudit.report.uri import relative

if TYPE_CHECKING:
    from stabaudit.engine.job import Result

#: A space of no width.
NOTHING = "\u200b"
# GitHub takes a megabyte for a summary; a row of the longest kind has a kilobyte.
MOST_ROWS = 500


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the sum of all and a row for each finding."""
    tally, rows, troubles = Tally(), [], []
    for result in results:
        tally.add(result)
        at, path = where(result), relative(result.path)
        for finding in result.findings:
            told = [finding.rule, finding.severity, finding.message, str(finding.witness or "")]
            told.append(finding.fix.message if finding.fix else f"none: {finding.withheld}" if finding.withheld else "")
            place = _plain(clean(f"{path}:{at(finding.start)}"))
            rows.append(f"| {' | '.join([place, *map(_cell, told)])} |\n")
        if trouble := result.trouble:
            troubles.append(f"* {_plain(clean(trouble.place))}: {_cell(trouble.message)}\n")
    stream.write(f"**stabaudit**: {tally.found(unsafe)}\n")
    if rows:
        stream.write("\n| place | rule | severity | finding | witness | fix |\n|---|---|---|---|---|---|\n")
        stream.writelines(rows[:MOST_ROWS])
        if len(rows) > MOST_ROWS:
            stream.write(f"\nAnd {len(rows) - MOST_ROWS} more.\n")
    if troubles:
        stream.writelines(["\nCould not be checked:\n\n", *troubles])


def _cell(text: str) -> str:
    # Code stays code; anything else must not become markup or end the cell.
    text = clean(text)
    parts = text.split("`")
    if len(parts) % 2 == 0 or "``" in text:
        # Marks that are not in pairs are of the code itself.
        return _plain(text)
    return "`".join(part.replace("|", "\\|") if n % 2 else _plain(part) for n, part in enumerate(parts))


def _plain(text: str) -> str:
    """Text without markup, mentions, references and links; the last three are looked for behind the markup."""
    text = "".join(f"\\{char}" if char in "\\`*_<>[]#|~$&" else char for char in text)
    return re.sub(r"[@#]|:(?=//)", f"\\g<0>{NOTHING}", text)
