"""What a project has to depend on once its fixes import the runtime, and does not say so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stabaudit.catalogue.names import UsageError
from stabaudit.config.find import parsed
from stabaudit.engine.job import Result
from stabaudit.source import regular

#: A line that imports the package.
IMPORTS = re.compile(r"^[ \t]*(?:from|import)[ \t]+stabaudit\b", re.MULTILINE)
#: A requirement of the package, whatever its release and extras.
REQUIRED = re.compile(r"\bstabaudit\b(?!\.)")
#: Files that say what a project depends on.
METADATA = ("pyproject.toml", "setup.cfg", "setup.py")


class Dependency:
    """Tells, once for each project, that fixes import the runtime and the project does not list it."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def warnings(self, result: Result) -> Iterator[str]:
        """What is to be said of a result, if its text is the first of a project that comes to import the runtime."""
        if not result.fixed or result.source is None or IMPORTS.search(result.source.text):
            return
        if not IMPORTS.search(result.text) or (file := metadata_of(result.path)) is None or file in self._told:
            return
        self._told.add(file)
        if not lists(file):
            shown = os.path.relpath(file)
            yield (
                f"{result.path}: the fix imports `stabaudit`, which {shown} does not list; add it to the dependencies, "
                "or copy what is needed into the project with `stabaudit vendor`"
            )


def metadata_of(path: str) -> str | None:
    """The file of metadata of the project that a file belongs to: that of the nearest folder with one."""
    folder = os.path.dirname(os.path.realpath(path))
    while True:
        for name in METADATA:
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (name != "pyproject.toml" or _speaks_of_dependencies(_toml(file))):
                return file
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def lists(file: str) -> bool:
    """Whether a project depends on the package, by any of the files that stand beside one of its metadata."""
    folder = os.path.dirname(file)
    return any(REQUIRED.search(text) for text in _requirements(folder))


def _requirements(folder: str) -> Iterator[str]:
    for name in sorted(os.listdir(folder)):
        file = os.path.join(folder, name)
        if name == "pyproject.toml":
            yield from _of_pyproject(_toml(file))
        elif name in ("setup.py", "setup.cfg") or re.fullmatch(r"requirements[\w-]*\.(?:txt|in)", name):
            yield _text(file)


def _of_pyproject(table: Mapping[str, Any]) -> Iterable[str]:
    project, poetry = table.get("project", {}), table.get("tool", {}).get("poetry", {})
    if "stabaudit" in (project.get("name"), poetry.get("name")):
        yield "stabaudit"
    yield from map(str, project.get("dependencies", ()))
    yield from map(str, poetry.get("dependencies", ()))


def _speaks_of_dependencies(table: Mapping[str, Any]) -> bool:
    return "project" in table or "poetry" in table.get("tool", {})


def _toml(file: str) -> Mapping[str, Any]:
    try:
        return parsed(_text(file), file)
    except UsageError:
        # Who reads it as configuration says so.
        return {}


def _text(file: str) -> str:
    try:
        return regular.read(file, regular.SETTINGS).decode(errors="replace")
    except OSError:
        return ""
