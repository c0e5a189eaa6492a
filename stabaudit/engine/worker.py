"""A process that checks one file after the other for another process, within limits, and ends when that one does.

What it is handed comes through one pipe, what becomes of it goes back through another; both carry pickled values
between processes that trust each other. Neither ever holds a byte that a file of the checked tree could have put
there as a pickle.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from typing import Any, NoReturn

from stabaudit.engine.job import PendingFile
from stabaudit.engine.limits import Limits
from stabaudit.engine.memory import relax_gc, trim_heap
from stabaudit.engine.work import examine

try:
    # The module `queue` brings heaps and locks along.
    from _queue import SimpleQueue
except ImportError:
    # A Python that was built otherwise.
    from queue import SimpleQueue

try:
    import resource
except ImportError:
    # On Windows the process that waits looks at the clock, and memory has no limit.
    resource = None  # type: ignore[assignment]

_HEADER = 8


def send(pipe: int, value: object) -> None:
    """Write a value into a pipe, whole; raises `OSError` where nobody reads it any more."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(data).to_bytes(_HEADER, "little") + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def receive(pipe: int) -> Any:
    """The next value in a pipe; raises `EOFError` where nobody writes into it any more."""
    return pickle.loads(_read(pipe, int.from_bytes(_read(pipe, _HEADER), "little")))


def _read(pipe: int, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        part = os.read(pipe, min(length - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def serve(orders: int, results: int, store: str | None, limits: Limits) -> NoReturn:
    """Examine what comes through one pipe, send what becomes of it through the other, until the first is closed."""
    _detach()
    relax_gc()
    _hold_memory(limits.megabytes)
    if store is not None:
        from stabaudit.engine.cache.verdicts import hold

        hold(store)
    # The system counts in what the process held that started this one.
    most_before = _most_memory()
    queue: SimpleQueue[PendingFile] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders, queue), daemon=True).start()
    while True:
        raw = queue.get()
        _hold_time(limits.time(len(raw.data)))
        # The seconds of the processor that it has used tell how long the run is, whatever else the machine does.
        send(results, (examine(raw), time.process_time()))
        trim_heap(len(raw.data))
        if _most_memory() > most_before and _is_swollen(limits.megabytes):
            # Another one starts afresh with all of the memory.
            os._exit(0)


def serve_by_command() -> NoReturn:
    """The same in a program of its own, told by standard input and heard by standard output."""
    orders, results = os.dup(0), os.dup(1)
    store, limits = receive(orders)
    serve(orders, results, store, limits)


def _detach() -> None:
    """Let Ctrl-C be answered by the first process alone, and let no stream of the user be held open."""
    # It comes to all processes of a terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _listen(orders: int, queue: SimpleQueue[PendingFile]) -> None:
    """Hand on what comes, and end this process when no more can come."""
    try:
        while True:
            queue.put(receive(orders))
    except (EOFError, OSError):
        # A signal, because who is writing a file puts it off until the file is whole.
        os.kill(os.getpid(), signal.SIGTERM)


def _hold_memory(megabytes: int) -> None:
    if resource is not None:
        # A crash must leave no image of the memory in the current folder.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if resource is not None and megabytes and sys.platform != "darwin":
        _lower(resource.RLIMIT_AS, megabytes << 20)


def _hold_time(seconds: int) -> None:
    """Let the system end this process when it has used so many more seconds of the processor, whatever it does."""
    if resource is not None and seconds:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _is_swollen(megabytes: int) -> bool:
    """Whether this process once held more than half of so much memory, which is then in pieces."""
    return bool(megabytes) and sys.platform != "darwin" and _most_memory() > megabytes << 9


def _most_memory() -> int:
    """The most memory that this process has held, in kilobytes on Linux; 0 where that is not known."""
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) if resource is not None else 0


def _lower(kind: int, soft: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
