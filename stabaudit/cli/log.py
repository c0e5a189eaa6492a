"""What `--verbose` tells: the configuration that holds, and how long the run takes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator

from stabaudit.cli.options import Options
from stabaudit.engine.job import Result
from stabaudit.report.style import clean, shown_path
from stabaudit.report.tally import count
from stabaudit.source.find import OUTSIDE


def told(plan: Options, paths: Iterable[str]) -> None:
    """Say what holds for each of `paths`."""
    for path in paths:
        real = os.path.realpath(path)
        settings = plan.finder.of(real if os.path.isdir(real) else os.path.dirname(real))
        changed = {f"{key} ({value.origin})" for key, value in settings.values.items() if value.origin != "default"}
        said = ", ".join(sorted(changed)) or "defaults"
        sys.stderr.write(f"{shown_path(path)}: settings: {clean(said)}\n")


def outside(left: Iterable[tuple[str, str]]) -> None:
    """Say which links were not followed among what was left out."""
    for path, why in sorted(left):
        if why == OUTSIDE:
            sys.stderr.write(f"{shown_path(path)}: skipped: {why}\n")


def took(results: Iterable[Result]) -> Iterator[Result]:
    """The results as they come, and at their end how long they took."""
    start, number = time.perf_counter(), 0
    for result in results:
        number += result.files
        yield result
    sys.stderr.write(f"took {time.perf_counter() - start:.2f} s for {count(number, 'file')}\n")
