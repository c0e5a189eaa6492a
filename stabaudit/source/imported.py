"""Other files of a project that a file imports: looked up and read below the checked paths alone, and never run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from stabaudit.source import current_file, regular
from stabaudit.source.places import is_inside

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

Told = TypeVar("Told")
_remembering: list[_lru_cache_wrapper[Any]] = []


def remembered(most: int) -> Callable[[Callable[..., Told]], _lru_cache_wrapper[Told]]:
    """What makes a function of other files look at so many of them once, until they may have changed."""

    def made(function: Callable[..., Told]) -> _lru_cache_wrapper[Told]:
        _remembering.append(cached := lru_cache(maxsize=most)(function))
        return cached

    return made


def forget() -> None:
    """Look at other files anew, as they may have changed."""
    for function in _remembering:
        function.cache_clear()


def module(package: str, path: str, parents: int) -> str | None:
    """The real file of a module of the project, as one at `path` would import it.

    `parents` is the number of folders in which it is looked for, from that of the file upwards.
    """
    level = len(package) - len(package.lstrip("."))
    folder = os.path.dirname(path)
    for _ in range(level - 1):
        folder = os.path.dirname(folder)
    return _below(folder, package[level:], 1 if level else parents, current_file.roots())


@remembered(1 << 12)
def _below(folder: str, package: str, parents: int, roots: tuple[str, ...]) -> str | None:
    stem = package.replace(".", os.sep)
    for _ in range(parents):
        for file in (os.path.join(folder, f"{stem}.py"), os.path.join(folder, stem, "__init__.py")):
            if stem and os.path.isfile(file):
                real = os.path.realpath(file)
                # A link leads to no file outside of what is checked.
                return real if any(is_inside(real, root) for root in roots) else None
        folder = os.path.dirname(folder)
    return None


@remembered(64)
def content(file: str, most: int) -> bytes | None:
    """The bytes of a module, if there are at most so many and it is a regular file."""
    try:
        return regular.read(file, most)
    except OSError:
        return None
