"""Work shared among processes; one that dies takes only its own file with it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from stabaudit.memory import unhurried
from stabaudit.source.trouble import Trouble
from stabaudit.task import Raw, Result, Task
from stabaudit.work import examine, visit

# So many files may wait for each process: enough to keep it busy, few enough to hold.
WAITING = 8
# A file that takes so many seconds hangs: the slowest of eleven thousand took four.
LONGEST = 300.0


class Order(NamedTuple):
    """What a process is asked to do; `keeps`: what it learns is kept for the next run."""

    path: str
    task: Task
    keeps: bool


def share(work: Iterable[Raw | Result], jobs: int, store: str | None = None) -> Iterator[Result]:
    """The results of `work` in its order, from `jobs` processes, which know the verdicts in a store."""
    others = set(multiprocessing.active_children())
    pool = _open(jobs, store)
    queue: deque[Result | tuple[Order, Future[Result]]] = deque()
    busy = 0
    try:
        for item in work:
            if isinstance(item, Result) or item.quick:
                queue.append(item if isinstance(item, Result) else examine(item))
            else:
                order = Order(item.path, item.task, item.known is not None)
                try:
                    future = _submit(pool, order)
                except BrokenProcessPool:
                    pool = _open(jobs, store)
                    future = _submit(pool, order)
                queue.append((order, future))
                busy += 1
            while queue and (busy > WAITING * jobs or isinstance(queue[0], Result)):
                busy -= isinstance(queue[0], tuple)
                yield _settle(queue.popleft(), others)
        while queue:
            yield _settle(queue.popleft(), others)
    except BaseException:
        # The user wants out: whoever is still at work is stopped, not waited for.
        _end(others)
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _open(jobs: int, store: str | None = None) -> ProcessPoolExecutor:
    # Spawned on every system: forking is unsafe once threads run.
    context = multiprocessing.get_context("spawn")
    # 61 is as many as Windows can wait for.
    return ProcessPoolExecutor(min(jobs, 61), mp_context=context, initializer=_begin, initargs=(store,))


def _submit(pool: ProcessPoolExecutor, order: Order) -> Future[Result]:
    """The future result of a file; a process that is started for it does not hear Ctrl-C even while it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(visit, *order)
    # Blocked, not ignored: what comes meanwhile waits for us, and processes inherit the block.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(visit, *order)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(store: str | None) -> None:
    # Ctrl-C goes to all processes of a terminal; only the first one answers it.
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    unhurried()
    if store is not None:
        from stabaudit.cache.verdicts import hold

        hold(store)


def _settle(entry: Result | tuple[Order, Future[Result]], others: Collection[BaseProcess]) -> Result:
    if isinstance(entry, Result):
        return entry
    order, future = entry
    try:
        # It was handed out before all that are still open, so it is being worked on.
        return future.result(LONGEST)
    except Late:
        # Those that were under way beside it are taken up again, as if the process had died.
        _end(others)
        return _late(order)
    except BrokenProcessPool:
        return _alone(order)


def _alone(order: Order) -> Result:
    """The result of a file that may have killed its process, from a process of its own."""
    others = set(multiprocessing.active_children())
    with _open(1) as pool:
        try:
            return _submit(pool, order).result(LONGEST)
        except Late:
            _end(others)
            return _late(order)
        except BrokenProcessPool:
            message = "internal error: the process that checked it died; please report it"
            return Result(order.path, trouble=Trouble(order.path, message))


def _late(order: Order) -> Result:
    message = f"internal error: not done after {LONGEST:g} s and given up; please report it"
    return Result(order.path, trouble=Trouble(order.path, message))


def _end(others: Collection[BaseProcess]) -> None:
    """End the processes that were started here."""
    for process in set(multiprocessing.active_children()).difference(others):
        process.terminate()
