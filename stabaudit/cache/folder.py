"""Where the cache lies: one folder of its own at the top of the project, which no tool backs up or commits."""

from __future__ import annotations

import os

NAME = ".stabaudit_cache"
#: The one line by which backup tools know a cache; see https://bford.info/cachedir/.
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of stabaudit and can be removed.\n"
#: What the folder of a project has, the innermost of which is the one.
MARKS = (".stabaudit.toml", "stabaudit.toml", "pyproject.toml", ".git")
#: How many stores of other editions are left beside the one that is opened.
OTHERS = 2


def home() -> str:
    """The folder of the cache of the project around the current folder, whether it is there or not."""
    if named := os.environ.get("STABAUDIT_CACHE_DIR"):
        return os.path.abspath(named)
    here = folder = os.getcwd()
    while not any(os.path.exists(os.path.join(folder, mark)) for mark in MARKS):
        above = os.path.dirname(folder)
        if above == folder:
            return os.path.join(here, NAME)
        folder = above
    return os.path.join(folder, NAME)


def prepare(folder: str) -> None:
    """Make the folder, unless it is there; raises `OSError`."""
    if os.path.isdir(folder):
        return
    os.makedirs(folder, exist_ok=True)
    for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", "*\n")):
        with open(os.path.join(folder, name), "w", encoding="ascii", newline="\n") as file:
            file.write(text)


def tidy(folder: str, kept: str) -> None:
    """Remove the stores of editions that were not used of late."""
    with os.scandir(folder) as entries:
        others = [e for e in entries if e.name.endswith(".sqlite") and e.path != kept]
    for entry in sorted(others, key=lambda e: e.stat().st_mtime)[:-OTHERS]:
        os.unlink(entry.path)


def remove() -> str | None:
    """Remove the cache of the current project; its folder, or `None` if there is none. Raises `OSError`."""
    folder = home()
    if not os.path.isfile(os.path.join(folder, "CACHEDIR.TAG")):
        # Whatever this is, it is not ours.
        return None
    import shutil

    shutil.rmtree(folder)
    return folder
