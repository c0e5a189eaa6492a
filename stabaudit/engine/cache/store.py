"""One SQLite file of what is known of files, by their names and times and by their bytes, and of formulas.

Whatever is wrong with it, be it damaged, locked or on a full disk, the run goes on without.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from typing import Any

from stabaudit.engine.cache.database import Connection, connected
from stabaudit.engine.cache.folder import discard, home, prepare, tidy
from stabaudit.engine.cache.key import cache_key
from stabaudit.engine.cache.memo import Entries
from stabaudit.records import Record

#: From so many files on all names are read at once.
MANY = 300
#: After so many new results they are written down, so that little is lost if the run is ended.
BATCH = 2000
#: A file that was changed so shortly before it was looked at, in seconds, could change again and show the same time.
FRESH = 2.0
#: How long another run that is writing is waited for, in seconds.
PATIENCE = 2.0


class CacheUpdate(Record):
    """What a run has learned of the bytes of a file, and the `verdicts` on formulas that it gave on the way."""

    content: str
    silent: bool
    entries: Entries
    verdicts: Mapping[str, str] = {}


class Store:
    """What is known, and what is learned in this run."""

    def __init__(self, path: str) -> None:
        self._new: list[tuple[str, int | None, CacheUpdate]] = []
        # Once all are read: the stamps of files of which there is nothing to say, whatever is asked for, and of others.
        self._silent: dict[str, int | None] = {}
        self._others: dict[str, tuple[int | None, str]] = {}
        # What is said of the contents of those others.
        self._said: dict[str, str] = {}
        self._whole = False
        self._base: Connection | None = None
        self.path = path
        self._grown = False
        with self._guarded():
            self._base = connected(path, PATIENCE, writes=True)

    def expect(self, count: int) -> None:
        """So many files will be asked for."""
        if count >= MANY and self._base is not None:
            with self._guarded():
                self._silent = dict(self._base.execute("SELECT path, stamp FROM files WHERE silent"))
                rows = self._base.execute("SELECT path, stamp, content FROM files WHERE NOT silent")
                self._others = {path: (stamp, content) for path, stamp, content in rows}
                self._said = dict(self._base.execute("SELECT content, said FROM contents WHERE NOT silent"))
                self._whole = True

    def is_silent(self, path: str, shown: str) -> bool:
        """Whether there is nothing to say of the file at an absolute path, `shown` to the user, and it is untouched."""
        if self._whole:
            known = self._silent.get(_text(path))
        else:
            row = self._row("SELECT stamp FROM files WHERE path = ? AND silent", _text(path))
            known = None if row is None else row[0]
        if known is None:
            return False
        try:
            # It was no longer fresh when it was stamped.
            return _mark(os.stat(shown)) == known
        except (OSError, ValueError):
            return False

    def at(self, path: str, stamp: int | None) -> str | None:
        """What the bytes of the file at an absolute path are known by, if it is untouched and not silent."""
        if self._whole:
            row = self._others.get(_text(path))
        else:
            row = self._row("SELECT stamp, content FROM files WHERE path = ? AND NOT silent", _text(path))
        if row is None or stamp is None or row[0] != stamp:
            return None
        return row[1] if isinstance(row[1], str) else None

    def _row(self, query: str, key: str) -> Any:
        with self._guarded():
            return self._base and self._base.execute(query, (key,)).fetchone()

    def of(self, content: str) -> tuple[bool, Entries] | None:
        """What is known of bytes: whether they are silent, and what is said of the texts in them."""
        said = self._said.get(content)
        if said is None:
            row = self._row("SELECT silent, said FROM contents WHERE content = ?", content)
            if row is None:
                return None
            silent, said = row
            if silent:
                return True, {}
        # Imported here: most files are silent.
        from stabaudit.engine.cache.record import read

        entries = read(said)
        return None if entries is None else (False, entries)

    def learn(self, path: str, stamp: int | None, learned: CacheUpdate) -> None:
        """Keep what was learned of the file at an absolute path."""
        self._new.append((path, stamp, learned))
        if len(self._new) >= BATCH:
            self.write()

    def write(self) -> None:
        """Write down what is new."""
        new, self._new = self._new, []
        if self._base is None or not new:
            return
        said = {k.content: (k.content, int(k.silent), "{}" if k.silent else _written(k.entries)) for _, _, k in new}
        with self._guarded():
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)", said.values())
            rows = [(_text(path), stamp, learned.content, int(learned.silent)) for path, stamp, learned in new]
            self._base.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
            verdicts = [one for _, _, learned in new for one in learned.verdicts.items()]
            self._base.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?)", verdicts)
            self._base.execute("COMMIT")
            self._grown = True

    def close(self) -> None:
        """Write down what is new, and let go of the file."""
        self.write()
        if self._base is not None and self._grown:
            with self._guarded():
                self._base.execute("DELETE FROM contents WHERE content NOT IN (SELECT content FROM files)")
        if self._base is not None:
            self._base.close()
            self._base = None

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._base is not None:
            self._base.allow()
        try:
            yield
        except sqlite3.Error as error:
            base, self._base = self._base, None
            if base is not None:
                base.close()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                # It is damaged; the next run begins anew.
                with contextlib.suppress(OSError):
                    discard(self.path)


def _text(path: str) -> str:
    """A path as SQLite takes it: it may hold bytes that are no text. What comes out alike differs by its stamp."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()


def _written(entries: Entries) -> str:
    from stabaudit.engine.cache.record import written

    return written(entries)


def opened() -> Store | None:
    """The store of the project around the current folder; `None` where none can be."""
    try:
        folder = home()
        prepare(folder)
        path = os.path.join(folder, f"{cache_key()}.sqlite")
        if not os.path.exists(path):
            tidy(folder, path)
        return Store(path)
    except OSError:
        return None


def stamp(path: str, begun: float) -> int | None:
    """What tells that a file was not touched; `None` for what is none, or changed just before a run had `begun`."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode) or begun - found.st_mtime < FRESH:
        return None
    return _mark(found)


def _mark(found: os.stat_result) -> int:
    # Of integers a hash is the same in each run of one Python, which the store belongs to.
    return hash((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
