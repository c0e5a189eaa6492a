"""What a kept result depends on beside the text: this program, its rules, and the libraries it computes with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder

from stabaudit.catalogue.own import own_folder
from stabaudit.source.digest import blake2b

#: The libraries whose versions may change what is found.
LIBRARIES = ("libcst", "mpmath", "numpy")
PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
#: The rules lie beside the package in a checkout, and in it once it is installed.
FOLDERS = (PACKAGE, os.path.join(os.path.dirname(PACKAGE), "rules"))


def cache_key() -> str:
    """A short name for all of that; another one as soon as a file of the program is changed."""
    told = blake2b(sys.version.encode(), digest_size=10)
    own = own_folder()
    for folder in (*FOLDERS, *(() if own is None else (own,))):
        for mark in sorted(_marks(folder)):
            told.update(mark.encode())
    for library in LIBRARIES:
        # Found, not imported: that would cost more than all the rest.
        spec = PathFinder.find_spec(library)
        told.update((_mark(spec.origin) if spec is not None and spec.origin else "none").encode())
    return told.hexdigest()


def _marks(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    yield _mark(entry.path)
                elif entry.is_dir() and entry.name != "__pycache__":
                    yield from _marks(entry.path)
    except OSError:
        return


def _mark(path: str) -> str:
    found = os.stat(path)
    return f"{path}:{found.st_size}:{found.st_mtime_ns};"
