"""`stabaudit check --since REVISION --judge`: what became of each formula that was changed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from functools import partial

from stabaudit.cli.combined import refuse_form
from stabaudit.cli.console import CLEAN, FAILED, FOUND, warn
from stabaudit.cli.options import Options
from stabaudit.cli.results import results_of
from stabaudit.config.offers import ALL
from stabaudit.engine.job import FileJob, Result
from stabaudit.engine.judging import judge, judgement_of
from stabaudit.findings.judgement import STATES, Judgement
from stabaudit.report.json import filename, place
from stabaudit.report.place import where
from stabaudit.report.style import clean, shown_path, style
from stabaudit.report.tally import count
from stabaudit.report.values import written
from stabaudit.source.blocks import is_document


class _Judging(Options):
    """The tasks of a run that judges: no comment, no baseline, no severity and no earlier run has a say."""

    @property
    def keeps(self) -> bool:
        return False

    def task(self, path: str) -> FileJob:
        task = super().task(path)
        if is_document(path) or task.before is None:
            return task._replace(rules=frozenset(), unused=False)
        project = self.project(self.finder.near(path)[0])
        check = partial(judge, before=task.before, project=project)
        plain = task._replace(before=None, known={}, elsewhere={}, comments=False, least="note", offers=ALL)
        return plain._replace(check=check, sieves=False)


def show(arguments: Namespace, paths: Iterable[str]) -> int:
    """Print the judgements; the exit code."""
    plan = _Judging(arguments)
    form = plan.here.get("output-format")
    refuse_form(arguments, [form])
    states: Counter[str] = Counter()
    sound = True
    entries: list[dict[str, object]] = []
    troubles = 0
    for result in results_of(paths, plan, arguments.jobs, arguments.quiet):
        warn(result)
        troubles += result.trouble is not None
        for one in map(judgement_of, result.findings):
            states[one.state] += 1
            sound &= one.is_sound
            if form == "json":
                entries.append(_entry(result, one))
            else:
                _tell(result, one)
    if form == "json":
        sys.stdout.write(f"{written(entries, indent=1)}\n")
    elif not arguments.quiet:
        told = ", ".join(f"{states[state]} {state}" for state in STATES if states[state])
        sys.stdout.write(f"{count(states.total(), 'changed formula')}{f': {told}' if told else ''}.\n")
    if troubles:
        return FAILED
    return CLEAN if sound or arguments.exit_zero else FOUND


def _tell(result: Result, one: Judgement) -> None:
    paint = style(sys.stdout)
    at = f"{shown_path(result.path)}:{where(result)(one.start)}"
    state = paint.green(one.state) if one.is_sound else paint.red(one.state)
    says = f": {clean(one.says)}" if one.says else ""
    sys.stdout.write(f"{paint.bold(at)}: {one.rule}: {state}{says}\n")


def _entry(result: Result, one: Judgement) -> dict[str, object]:
    at = where(result)
    start, end = at(one.start), at(one.end)
    return {
        "filename": filename(result.path),
        "rule": one.rule,
        "state": one.state,
        "says": one.says or None,
        "cell": start.cell,
        "location": place(start),
        "end_location": place(end),
    }
