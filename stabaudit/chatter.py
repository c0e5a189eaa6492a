"""What `--verbose` tells: the configuration that holds, and how long the run took."""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections.abc import Iterable

from stabaudit.plan import Plan
from stabaudit.report.ink import clean


def told(plan: Plan, paths: Iterable[str]) -> None:
    """Say what holds for each of `paths`, and at the end how long all took."""
    start = time.perf_counter()
    for path in paths:
        real = os.path.realpath(path)
        settings = plan.finder.of(real if os.path.isdir(real) else os.path.dirname(real))
        changed = {
            f"{key} ({value.origin})" for key, value in settings.values.items() if value.origin != "default"
        }
        said = ", ".join(sorted(changed)) or "defaults"
        sys.stderr.write(f"{clean(path)}: settings: {clean(said)}\n")
    atexit.register(lambda: sys.stderr.write(f"took {time.perf_counter() - start:.2f} s\n"))
