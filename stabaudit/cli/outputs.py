"""Where results go: standard output, files, or several of them at once."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from importlib import import_module

from stabaudit.catalogue.names import UsageError
from stabaudit.config.table import FORMATS
from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.report.style import Style, style
from stabaudit.source.places import OUT, leads_out

if TYPE_CHECKING:
    from typing import TextIO

    from stabaudit.engine.job import Result

#: Forms for people, which end with a summary.
TOLD = ("text", "concise")


class Output(Record):
    """A form of the results, and the file for it; none is standard output."""

    form: str
    path: str | None = None


def outputs(form: str, files: Iterable[str] | None) -> list[Output]:
    """What `--output-format` and all `--output-file` ask for; the first is the main one."""
    main, others = Output(form), []
    for word in files or ():
        name, colon, path = word.partition(":")
        if colon and name in FORMATS:
            others.append(Output(name, path))
        elif main.path is not None:
            raise UsageError(f"--output-file {word}: the format is missing; write it as `json:{word}`")
        else:
            main = Output(form, word)
    for output in (main, *others):
        if output.path is not None and (not output.path or os.path.isdir(output.path)):
            raise UsageError(f"--output-file {output.path!r} is not the name of a file")
    return [main, *others]


def show(
    results: Iterable[Result], wanted: Sequence[Output], stream: TextIO, unsafe: bool, *, nearest: bool = False
) -> None:
    """Print `results` in each of the forms that are `wanted`; with `nearest` first what the data comes nearest to."""
    if nearest:
        from stabaudit.engine.reach import nearest_first

        results = list(nearest_first(results))
    elif len(wanted) > 1:
        # Files without findings hold no text, so this is not much.
        results = list(results)
    for form, path in wanted:
        module = import_module(f"stabaudit.report.{form.replace('-', '_')}")
        if path is None:
            module.show(results, stream, style(stream), unsafe)
            continue
        if leads_out(path):
            raise UsageError(f"--output-file {path}: {OUT}; give the path of its target")
        try:
            file = open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n", opener=_opened)  # noqa: SIM115
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            raise UsageError(f"--output-file {path}: cannot be written: {said}") from None
        with file:
            module.show(results, file, Style(), unsafe)


def _opened(path: str, flags: int) -> int:
    # A pipe that nobody reads is not waited for: it may have lain there before.
    handle = os.open(path, flags & ~os.O_TRUNC | getattr(os, "O_NONBLOCK", 0), 0o666)
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode):
        if found.st_nlink > 1:
            # What is written to it would be in files that may lie anywhere.
            os.close(handle)
            raise OSError(errno.EMLINK, f"it has {found.st_nlink} names in the file system (hard links)")
        os.ftruncate(handle, 0)
    elif hasattr(os, "O_NONBLOCK"):
        os.set_blocking(handle, True)
    return handle
