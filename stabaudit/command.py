"""`stabaudit check`: from parsed arguments to printed results and an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from stabaudit import engine
from stabaudit.arguments import Misuse, known
from stabaudit.cli import CLEAN, FAILED, FOUND, complain
from stabaudit.report.ink import ink
from stabaudit.report.tally import Tally
from stabaudit.source.find import find, parts
from stabaudit.source.read import standard_input
from stabaudit.source.trouble import Trouble
from stabaudit.task import Result, Task, study

if TYPE_CHECKING:
    from stabaudit.finding import Applicability


def check(arguments: Namespace) -> int:
    """Check the paths of `arguments`; the exit code."""
    paths = arguments.paths or ["."]
    stdin = "-" in paths
    if stdin and len(paths) > 1:
        raise Misuse("`-` is standard input and stands alone; give the other paths in a run of their own")
    if arguments.stdin_filename and not stdin:
        raise Misuse("--stdin-filename needs `-` as the path")
    task, tally = _task(arguments, stdin), Tally()
    pipes = stdin and arguments.fix and not arguments.diff
    if stdin:
        results = _stdin(arguments.stdin_filename or "-", task, echo=pipes)
    else:
        results = _files(paths, task, arguments.jobs)
    results = _watched(results, tally)
    if arguments.diff:
        return _diff(results, tally, arguments.unsafe_fixes)
    # Standard output is kept for the fixed text, or for the document, alone.
    stream = sys.stderr if pipes else sys.stdout
    form = import_module(f"stabaudit.report.{arguments.output_format}")
    form.show(results, stream, ink(stream), arguments.unsafe_fixes)
    summary = tally.summary(arguments.fix, arguments.unsafe_fixes)
    if arguments.output_format != "json":
        stream.write(f"{summary}\n")
    elif arguments.fix:
        sys.stderr.write(f"{summary}\n")
    return FAILED if tally.troubles else FOUND if tally.findings else CLEAN


def _task(arguments: Namespace, stdin: bool) -> Task:
    select, ignore = (
        {name.strip() for word in words for name in word.split(",") if name.strip()}
        for words in (arguments.select or (), arguments.ignore or ())
    )
    known(sorted(select), "--select")
    known(sorted(ignore), "--ignore")
    rules = None
    if arguments.select or ignore:
        from stabaudit import rule

        rules = frozenset(select if arguments.select else rule.names()) - ignore
    fixing = arguments.fix or arguments.diff
    level: Applicability = "unsafe" if arguments.unsafe_fixes else "safe"
    write = arguments.fix and not arguments.diff and not stdin
    return Task(rules=rules, fix=level if fixing else None, write=write)


def _files(paths: Iterable[str], task: Task, jobs: int | None) -> Iterator[Result]:
    found = find(paths)
    if not found.files and not found.troubles:
        complain("no Python files below the given paths", "warning")
    # Few and last: troubles of the search come before the results, in the same order as they.
    for trouble in sorted(found.troubles, key=lambda trouble: parts(trouble.path)):
        yield Result(trouble.path, trouble=trouble)
    yield from engine.run(found.files, task, jobs or _processors())


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _stdin(name: str, task: Task, echo: bool) -> Iterator[Result]:
    """The result of standard input; with `echo` its text, fixed or as it was, goes to standard output."""
    try:
        data = standard_input(name)
    except Trouble as trouble:
        yield Result(name, trouble=trouble)
        return
    result = study(name, data, task)
    if echo:
        source = result.source
        sys.stdout.buffer.write(source.encode(result.text) if source and result.fixed else data)
        sys.stdout.buffer.flush()
    yield result


def _watched(results: Iterable[Result], tally: Tally) -> Iterator[Result]:
    """The results, each counted, and told on standard error where something is wrong."""
    for result in results:
        tally.add(result)
        if result.trouble:
            complain(str(result.trouble))
        if result.unfixed:
            complain(f"{result.path}: nothing fixed: {result.unfixed}; please report it", "warning")
        yield result


def _diff(results: Iterable[Result], tally: Tally, unsafe: bool) -> int:
    from stabaudit.report.diff import patch
    from stabaudit.report.ink import clean

    for result in results:
        if not result.source or result.text == result.source.text:
            continue
        data = patch(result.path, result.source, result.text)
        if sys.stdout.isatty():
            lines = data.decode(result.source.encoding, "replace").split("\n")
            sys.stdout.write("\n".join(clean(line, "\t") for line in lines))
        else:
            sys.stdout.buffer.write(data)
    sys.stdout.flush()
    sys.stderr.write(f"{tally.mended('Would fix', unsafe)}\n")
    return FAILED if tally.troubles else FOUND if tally.changed else CLEAN
