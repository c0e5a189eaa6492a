"""Paths as the programs that read reports want them: from the root of the project, with slashes."""

from __future__ import annotations

import os
from functools import cache


def relative(path: str) -> str:
    """`path` from the root of its repository, or from the current folder where there is none."""
    real = os.path.realpath(path)
    root = _root(os.path.dirname(real)) or os.path.realpath(os.curdir)
    inner = os.path.relpath(real, root).replace(os.sep, "/")
    return inner if not inner.startswith("../") else real.replace(os.sep, "/")


def quoted(path: str) -> str:
    """`relative(path)` as a URI reference."""
    from urllib.parse import quote

    return quote(os.fsencode(relative(path)), safe="/")


@cache
def _root(folder: str) -> str | None:
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder
