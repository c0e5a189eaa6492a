"""What is made of rules, dialects and operations alone, kept beside Python's bytecode until one of their files changes.

Where that folder cannot be written, or Python is told to write no bytecode, it is made anew in each run.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import time
from binascii import crc32
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from stabaudit import __version__
from stabaudit.catalogue import FOLDER, PACKAGE

T = TypeVar("T")

#: The files that a value may be made from; those of folders are their modules.
SOURCES = (
    FOLDER,
    *(os.path.join(PACKAGE, name) for name in ("dialects", "sieve", "terms")),
    *(os.path.join(PACKAGE, f"{name}.py") for name in ("compiled", "match", "ops", "rule")),
)
# What this process has imported is no older than this.
_BEGUN = time.time_ns()


def compiled(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, or what it gave an earlier run with the same sources; any value that can be pickled.

    Values of plain types alone are read without importing anything.
    """
    path, sources = _path(name), list(_sources())
    key = (__version__, sys.version, sys.implementation.cache_tag, PACKAGE, sources)
    found = None if path is None else _read(path, key)
    if found is not None:
        value: T = found[0]
        return value
    value = make()
    # A source that was changed while this process was at work may not be the one that was imported.
    changed = any(mtime >= _BEGUN for _, _, mtime in sources)
    if path is not None and not sys.dont_write_bytecode and not changed:
        with contextlib.suppress(OSError):
            _write(path, key, value)
    return value


def _path(name: str) -> str | None:
    """Where Python keeps the bytecode of this package, wherever it was told to."""
    spec = __spec__
    if spec is None or spec.cached is None:
        return None
    return os.path.join(os.path.dirname(spec.cached), f"{name}.{sys.implementation.cache_tag}.compiled")


def _sources() -> Iterator[tuple[str, int, int]]:
    """The name, size and time of each source, in the order of their names."""
    for place in SOURCES:
        if place.endswith(".py"):
            found = [(place, os.stat(place))]
        else:
            with os.scandir(place) as entries:
                found = sorted((e.path, e.stat()) for e in entries if e.name.endswith(".py"))
        for path, stat in found:
            yield path, stat.st_size, stat.st_mtime_ns


def _read(path: str, key: object) -> tuple[Any] | None:
    """The value that was kept under the same key, if it is there and whole."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    # Whatever else it is, damaged bytes must not reach what reads them.
    if len(data) < 5 or int.from_bytes(data[:4], "little") != crc32(data[4:]):
        return None
    kept, plain, value = marshal.loads(data[4:])
    if kept != key:
        return None
    if plain:
        return (value,)
    import pickle

    return (pickle.loads(value),)


def _write(path: str, key: tuple[Any, ...], value: Any) -> None:
    try:
        data = marshal.dumps((key, True, value))
    except ValueError:
        # Not of plain types alone.
        import pickle

        data = marshal.dumps((key, False, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)))
    # Another run must never see half of it.
    own = f"{path}.{os.getpid()}"
    try:
        with open(own, "wb") as file:
            file.write(crc32(data).to_bytes(4, "little") + data)
        os.replace(own, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(own)
        raise
