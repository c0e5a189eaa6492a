"""What git ignores: the patterns that hold in a folder, innermost first."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignores(NamedTuple):
    """Patterns and the real folder they are relative to, with those of the folders above."""

    folder: str
    spec: GitIgnoreSpec
    above: Ignores | None

    def match(self, path: str, is_folder: bool) -> bool:
        """Whether the real `path` is ignored; the innermost file that says anything decides."""
        level: Ignores | None = self
        while level is not None:
            relative = path[len(level.folder) :].lstrip(os.sep).replace(os.sep, "/")
            said = level.spec.check_file(f"{relative}/" if is_folder else relative).include
            if said is not None:
                return said
            level = level.above
        return False


def above(root: str) -> Ignores | None:
    """The patterns that hold in the real folder `root` from the repository around it."""
    folders = [root]
    while not _is_repository(folders[-1]):
        parent = os.path.dirname(folders[-1])
        if parent == folders[-1]:
            # No repository: then no folder above has a say.
            return None
        folders.append(parent)
    ignores = None
    for folder in reversed(folders[1:]):
        ignores = inside(folder, ignores)
    return ignores


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
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.readline().strip()
    except OSError:
        return ""


def _add(folder: str, path: str, ignores: Ignores | None) -> Ignores | None:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            text = file.read()
    except OSError:
        return ignores
    # Imported here: most runs on single files meet no ignore file.
    from pathspec import GitIgnoreSpec

    # CR belongs to a pattern for git, but a file with CRLF ends is what its author meant.
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    return Ignores(folder, GitIgnoreSpec.from_lines(lines), ignores)
