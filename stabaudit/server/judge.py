"""Texts to their results in one other process, which lives as long as it keeps within the limits.

Whatever is opened may be hostile: it is read there, never in the process that speaks with the editor. The process keeps
the verdicts that it has given, so that a formula is judged once, however often the text around it changes.
"""

from __future__ import annotations

import os
import threading

from stabaudit.engine.job import FileJob, PendingFile, Result
from stabaudit.engine.limits import Limits
from stabaudit.engine.pool import Job, Pool


class Judge:
    """Asks the other process; several threads may ask, one after the other."""

    def __init__(self, limits: Limits, store: str | None) -> None:
        # Where nothing is kept on disk, verdicts are kept in memory all the same.
        self._pool = Pool(1, store or os.devnull, limits)
        self._lock = threading.Lock()
        self._closed = False

    def result(self, path: str, data: bytes, task: FileJob) -> Result:
        """What becomes of a text of these bytes, which need not be those of the file at `path`."""
        job = Job(PendingFile(path, data, task._replace(write=False)))
        with self._lock:
            if self._closed:
                return Result(path)
            self._pool.put(job)
            while job.result is None:
                self._pool.advance()
        return job.result

    def close(self) -> None:
        """End the other process."""
        with self._lock:
            self._closed = True
            self._pool.close()
