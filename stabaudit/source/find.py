"""The Python files that a list of paths stands for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.source import ignore
from stabaudit.source.errors import FileError, refusal
from stabaudit.source.places import Places, closed

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object

# What ruff leaves out by default; folders that begin with a dot are left out anyway.
EXCLUDED = ("__pypackages__", "_build", "buck-out", "dist", "node_modules", "site-packages", "venv")


class Choice(Protocol):
    """Which files of a folder are wanted."""

    @property
    def heeds_git(self) -> bool:
        """Whether what git ignores is left out."""

    @property
    def strict(self) -> bool:
        """Whether what is excluded is so even if the user names it."""

    def includes(self, path: str) -> bool:
        """Whether the file at the absolute `path` is looked for."""

    def excludes(self, path: str, is_folder: bool, deep: bool = False) -> bool:
        """Whether the absolute `path` is left out; with `deep`, also for a folder above it."""


class Plain:
    """The choice where no one has chosen."""

    heeds_git = True
    strict = False

    def includes(self, path: str) -> bool:
        """Whether `path` is called as Python is."""
        return path.endswith((".py", ".pyi"))

    def excludes(self, path: str, is_folder: bool, deep: bool = False) -> bool:
        """Whether `path` is one of the usual folders that are not the project's own."""
        return os.path.basename(path) in EXCLUDED


#: Why a link is not followed whose target is not below a path that was named.
OUTSIDE = "a link that leads out of what is checked"

# What holds for the files in an absolute, real folder.
Of = Callable[[str], Choice]


class Found(Record):
    """The files in path order, and what could not be looked into."""

    files: list[str]
    troubles: list[FileError]


def find(
    paths: Iterable[str],
    of: Of = lambda _: Plain(),
    left: list[tuple[str, str]] | None = None,
    places: Places | None = None,
) -> Found:
    """Each Python file below `paths` once, under the name by which it was first reached.

    A path that names a file is taken whatever it is called. Links are followed that lead below one of `paths`. What is
    left out, and why, is put into `left`, and where the folders are into `places`.
    """
    walk = _Walk({}, set(), [], [], [], of, left, Places() if places is None else places, _here())
    for path in paths:
        walk.start(path)
    while walk.links:
        walk.follow(walk.links.pop(0))
    return Found(sorted(walk.files.values(), key=parts), walk.troubles)


def parts(path: str) -> str:
    """What paths are ordered by: a folder's files stand together, as no name has a character that comes first."""
    return path.replace(os.sep, "\0")


class _Walk(Record):
    """`files` by real path, real `folders` seen, `links` not yet followed, troubles, what is wanted, and places.

    `roots` are the real folders that were named, with a separator behind them.

    `here` is the current folder with a separator behind it, or nothing if it is gone.
    """

    files: dict[str, str]
    folders: set[str]
    links: list[str]
    roots: list[str]
    troubles: list[FileError]
    of: Of
    left: list[tuple[str, str]] | None
    places: Places
    here: str

    def start(self, path: str) -> None:
        path = path.rstrip(os.sep) or path[:1]
        try:
            os.stat(path)
            # Fails where the current folder is gone, which `stat` may not notice.
            real = os.path.realpath(path)
        except OSError as error:
            self.troubles.append(refusal(path or "''", error))
            return
        folder = os.path.isdir(path)
        choice = self.of(os.path.dirname(real))
        if choice.strict and choice.excludes(real, folder, deep=True):
            self.leave(path, "excluded")
            return
        if not folder:
            self.files.setdefault(real, tidy(path))
            return
        self.roots.append(closed(real))
        ignores, ignored = self.ignores_above(real)
        # Who names an ignored folder wants it checked.
        self.descend(path, real, None if ignored else ignores, named=True)

    def descend(self, path: str, real: str, ignores: ignore.Ignores | None, *, named: bool = False) -> None:
        """Walk the folder `path`, whose real path is `real`; a stack, so depth is no limit.

        Who has `named` a virtual environment wants it checked.
        """
        stack = [(path, real, ignores, named)]
        while stack:
            path, real, ignores, named = stack.pop()
            if real in self.folders:
                continue
            try:
                with os.scandir(path) as scan:
                    entries = {entry.name: entry for entry in scan}
            except OSError as error:
                self.folders.add(real)
                self.troubles.append(refusal(tidy(path), error))
                continue
            if "pyvenv.cfg" in entries and not named:
                self.leave(path, "a virtual environment")
                continue
            self.folders.add(real)
            choice = self.of(real)
            if not choice.heeds_git:
                ignores = None
            elif ".git" in entries or ".gitignore" in entries:
                try:
                    ignores = ignore.inside(real, ignores)
                except FileError as trouble:
                    self.trouble(trouble)
            # What neither was named nor leads to the current folder is tidy.
            shown = tidy(path) if named or self.here.startswith(real) else path
            before = "" if shown == "." else closed(shown)
            above = self.places[before] = closed(real)
            for name in sorted(entries):
                entry, at = entries[name], above + name
                try:
                    folder = entry.is_dir()
                    if not folder and not (choice.includes(at) and entry.is_file()):
                        continue
                except OSError:
                    # A link in a circle, or gone since it was listed.
                    continue
                if why := _unwanted(entry, at, folder, ignores, choice):
                    self.leave(os.path.join(path, name), why)
                    continue
                # What lies in the current folder itself may have a name that looks like the way out of it.
                inner = before + name if before else tidy(os.path.join(path, name))
                if entry.is_symlink():
                    self.links.append(inner)
                elif folder:
                    stack.append((inner, at, ignores, False))
                else:
                    self.files.setdefault(at, inner)

    def ignores_above(self, folder: str) -> tuple[ignore.Ignores | None, bool]:
        """What git ignores inside the real `folder`, and whether it ignores that."""
        if not self.of(folder).heeds_git:
            return None, False
        try:
            return ignore.above(folder)
        except FileError as trouble:
            self.trouble(trouble)
            return None, False

    def trouble(self, trouble: FileError) -> None:
        """Keep in mind what is wrong with a file that says what to leave out, once."""
        shown = FileError(tidy(trouble.path), trouble.message)
        if shown.args not in [one.args for one in self.troubles]:
            self.troubles.append(shown)

    def leave(self, path: str, why: str) -> None:
        """Keep in mind that `path` is left out."""
        if self.left is not None:
            self.left.append((tidy(path), why))

    def follow(self, path: str) -> None:
        """Take what a symbolic link leads to, unless it was reached without one or git ignores it."""
        real = os.path.realpath(path)
        if not any(closed(real).startswith(root) for root in self.roots):
            # Who wrote the tree must not choose what else is read and written.
            self.leave(path, OUTSIDE)
            return
        folder = real if os.path.isdir(real) else os.path.dirname(real)
        ignores, ignored = self.ignores_above(folder)
        if ignored:
            self.leave(path, "git ignores what it leads to")
            return
        if folder == real:
            self.descend(path, real, ignores)
        elif os.path.isfile(real):
            self.files.setdefault(real, path)


def _unwanted(
    entry: os.DirEntry[str], path: str, is_folder: bool, ignores: ignore.Ignores | None, choice: Choice
) -> str:
    """Why the entry at an absolute path is left out, or nothing."""
    if is_folder and entry.name.startswith("."):
        return "hidden"
    if choice.excludes(path, is_folder):
        return "excluded"
    # To git a link is a file, whatever it leads to.
    if ignores is not None and ignores.match(path, is_folder and not entry.is_symlink()):
        return "git ignores it"
    return ""


def _here() -> str:
    try:
        return closed(os.getcwd())
    except FileNotFoundError:
        return ""


def tidy(path: str) -> str:
    """`path` as it is shown: relative where it lies below the current folder, without `./`."""
    if os.path.isabs(path):
        try:
            inner = os.path.relpath(path)
        except (OSError, ValueError):
            # The current folder is gone, or on another drive.
            return path
        return path if inner.startswith(os.pardir) else inner
    while path.startswith(f".{os.sep}"):
        path = path[2:].lstrip(os.sep)
    return path or "."
