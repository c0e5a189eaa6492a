"""What is made of rules, dialects and operations alone, kept beside Python's bytecode until one of their files changes.

An installed copy has it from the start. Where it has not, and that folder cannot be written, or Python is told to write
no bytecode, it is made anew in each run. What is kept is text that speaks of plain data: to read it runs nothing.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache

from stabaudit.catalogue.folder import FOLDER, PACKAGE
from stabaudit.catalogue.kept import read, write
from stabaudit.catalogue.own import own_folder
from stabaudit.catalogue.shipped import RULES, shipped
from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

#: The folders of the modules that a value may be made from.
SOURCES = tuple(FOLDER if name == "rules" else os.path.join(PACKAGE, name) for name in RULES)
# What this process has imported is no older than this.
_BEGUN = time.time_ns()
# How the text is made of each value that was asked for.
_MAKING: dict[str, Callable[[], str]] = {}


def compiled(name: str, make: Callable[[], T], pack: Callable[[T], str], unpack: Callable[[str], T]) -> T:
    """What `make` gives, or what it gave an earlier run with the same sources.

    `pack` writes it as text and `unpack` reads it, or raises whatever it may of another text.
    """
    if name != "rules" and own_folder() is not None:
        # It is made of a project's own rules as well.
        return make()
    _MAKING[name] = lambda: pack(make())
    if (text := shipped(name, RULES)) is not None:
        with contextlib.suppress(Exception):
            return unpack(text)
    path, sources = _path(name), _sources()
    key = repr([sys.version, sys.implementation.cache_tag, PACKAGE, sources])
    if path is not None:
        # Nothing is there, or it is damaged.
        with contextlib.suppress(Exception):
            return unpack(read(path, key))
    value = make()
    # A source that was changed while this process was at work may not be the one that was imported.
    changed = any(mtime >= _BEGUN for _, _, mtime in sources)
    if path is not None and not sys.dont_write_bytecode and not changed:
        with contextlib.suppress(OSError):
            write(path, key, pack(value))
    return value


def texts() -> Iterator[tuple[str, str]]:
    """The texts of all values that this process has asked for, with their names, made anew."""
    for name, making in _MAKING.items():
        yield name, making()


def _path(name: str) -> str | None:
    """Where Python keeps the bytecode of this package, wherever it was told to."""
    spec = __spec__
    if spec is None or spec.cached is None:
        return None
    return os.path.join(os.path.dirname(spec.cached), f"{name}.{sys.implementation.cache_tag}.compiled")


# A process asks for several values, of sources that it has imported by then.
@cache
def _sources() -> tuple[tuple[str, int, int], ...]:
    """The name, size and time of each source, in the order of their names."""
    told: list[tuple[str, int, int]] = []
    for folder in SOURCES:
        with os.scandir(folder) as entries:
            found = sorted((entry.path, entry.stat()) for entry in entries if entry.name.endswith(".py"))
        told += ((path, stat.st_size, stat.st_mtime_ns) for path, stat in found)
    return tuple(told)
