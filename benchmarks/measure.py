"""One run of a program: how long, how much of the processors, how much memory in all, how many findings."""

from __future__ import annotations

import math
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

#: Who takes longer, in seconds, is ended.
LIMIT = 300.0


class Run(NamedTuple):
    """`wall` and `cpu` in seconds, `wall` infinite if it was ended.

    `memory` in bytes: the most that the program and its children held at once.
    """

    wall: float
    cpu: float
    memory: float
    findings: float


def program(name: str, folder: str | None) -> str | None:
    """Where a program lies, `None` if it is not installed."""
    return (shutil.which(name, path=folder) if folder else None) or shutil.which(name)


def measured(command: Sequence[str], mark: bytes, env: Mapping[str, str], *, watched: bool = True) -> Run:
    """A run of `command`; each line of its output that holds `mark` is a finding.

    Memory is not looked at unless it is `watched`, which takes a little of the processors.
    """
    with tempfile.TemporaryFile() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.DEVNULL,
            # An installed program has its bytecode; it must not be compiled anew in each run.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **env},
            start_new_session=True,
        )
        watch = Watch(process.pid) if watched else None
        # To wait with a limit is to look every 50 ms, half of what the shortest runs take.
        late = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        late.daemon = True
        late.start()
        process.wait()
        wall = time.perf_counter() - start
        late.cancel()
        if wall >= LIMIT:
            wall = math.inf
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if watch is not None:
            watch.end()
        out.seek(0)
        findings = sum(mark in line for line in out)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, float(watch.most if watch is not None else 0), float(findings))


class Watch(threading.Thread):
    """Looks at the memory of a process and its children ten times a second; knows Linux alone."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.most = 0
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        """Look until it is over."""
        while not self._over.wait(0.1):
            self.most = max(self.most, sum(map(held, family(self.pid))))

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                todo += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def held(pid: int) -> int:
    """The memory of a process, what it shares with others counted in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
