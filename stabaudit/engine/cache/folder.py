"""Where the cache lies: a folder for each project among the user's own files, out of reach of who wrote the project."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

from stabaudit.source import regular
from stabaudit.source.digest import blake2b
from stabaudit.source.places import leads_out

TAG_NAME = "CACHEDIR.TAG"
#: The one line by which backup tools know a cache; see https://bford.info/cachedir/.
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of stabaudit and can be removed.\n"
#: What a folder of ours has beside its stores.
MARKED = {TAG_NAME: TAG, ".gitignore": "*\n"}
#: What the folder of a project has, the innermost of which is the one.
MARKS = (".stabaudit.toml", "stabaudit.toml", "pyproject.toml", ".git")
#: How many stores of other editions are left beside the one that is opened.
OTHERS = 2
#: A project that was not looked at for so many seconds is forgotten.
LONG = 60 * 24 * 3600

_STORE = r"[0-9a-f]{20}\.sqlite"
_PROJECT = r"[0-9a-f]{16}"


def home() -> str:
    """The folder of the cache of the project around the current folder, whether it is there or not.

    Raises `NotADirectoryError` where the environment names a link that leads out of the current folder.
    """
    if named := os.environ.get("STABAUDIT_CACHE_DIR"):
        if leads_out(named):
            # Whoever wrote the project chose where.
            raise NotADirectoryError(named)
        return os.path.abspath(named)
    return os.path.join(_every(), blake2b(os.fsencode(_project()), digest_size=8).hexdigest())


def _project() -> str:
    here = folder = os.getcwd()
    while not any(os.path.exists(os.path.join(folder, mark)) for mark in MARKS):
        above = os.path.dirname(folder)
        if above == folder:
            return here
        folder = above
    return folder


def _every() -> str:
    """Where the caches of all projects lie, as each system has it."""
    if os.path.isabs(own := os.environ.get("XDG_CACHE_HOME", "")):
        return os.path.join(own, "stabaudit")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~"), "stabaudit", "cache")
    return os.path.expanduser("~/Library/Caches/stabaudit" if sys.platform == "darwin" else "~/.cache/stabaudit")


def prepare(folder: str) -> None:
    """Make the folder, unless it is there; raises `OSError`."""
    if os.path.isdir(folder):
        return
    os.makedirs(folder, 0o700, exist_ok=True)
    for name, text in MARKED.items():
        # Another run may be doing the same.
        with suppress(FileExistsError), open(os.path.join(folder, name), "x", encoding="ascii", newline="\n") as file:
            file.write(text)
    if not os.environ.get("STABAUDIT_CACHE_DIR"):
        _forget(os.path.dirname(folder))


def is_ours(folder: str) -> bool:
    """Whether `folder` is a cache of stabaudit and no link."""
    try:
        tag = os.path.join(folder, TAG_NAME)
        if not stat.S_ISDIR(os.lstat(folder).st_mode) or os.path.islink(tag):
            return False
        return regular.read(tag, 1000) == TAG.encode()
    except OSError:
        return False


def stores(folder: str) -> Iterator[os.DirEntry[str]]:
    """The stores in a folder, none of which is a link."""
    with os.scandir(folder) as entries:
        yield from (e for e in entries if re.fullmatch(_STORE, e.name) and e.is_file(follow_symlinks=False))


def tidy(folder: str, kept: str) -> None:
    """Remove the stores of editions that were not used of late."""
    if is_ours(folder):
        others = [entry for entry in stores(folder) if entry.path != kept]
        for entry in sorted(others, key=lambda e: e.stat().st_mtime)[:-OTHERS]:
            _drop(entry.path)


def discard(store: str) -> None:
    """Remove a damaged store, if it is one of ours."""
    folder, name = os.path.split(store)
    if is_ours(folder) and any(entry.name == name for entry in stores(folder)):
        _drop(store)


def remove() -> str | None:
    """Remove the cache of the current project; its folder, or `None` if there is none. Raises `OSError`."""
    try:
        folder = home()
    except NotADirectoryError:
        return None
    if not is_ours(folder):
        return None
    _empty(folder)
    return folder


def _forget(every: str) -> None:
    """Remove the caches of projects that were not looked at for long."""
    with os.scandir(every) as entries:
        folders = [e.path for e in entries if re.fullmatch(_PROJECT, e.name) and is_ours(e.path)]
    for folder in folders:
        used = [entry.stat().st_mtime for entry in stores(folder)] or [os.stat(folder).st_mtime]
        if time.time() - max(used) > LONG:
            _empty(folder)


def _empty(folder: str) -> None:
    """Remove what is ours in a folder, and the folder if that was all."""
    for store in [*stores(folder)]:
        _drop(store.path)
    for name, text in MARKED.items():
        path = os.path.join(folder, name)
        if not os.path.islink(path) and regular.read(path, 1000) == text.encode():
            os.unlink(path)
    if not os.listdir(folder):
        os.rmdir(folder)


def _drop(store: str) -> None:
    for path in (store, f"{store}-journal"):
        if os.path.lexists(path):
            os.unlink(path)
