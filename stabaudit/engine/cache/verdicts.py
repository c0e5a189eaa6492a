"""The verdicts on formulas that earlier runs have given, in the same file as what is known of files.

It is only read here. What is new goes back with the result of the file it was given for, as that may be another
process's, and is written down by the one that keeps the store.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping

from stabaudit.engine.cache.database import Connection, connected
from stabaudit.proof import verdict_cache

#: How long another run that is writing is waited for, in seconds: to judge anew takes less.
PATIENCE = 0.1


class Verdicts:
    """A shelf whose file is opened when the first formula is judged."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._base: Connection | None = None
        self._fails = False
        self._new: dict[str, str] = {}

    def find(self, question: str) -> str | None:
        """The answer that was kept."""
        if question in self._new:
            return self._new[question]
        try:
            if self._base is None and not self._fails:
                self._base = connected(self.path, PATIENCE, writes=False)
            if self._base is not None:
                self._base.allow()
                row = self._base.execute("SELECT answer FROM verdicts WHERE question = ?", (question,)).fetchone()
                return None if row is None else str(row[0])
        except sqlite3.Error:
            self._fails = True
            self.close()
        return None

    def keep(self, question: str, answer: str) -> None:
        """Keep an answer until it is taken."""
        self._new[question] = answer

    def take(self) -> Mapping[str, str]:
        """What is new since it was last taken."""
        new, self._new = self._new, {}
        return new

    def close(self) -> None:
        """Let go of the file."""
        base, self._base = self._base, None
        if base is not None:
            with contextlib.suppress(sqlite3.Error):
                base.close()


def hold(path: str) -> None:
    """Keep verdicts beside what is known of files, in the store at `path`."""
    verdict_cache.set_cache(Verdicts(path))


def let_go() -> None:
    """Keep no verdicts any more."""
    if isinstance(held := verdict_cache.current(), Verdicts):
        held.close()
    verdict_cache.set_cache(None)


def taken() -> Mapping[str, str]:
    """The verdicts that were given since they were last taken."""
    held = verdict_cache.current()
    return held.take() if isinstance(held, Verdicts) else {}
