"""Files shared among workers, their results in order; a worker that dies or hangs takes only its own file with it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator

from stabaudit.engine.job import PendingFile, Result
from stabaudit.engine.limits import LIMITS, Limits
from stabaudit.engine.process_state import is_running
from stabaudit.engine.start import start
from stabaudit.engine.waiting import readable
from stabaudit.engine.work import examine
from stabaudit.engine.worker import receive, send
from stabaudit.source.errors import FileError
from stabaudit.source.read import load

#: So many files may wait for each worker: enough to keep it busy, few enough to hold.
WAITING = 8
#: So many of them it has at hand, so that it need not wait for the next.
AT_HAND = 2
#: A run in which one worker has used so many seconds of the processor, and more waits, is worth a second one: to start
#: it takes a quarter of a second.
ALONE = 1.0
#: A worker that is told to end may first write a file whole; so many seconds are enough.
GRACE = 2.0
#: Workers end like this behind a file, to start afresh.
AFRESH = 0
#: So they end when somebody ends them, as a system does that runs out of memory: their file is not to blame.
BLAMELESS = (-signal.SIGTERM, -9)


class Job:
    """A file, and its result when there is one."""

    def __init__(self, item: PendingFile | Result) -> None:
        self.item = item
        self.result = item if isinstance(item, Result) else None
        self.tried = False

    @property
    def raw(self) -> PendingFile:
        """The file, which is not known yet."""
        assert isinstance(self.item, PendingFile)
        return self.item

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return len(self.raw.data)

    def fails(self, message: str) -> None:
        """What went wrong is its result."""
        self.result = Result(self.raw.path, trouble=FileError(self.raw.path, message))

    def again(self) -> bool:
        """Whether it is to be tried again, once; what was at work on it may have written the file."""
        if self.tried:
            return False
        self.tried = True
        if self.raw.task.write:
            raw = self.raw
            try:
                self.item = PendingFile(raw.path, load(raw.path), raw.task, None if raw.known is None else {})
            except FileError as trouble:
                self.result = Result(self.raw.path, trouble=trouble)
        return self.result is None


class Worker:
    """A process, and the jobs that it has at hand, the first of them since a moment."""

    def __init__(self, store: str | None, limits: Limits, others: Iterable[Worker]) -> None:
        pipes = [pipe for other in others for pipe in (other.orders, other.results)]
        started = start(store, limits, pipes)
        self.process = started.process
        self.orders: int = started.orders
        self.results: int = started.results
        self.jobs: deque[Job] = deque()
        self.since = 0.0
        #: Seconds of the processor that it has used.
        self.spent = 0.0

    def take(self, job: Job) -> None:
        """Have one more job at hand."""
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        # Its end is seen where its results are read.
        with contextlib.suppress(OSError):
            send(self.orders, job.raw)

    def answer(self) -> None:
        """Read the result of the first job; raises `EOFError` if the process has ended."""
        self.jobs[0].result, self.spent = receive(self.results)
        self.jobs.popleft()
        self.since = time.monotonic()

    def release(self) -> None:
        """Let it end by itself: no more orders can come."""
        orders, self.orders = self.orders, -1
        if orders >= 0:
            os.close(orders)

    def end(self, at_once: bool = False) -> int:
        """See to its end, and clear away what it may have left; its exit code, for a signal the negative number."""
        self.release()
        if at_once or not self._ends():
            self.process.kill()
        code = self.process.wait()
        os.close(self.results)
        if self.jobs:
            # Imported here: hardly one ends in the midst of its work.
            from stabaudit.source.write import sweep

            sweep(self.jobs[0].raw.path, self.process.pid)
        return code

    def _ends(self) -> bool:
        """Whether it ends by itself."""
        last = time.monotonic() + GRACE
        while readable([self.results], last - time.monotonic()):
            if not os.read(self.results, 1 << 16):
                return True
        return False


class Pool:
    """Workers that are started when there is something to do, and the jobs that wait for them."""

    def __init__(self, jobs: int, store: str | None, limits: Limits) -> None:
        self._most = jobs
        self._store = store
        self._limits = limits
        self._workers: list[Worker] = []
        self._waiting: deque[Job] = deque()
        self._shares = False

    @property
    def is_full(self) -> bool:
        """Whether enough waits for the workers."""
        return len(self._waiting) > WAITING * self._most

    def put(self, job: Job) -> None:
        """Have a job done."""
        self._waiting.append(job)
        self.advance(0)

    def advance(self, timeout: float | None = None) -> None:
        """Take what the workers have done by now, or by the end of `timeout` seconds, and hand them more."""
        self._hand_out()
        busy = {worker.results: worker for worker in self._workers if worker.jobs}
        if not busy:
            return
        if timeout is None and self._limits.seconds:
            timeout = max(0.0, min(map(self._latest, busy.values())) - time.monotonic())
        ready = readable([*busy], timeout)
        for pipe in ready:
            try:
                busy[pipe].answer()
            except EOFError:
                self._bury(busy[pipe])
        for worker in busy.values():
            # Who has just answered is not late, however long nobody asked.
            if self._limits.seconds and worker.results not in ready and time.monotonic() >= self._latest(worker):
                if is_running(worker.process.pid):
                    # A busy machine keeps it waiting; the limit of processor time holds all the same.
                    worker.since = time.monotonic()
                else:
                    self._give_up(worker)
        self._hand_out()

    def _latest(self, worker: Worker) -> float:
        """When a worker that is busy has to have answered, by the clock."""
        return worker.since + self._limits.patience(worker.jobs[0].size)

    def _hand_out(self) -> None:
        while self._waiting:
            least = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
            if least is None or (least.jobs and len(self._workers) < self._most and self._is_long()):
                least = Worker(self._store, self._limits, self._workers)
                self._workers.append(least)
            if least is None or len(least.jobs) >= AT_HAND:
                return
            least.take(self._waiting.popleft())

    def _is_long(self) -> bool:
        """Whether the run is so long that more workers are worth their start."""
        self._shares = self._shares or (self.is_full and any(worker.spent >= ALONE for worker in self._workers))
        return self._shares

    def _bury(self, worker: Worker) -> None:
        """Do without a worker that has ended; its first job is done again, or was the reason."""
        code = self._dismiss(worker)
        first = worker.jobs[0]
        # Who starts afresh has not begun with it.
        if code == AFRESH or (code in BLAMELESS and first.again()):
            self._waiting.appendleft(first)
        elif first.result is None:
            late = _named(code) == "SIGXCPU"
            died = f"the process that checked it died ({_named(code)}); exclude it, and please report this"
            first.fails(self._limits.too_long(first.size) if late else died)

    def _give_up(self, worker: Worker) -> None:
        self._dismiss(worker, at_once=True)
        first = worker.jobs[0]
        first.fails(self._limits.no_answer(first.size))

    def _dismiss(self, worker: Worker, at_once: bool = False) -> int:
        """Do without a worker; others do what it had not begun."""
        self._workers.remove(worker)
        code = worker.end(at_once)
        self._waiting.extendleft(reversed([*worker.jobs][1:]))
        return code

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.release()
        for worker in self._workers:
            worker.end()
        self._workers.clear()


def share(
    work: Iterable[PendingFile | Result], jobs: int, store: str | None = None, limits: Limits = LIMITS
) -> Iterator[Result]:
    """The results of `work` in its order, from `jobs` workers, which know the verdicts in a store."""
    pool = Pool(jobs, store, limits)
    queue: deque[Job] = deque()
    try:
        for item in work:
            job = Job(examine(item) if isinstance(item, PendingFile) and item.quick else item)
            queue.append(job)
            if job.result is None:
                pool.put(job)
            while queue and (pool.is_full or queue[0].result is not None):
                yield from _first(queue, pool)
        while queue:
            yield from _first(queue, pool)
    finally:
        pool.close()


def _first(queue: deque[Job], pool: Pool) -> Iterator[Result]:
    """The result of the first job if it is there, or nothing after some other has come."""
    result = queue[0].result
    if result is None:
        pool.advance()
    else:
        queue.popleft()
        yield result


def _named(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
