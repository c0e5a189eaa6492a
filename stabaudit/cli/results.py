"""The results of the files below some paths."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from stabaudit.cli.console import complain
from stabaudit.cli.options import Options
from stabaudit.engine import run
from stabaudit.engine.job import Result
from stabaudit.records import TYPE_CHECKING
from stabaudit.report.progress import shown
from stabaudit.source.find import find, parts

if TYPE_CHECKING:
    # Most runs ask nothing.
    from stabaudit.cli.interactive import Dialogue
    from stabaudit.engine.cache.store import Store


def results_of(
    paths: Iterable[str],
    plan: Options,
    jobs: int | None,
    quiet: bool = False,
    dialogue: Dialogue | None = None,
    verbose: bool = False,
) -> Iterator[Result]:
    """The results of all files below `paths`; their number is shown on a terminal unless that is to be `quiet`.

    In a `dialogue` they end where the user has had enough. With `verbose` the links that are not followed are told of.
    """
    left: list[tuple[str, str]] | None = [] if verbose else None
    found = find(paths, plan.finder.of, left, plan.finder.places)
    if left:
        from stabaudit.cli import log

        log.outside(left)
    if not found.files and not found.troubles:
        complain("no Python files below the given paths", "warning")
    files = plan.changed(found.files)
    # Few and last: troubles of the search come before the results, in the same order as they.
    for trouble in sorted(found.troubles, key=lambda trouble: parts(trouble.path)):
        yield Result(trouble.path, trouble=trouble)
    if dialogue is not None:
        # One after the other: there is one user.
        yield from dialogue.until_over(run.run(files, dialogue.tasks(plan.task)))
        return
    opened = _store if plan.keeps else None
    results = run.run(files, plan.task, jobs or _processors(), opened, plan.finder.places, plan.limits)
    yield from results if quiet else shown(results, len(files))


def _store() -> Store | None:
    """What earlier runs have kept; `None` on a Python without SQLite."""
    try:
        from stabaudit.engine.cache.store import opened
    except ImportError:
        return None
    return opened()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
