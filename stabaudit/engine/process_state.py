"""Whether another process computes or waits for a processor, or waits for something else."""

from __future__ import annotations

import os

#: What Linux calls a thread that computes or waits for a processor. One that waits for a disk has no such end in sight.
RUNNING = b"R"


def is_running(pid: int) -> bool:
    """Whether a thread of a process computes or waits for a processor, as far as the system tells: only Linux does."""
    tasks = f"/proc/{pid}/task"
    try:
        return any(_state(f"{tasks}/{task}/stat") == RUNNING for task in os.listdir(tasks))
    except OSError:
        return False


def _state(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            # The name of the program stands in parentheses and may hold any byte.
            return file.read().rpartition(b")")[2].split()[0]
    except (OSError, IndexError):
        # It has ended meanwhile.
        return b""
