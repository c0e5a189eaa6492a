"""Where the repository around a folder keeps its objects and references."""

from __future__ import annotations

import os
from functools import cache

from stabaudit.records import Record
from stabaudit.source import regular


class Repository(Record):
    """The real `root` of a working tree, its own folder for git, and the `common` one of all its working trees."""

    root: str
    own: str
    common: str


@cache
def around(folder: str) -> Repository | None:
    """The repository that the real `folder` lies in."""
    while True:
        entry = os.path.join(folder, ".git")
        if (own := _own(entry)) is not None:
            common = _line(os.path.join(own, "commondir"))
            return Repository(folder, own, own if common is None else os.path.join(own, common))
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _own(entry: str) -> str | None:
    """The folder for git behind the entry `.git`, which may be a file that names it."""
    if os.path.isdir(entry):
        return entry if os.path.exists(os.path.join(entry, "HEAD")) else None
    said = _line(entry)
    if said is None or not said.startswith("gitdir: "):
        return None
    return os.path.join(os.path.dirname(entry), said.removeprefix("gitdir: "))


def _line(path: str) -> str | None:
    try:
        return os.fsdecode(regular.read(path, regular.SETTINGS)).rstrip("\r\n")
    except OSError:
        return None
