"""What all commands say to the shell and on standard error."""

from __future__ import annotations

import os
import sys

from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from stabaudit.engine.job import Result

CLEAN, FOUND, FAILED = 0, 1, 2
# What a shell reports for a program that SIGINT or SIGPIPE ended.
INTERRUPTED, UNHEARD = 130, 141


def hush() -> None:
    """Let what is still in the buffer of standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


#: Of a longer message, as of a name that fills a file, only the beginning is said.
LONGEST = 2000


def complain(message: str, kind: str = "error") -> None:
    """One line on standard error."""
    from stabaudit.report.style import clean, style

    paint = style(sys.stderr)
    label = paint.red(f"{kind}:") if kind == "error" else paint.yellow(f"{kind}:")
    sys.stderr.write(f"{label} {clean(message if len(message) <= LONGEST else f'{message[:LONGEST]}...')}\n")


def warn(result: Result, quiet: bool = False) -> None:
    """Say on standard error what is wrong with a result."""
    if result.trouble:
        complain(str(result.trouble))
    for note in () if quiet else result.notes:
        complain(str(note), "warning")
    if result.unfixed:
        complain(f"{result.path}: nothing fixed: {result.unfixed}; please report it", "warning")
