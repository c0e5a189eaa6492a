"""One file a library: every module of this folder that holds a `DIALECT` is one."""

from __future__ import annotations

import importlib
import os
from functools import cache, lru_cache

from stabaudit.dialects.dialect import IGNORED, OF_TWO, OUT, REFUSED, WHERE, Dialect, Parameter, Spelling

__all__ = [
    "IGNORED",
    "OF_TWO",
    "OUT",
    "REFUSED",
    "WHERE",
    "Dialect",
    "Parameter",
    "Spelling",
    "callable_object",
    "constant",
    "dialect_of",
    "dialects",
    "function",
    "named",
]


@cache
def dialects() -> tuple[Dialect, ...]:
    """All dialects, in the order of their files' names."""
    # `pkgutil` would import half of the library for it: 9 ms.
    files = {os.path.splitext(name) for name in os.listdir(__path__[0])} - {("__init__", ".py"), ("dialect", ".py")}
    modules = sorted(name for name, ending in files if ending == ".py")
    found = (getattr(importlib.import_module(f"{__name__}.{name}"), "DIALECT", None) for name in modules)
    return tuple(d for d in found if isinstance(d, Dialect))


@cache
def _functions() -> dict[str, tuple[Dialect, Spelling]]:
    return {path: (d, s) for d in dialects() for path, s in d.functions.items()}


def function(path: str) -> tuple[Dialect, Spelling] | None:
    """The dialect and spelling of a function, by its dotted path."""
    return _functions().get(path)


@cache
def _objects() -> dict[str, tuple[Dialect, Spelling]]:
    return {path: (d, s) for d in dialects() for path, s in d.objects.items()}


def callable_object(path: str) -> tuple[Dialect, Spelling] | None:
    """The dialect of a class whose instances are functions, and what they compute, by its dotted path."""
    return _objects().get(path)


@lru_cache(maxsize=1 << 12)
def dialect_of(path: str) -> Dialect | None:
    """The dialect to which a dotted path belongs: the one that names the longest package it is in."""
    best: tuple[int, Dialect] | None = None
    for dialect in dialects():
        for package in dialect.packages:
            if (path == package or path.startswith(f"{package}.")) and (best is None or len(package) > best[0]):
                best = (len(package), dialect)
    return best[1] if best else None


@lru_cache(maxsize=1 << 12)
def constant(path: str) -> str | None:
    """What a named constant such as `numpy.e` is: `e`, `none`, `pi` or `inf`; unknown array modules spell NumPy's."""
    if dialect_of(path) is None:
        path = f"numpy.{path.rpartition('.')[2]}"
    return next((d.constants[path] for d in dialects() if path in d.constants), None)


@cache
def named(name: str) -> Dialect:
    """The dialect of that name."""
    return next(d for d in dialects() if d.name == name)
