"""Where folders are, whatever links and points lead to them."""

from __future__ import annotations

import os

#: What is said of a path from which links lead elsewhere.
OUT = "is a link that leads elsewhere"


class Places(dict[str, str]):
    """The real, absolute folder behind each as it is written, both with a separator behind them; asked for once.

    The current folder is written as nothing.
    """

    def __missing__(self, folder: str) -> str:
        found = self[folder] = closed(os.path.realpath(folder))
        return found

    def of(self, path: str) -> str:
        """The real folder of a file, and its name."""
        folder = folder_of(path)
        return self[folder] + path[len(folder) :]


def closed(folder: str) -> str:
    """A folder with a separator behind it."""
    # `os.path.join` looks at each part, which is felt where there are many folders.
    return folder if folder.endswith((os.sep, os.altsep or os.sep)) else folder + os.sep


def folder_of(path: str) -> str:
    """What stands before the name in a path, the last separator with it."""
    # Asked for each file several times, and `os.path.split` takes twice as long.
    return path[: len(path) - len(os.path.basename(path))] if os.altsep else path[: path.rfind(os.sep) + 1]


def is_inside(path: str, folder: str) -> bool:
    """Whether `path` leads to `folder` or below it, links followed."""
    try:
        inner, outer = (closed(os.path.normcase(os.path.realpath(one))) for one in (path, folder))
    except ValueError:
        # No path has a NUL character.
        return False
    return inner.startswith(outer)


def leads_out(path: str) -> bool:
    """Whether links lead from a path below the current folder out of that."""
    here = os.getcwd()
    return closed(os.path.abspath(path)).startswith(closed(here)) and not is_inside(path, here)
