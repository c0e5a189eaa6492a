"""What git ignores: the patterns that hold in a folder, innermost first."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

from stabaudit.records import Record
from stabaudit.source import regular
from stabaudit.source.errors import FileError
from stabaudit.source.pattern import Pattern, pattern

#: The most patterns of a file that are more than a name: each is tried on each file.
MOST = 5000
# A name, perhaps of a folder.
_NAME = r"(?P<name>[^*?\[\]!/\\# \r\n]+)(?P<folder>/?)"


class Named(Record):
    """The number of a line that is a name alone, and whether it speaks of folders only."""

    number: int
    folders: bool


class Ignores(Record):
    """What the lines of a file ignore in the real `folder` that they are relative to; then those from above.

    `names` are lines that are names alone, `patterns` all others with their numbers, each time the last one first.
    """

    folder: str
    names: Mapping[str, Sequence[Named]]
    patterns: Sequence[tuple[int, Pattern]]
    above: Ignores | None

    def match(self, path: str, is_folder: bool) -> bool:
        """Whether the real `path` is ignored while its folder is not; the innermost, last word decides."""
        level: Ignores | None = self
        while level is not None:
            if (said := level.says(path, is_folder)) is not None:
                return said
            level = level.above
        return False

    def says(self, path: str, is_folder: bool) -> bool | None:
        """What this file says of the real `path`, if it says anything."""
        relative = path[len(self.folder) :].lstrip(os.sep).replace(os.sep, "/")
        named = self.names.get(relative[relative.rfind("/") + 1 :], ())
        last = next((one.number for one in named if is_folder or not one.folders), -1)
        for number, one in self.patterns:
            if number < last:
                break
            if one.match(relative, is_folder):
                return one.ignores
        return True if last >= 0 else None


def above(root: str) -> tuple[Ignores | None, bool]:
    """What the repository around the real folder `root` says of its inside, and whether it ignores it.

    Raises `FileError` for a file of patterns that cannot be read, as `inside` does.
    """
    folders = [root]
    while not _is_repository(folders[-1]):
        parent = os.path.dirname(folders[-1])
        if parent == folders[-1]:
            # No repository: then no folder above has a say.
            return None, False
        folders.append(parent)
    ignores, ignored = None, False
    for outer, folder in zip(folders[:0:-1], folders[-2::-1], strict=True):
        ignores = inside(outer, ignores)
        ignored = ignored or (ignores is not None and ignores.match(folder, True))
    return ignores, ignored


def inside(folder: str, ignores: Ignores | None) -> Ignores | None:
    """The patterns that hold for what lies in `folder`, given those that hold for itself."""
    if _is_repository(folder):
        # A repository within a repository answers to its own patterns only.
        ignores = _add(folder, os.path.join(_store(folder), "info", "exclude"), None)
    return _add(folder, os.path.join(folder, ".gitignore"), ignores)


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def _store(folder: str) -> str:
    """Where the repository of `folder` keeps what its work trees share."""
    git = os.path.join(folder, ".git")
    if os.path.isdir(git):
        return git
    store = os.path.join(folder, _first_line(git).removeprefix("gitdir:").strip())
    common = _first_line(os.path.join(store, "commondir"))
    return os.path.join(store, common) if common else store


def _first_line(path: str) -> str:
    try:
        text = _text(path)
    except OSError:
        return ""
    return text.partition("\n")[0].strip()


def _add(folder: str, path: str, ignores: Ignores | None) -> Ignores | None:
    try:
        text = _text(path)
    except regular.Refused as error:
        if os.path.isdir(path):
            return ignores
        raise FileError(path, error.said) from None
    except OSError:
        return ignores
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    names: dict[str, list[Named]] = {}
    others = []
    for number in range(len(lines) - 1, -1, -1):
        if plain := re.fullmatch(_NAME, lines[number]):
            names.setdefault(plain["name"], []).append(Named(number, bool(plain["folder"])))
        elif lines[number]:
            others.append(number)
    if len(others) > MOST:
        raise FileError(path, f"has more than {MOST} patterns beside names; leave some out")
    patterns = [(number, one) for number in others if (one := pattern(lines[number]))]
    return Ignores(folder, names, patterns, ignores)


def _text(path: str) -> str:
    return regular.read(path, regular.SETTINGS).decode("utf-8", "surrogateescape")
