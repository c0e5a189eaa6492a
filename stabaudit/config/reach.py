"""How far a path in a configuration file may lead: who wrote it may not be who runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from stabaudit.source.places import is_inside


def in_project(path: str, folder: str) -> bool:
    """Whether `path` leads into the project of a configuration in `folder`.

    That is its repository, the current folder if it is in there, or else `folder` itself.
    """
    return any(is_inside(path, top) for top in _tops(folder))


def _tops(folder: str) -> Iterator[str]:
    yield folder
    # The current folder may be gone.
    with suppress(OSError):
        if is_inside(folder, here := os.getcwd()):
            yield here
    above = folder
    while not os.path.exists(os.path.join(above, ".git")):
        if above == (above := os.path.dirname(above)):
            return
    yield above
