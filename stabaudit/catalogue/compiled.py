"""What is made of rules, dialects and operations alone, kept beside Python's bytecode until one of their files changes.

Where that folder cannot be written, or Python is told to write no bytecode, it is made anew in each run. What is kept
is text that speaks of plain data: to read it runs nothing.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from binascii import crc32
from collections.abc import Callable, Iterator
from typing import TypeVar

from stabaudit import __version__
from stabaudit.catalogue.folder import FOLDER, PACKAGE

T = TypeVar("T")

#: The folders of the modules that a value may be made from.
SOURCES = (FOLDER, *(os.path.join(PACKAGE, name) for name in ("catalogue", "dialects", "sieve", "terms")))
# What this process has imported is no older than this.
_BEGUN = time.time_ns()


def compiled(name: str, make: Callable[[], T], pack: Callable[[T], str], unpack: Callable[[str], T]) -> T:
    """What `make` gives, or what it gave an earlier run with the same sources.

    `pack` writes it as text and `unpack` reads it, or raises whatever it may of another text.
    """
    path, sources = _path(name), [*_sources()]
    key = repr([__version__, sys.version, sys.implementation.cache_tag, PACKAGE, sources])
    if path is not None:
        # Nothing is there, or it is damaged.
        with contextlib.suppress(Exception):
            return unpack(_read(path, key))
    value = make()
    # A source that was changed while this process was at work may not be the one that was imported.
    changed = any(mtime >= _BEGUN for _, _, mtime in sources)
    if path is not None and not sys.dont_write_bytecode and not changed:
        with contextlib.suppress(OSError):
            _write(path, key, pack(value))
    return value


def _path(name: str) -> str | None:
    """Where Python keeps the bytecode of this package, wherever it was told to."""
    spec = __spec__
    if spec is None or spec.cached is None:
        return None
    return os.path.join(os.path.dirname(spec.cached), f"{name}.{sys.implementation.cache_tag}.compiled")


def _sources() -> Iterator[tuple[str, int, int]]:
    """The name, size and time of each source, in the order of their names."""
    for folder in SOURCES:
        with os.scandir(folder) as entries:
            found = sorted((entry.path, entry.stat()) for entry in entries if entry.name.endswith(".py"))
        for path, stat in found:
            yield path, stat.st_size, stat.st_mtime_ns


def _read(path: str, key: str) -> str:
    """What was kept under the same key; raises `OSError` or `ValueError` if nothing was, or it is damaged."""
    with open(path, "rb") as file:
        told, data = file.readline(), file.read()
    if int(told, 16) != crc32(data):
        raise ValueError("damaged")
    kept, _, text = data.decode("utf-8", "surrogatepass").partition("\n")
    if kept != key:
        raise ValueError("made of other sources")
    return text


def _write(path: str, key: str, text: str) -> None:
    data = f"{key}\n{text}".encode("utf-8", "surrogatepass")
    # Another run must never see half of it.
    own = f"{path}.{os.getpid()}"
    try:
        with open(own, "wb") as file:
            file.write(b"%x\n" % crc32(data) + data)
        os.replace(own, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(own)
        raise
