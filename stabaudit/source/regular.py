"""A regular file read as a whole: no pipe, no device, and no more than so many bytes of it.

Whoever wrote the tree chose what lies under a name. To open a pipe waits for its writer, and a device may have no end.
"""

from __future__ import annotations

import errno
import io
import os
import stat

#: The most bytes of a source file that are read; GitHub takes no larger ones.
SOURCE = 100_000_000
#: The same for files of settings and patterns.
SETTINGS = 1_000_000

# To open waits for nobody, should the file have become a pipe since it was looked at.
_NO_WAIT = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY"))


class Refused(OSError):
    """A file that is not read: why, and what to do."""

    def __init__(self, said: str) -> None:
        super().__init__(errno.EINVAL, said)
        self.said = said


class Strange(Refused):
    """A pipe, a device or a socket."""


def read(path: str, most: int) -> bytes:
    """The bytes of the regular file at `path`, if there are at most so many; raises `OSError`."""
    try:
        # Looked at first: to open a device may already do something.
        _check(os.stat(path).st_mode)
        file = open(path, "rb", buffering=0, opener=_opened)  # noqa: SIM115
    except ValueError:
        raise OSError(errno.EINVAL, "no file has a NUL character in its name") from None
    with file:
        found = os.fstat(file.fileno())
        _check(found.st_mode)
        data = _whole(file, found.st_size, most) if found.st_size <= most else None
    if data is None:
        raise Refused(f"holds more than {most / 1e6:g} MB; exclude it")
    return data


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_WAIT)


def _check(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Refused("is a directory, not a file; check the path")
    if not stat.S_ISREG(mode):
        raise Strange("is not a regular file; exclude it")


def _whole(file: io.FileIO, size: int, most: int) -> bytes | None:
    """All that can be read, if it is not too much; a file in /proc says that it has no bytes."""
    pieces, taken = [], 0
    while piece := file.read(max(size + 1 - taken, 1 << 16)):
        pieces.append(piece)
        taken += len(piece)
        if taken > most:
            return None
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
