"""Array modules that a project takes from a module of its own: `from .backend import np`."""

from __future__ import annotations

from stabaudit.dialects import dialect_of
from stabaudit.dialects.arrays import MODULE_NAMES
from stabaudit.source.sibling_modules import origin_of


def library_behind(path: str) -> str:
    """The dotted path of the library that is imported by a path, as far as a module beside the file says."""
    if path.rpartition(".")[2] not in MODULE_NAMES or dialect_of(path) is not None:
        return path
    origin = origin_of(path)
    return path if origin is None or dialect_of(origin) is None else origin
