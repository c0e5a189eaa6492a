"""How a worker is started: never with a folder of the checked tree on its search path."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from stabaudit.engine import memory
from stabaudit.engine.limits import Limits
from stabaudit.engine.worker import send, serve
from stabaudit.records import Record

#: `-I` keeps the current folder off the search path, which is then made that of this process.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from stabaudit.engine.worker import serve_by_command; serve_by_command()"
)


class Process(Protocol):
    """A process that was started here."""

    @property
    def pid(self) -> int:
        """Its number."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int:
        """Wait for its end: its exit code, or the number of the signal that ended it, negative."""


class Started(Record):
    """A worker, the pipe into which its orders go, and the one from which its results come."""

    process: Process
    orders: int
    results: int


class _Copy(Record):
    """A copy of this process."""

    pid: int

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        except ChildProcessError:
            # Whoever started this process wants to hear nothing of children that end.
            return -signal.SIGKILL


def can_fork() -> bool:
    """Whether a worker may be a copy of this process, which takes no time: if it is ours, without other threads."""
    # Threads of NumPy would not be copied.
    return memory.ours and hasattr(os, "fork") and "numpy" not in sys.modules


def start(store: str | None, limits: Limits, others: Iterable[int]) -> Started:
    """A new worker; `others` are the pipes to and from those that there are."""
    return _forked(store, limits, others) if can_fork() else _executed(store, limits)


def _forked(store: str | None, limits: Limits, others: Iterable[int]) -> Started:
    orders, ours = os.pipe()
    theirs, results = os.pipe()
    # What is there already need not be searched for circles; to do so would copy all of it, 8 ms of work.
    gc.freeze()
    with _deaf():
        pid = os.fork()
        if not pid:
            try:
                # A pipe ends when all ends of it are closed; this one must not hold those of the others open.
                for pipe in (ours, theirs, *others):
                    os.close(pipe)
                serve(orders, results, store, limits)
            finally:
                os._exit(1)
    os.close(orders)
    os.close(results)
    return Started(_Copy(pid), ours, theirs)


def _executed(store: str | None, limits: Limits) -> Started:
    # Imported here: a copy needs none of it.
    import subprocess

    command = [sys.executable, "-I", "-c", _PROGRAM, *sys.path]
    with _deaf():
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdin
    assert process.stdout
    ours, theirs = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
    process.stdin.close()
    process.stdout.close()
    send(ours, (store, limits))
    return Started(process, ours, theirs)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C waits until a worker that is started meanwhile knows that it is not meant."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Blocked, not ignored: what comes meanwhile waits for us, and processes inherit the block.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
