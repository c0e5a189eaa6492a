"""`stabaudit witness FILE:LINE[:COL]`: a script or a test that shows what the finding at a place says."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TextIO

from stabaudit.catalogue.names import UsageError
from stabaudit.cli.console import CLEAN, FAILED, warn
from stabaudit.cli.options import Options
from stabaudit.cli.results import results_of
from stabaudit.report.place import where
from stabaudit.report.style import clean

_NUMBER = r"[0-9]{1,9}"
PLACE = re.compile(
    rf"(?P<file>.+?):(?:cell (?P<cell>{_NUMBER}):)?(?P<line>{_NUMBER})(?::(?P<column>{_NUMBER}))?:?", re.DOTALL
)


def show(arguments: Namespace, stream: TextIO) -> int:
    """Print the scripts of the findings at the place of `arguments`; the exit code."""
    place = PLACE.fullmatch(arguments.place)
    if place is None:
        raise UsageError(f"`{arguments.place}` is not a place; write it as FILE:LINE or FILE:LINE:COL")
    shown = found = 0
    for result in results_of([place["file"]], Options(arguments), 1, quiet=True):
        if result.trouble:
            warn(result)
            return FAILED
        at = where(result)
        for finding in result.findings:
            start, end = at(finding.start), at(finding.end)
            inside = start.row <= int(place["line"]) <= end.row and place["cell"] in (None, str(start.cell))
            if not inside or (place["column"] is not None and start.column != int(place["column"])):
                continue
            found += 1
            if arguments.as_test:
                from stabaudit.cli.regression import test_of

                if (test := test_of(result, finding, arguments.place)) is not None:
                    shown += 1
                    stream.write("".join(f"{clean(line)}\n" for line in test.rstrip("\n").split("\n")))
                continue
            if finding.witness is not None and finding.witness.script is not None:
                shown += 1
                stream.write("".join(f"{clean(line)}\n" for line in finding.witness.script.split("\n")))
    if not found:
        raise UsageError(f"{arguments.place}: no finding there; `stabaudit check` lists findings")
    if not shown:
        what = "test" if arguments.as_test else "script"
        raise UsageError(f"{arguments.place}: the finding has a step that a {what} cannot reproduce")
    return CLEAN
