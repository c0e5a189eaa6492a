"""Whether another process computes or waits for a processor, or waits for something else."""

from __future__ import annotations

import os

#: What Linux calls a thread that computes or waits for a processor, and one that waits for a disk.
AT_WORK = frozenset({b"R", b"D"})


def is_running(pid: int) -> bool:
    """Whether a thread of a process is at work, as far as the system tells: only Linux does."""
    tasks = f"/proc/{pid}/task"
    try:
        return any(_is_at_work(f"{tasks}/{task}/stat") for task in os.listdir(tasks))
    except OSError:
        return False


def _is_at_work(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            # The name of the program stands in parentheses and may hold any byte.
            return file.read().rpartition(b")")[2].split()[0] in AT_WORK
    except (OSError, IndexError):
        # It has ended meanwhile.
        return False
