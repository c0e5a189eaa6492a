"""A SQLite file, opened if it is one that stabaudit itself could have written.

SQLite believes what it opens: a journal beside a database may name a file to be removed, a view may compute for ever,
and where links stand in their places others are written.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import Any

SCHEMA = (
    "CREATE TABLE files (path TEXT PRIMARY KEY, stamp INTEGER, content TEXT, silent INTEGER) WITHOUT ROWID",
    "CREATE TABLE contents (content TEXT PRIMARY KEY, silent INTEGER, said TEXT) WITHOUT ROWID",
    "CREATE TABLE verdicts (question TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID",
)
#: The most bytes of a store: a hundred thousand files take a tenth.
LARGEST = 500_000_000
# How often SQLite asks whether to go on, in its own steps, and for how many of these one statement may run: seconds.
_STEPS, _ROUNDS = 100_000, 3000
# The first bytes of a database, and two numbers behind the size of its pages: they say that no log is kept beside it.
_HEAD, _PLAIN = b"SQLite format 3\0", b"\1\1"
# The last bytes of a journal that belongs to several databases; ours never do.
_SHARED = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class Damaged(sqlite3.DatabaseError):
    """A file that is no store."""


class Connection(sqlite3.Connection):
    """A connection on which no statement runs for ever."""

    left = _ROUNDS

    def allow(self) -> None:
        """Let the next statement run for as long as any."""
        self.left = _ROUNDS

    def is_over(self) -> bool:
        """Whether the statement that runs has run for too long."""
        self.left -= 1
        return self.left < 0


def connected(path: str, patience: float, *, writes: bool) -> Connection:
    """The store at `path`, made if it is not there and one `writes`; raises `sqlite3.Error`.

    A store in use is waited for as many seconds as `patience` says.
    """
    _look(path)
    # The thread that analyses deep code is another one.
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "factory": Connection, "uri": True}
    base: Connection = sqlite3.connect(_uri(path, "rwc" if writes else "ro"), patience, **options)
    try:
        base.set_progress_handler(base.is_over, _STEPS)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA cell_size_check = ON")
        # A cache that is lost with the power is no loss.
        base.execute("PRAGMA synchronous = OFF")
        if not _tables(base) and writes:
            made = (one.replace("TABLE", "TABLE IF NOT EXISTS", 1) for one in SCHEMA)
            # At once: another run must not see some of them.
            base.executescript(f"BEGIN IMMEDIATE; {'; '.join(made)}; COMMIT")
        if _tables(base) != {*SCHEMA}:
            raise Damaged("other tables")
    except BaseException:
        base.close()
        raise
    return base


def _uri(path: str, mode: str) -> str:
    # By hand: `pathlib` takes longer to import than a store to be opened.
    for sign in "%?#":
        path = path.replace(sign, f"%{ord(sign):02x}")
    root = "//" if path.startswith("/") else "///"
    return f"file:{root}{path.replace(os.sep, '/')}?mode={mode}"


def _tables(base: sqlite3.Connection) -> set[str]:
    return {str(sql) for (sql,) in base.execute("SELECT sql FROM sqlite_master")}


def _look(path: str) -> None:
    """Raise `sqlite3.Error` for what SQLite should not open."""
    for log in (f"{path}-wal", f"{path}-shm"):
        if os.path.lexists(log):
            raise sqlite3.OperationalError(f"{log} is not ours")
    if (journal := _end(f"{path}-journal", len(_SHARED), os.SEEK_END)) is not None and journal == _SHARED:
        raise sqlite3.OperationalError("a journal that names other files")
    head = _end(path, len(_HEAD) + 2 + len(_PLAIN), os.SEEK_SET)
    if head and (not head.startswith(_HEAD) or not head.endswith(_PLAIN)):
        raise Damaged("no store")


def _end(path: str, number: int, whence: int) -> bytes | None:
    """So many bytes at one end of a file, `None` if there is none; raises for what is no plain file."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1 or found.st_size > LARGEST:
        raise sqlite3.OperationalError(f"{path} is no plain file")
    try:
        with open(path, "rb") as file:
            file.seek(-min(number, found.st_size) if whence == os.SEEK_END else 0, whence)
            return file.read(number)
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from None
