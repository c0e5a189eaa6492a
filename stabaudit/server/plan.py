"""What holds for an open file: the settings of its folder, under those of the editor, read anew each time."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from stabaudit.catalogue.names import UsageError
from stabaudit.cli.options import Options
from stabaudit.cli.recorded import entries
from stabaudit.config.settings import Layer, Value
from stabaudit.config.valid import mistake
from stabaudit.engine.job import FileJob
from stabaudit.source.places import is_inside

#: Where a value comes from that the editor gives: what it names lies below the folder that is open.
EDITOR = "settings of the editor"


class Plan:
    """The tasks of open files, for one set of settings of the editor."""

    def __init__(self, arguments: Namespace) -> None:
        self._arguments = arguments
        self._settings: Mapping[str, Any] = {}

    def configure(self, settings: Any) -> str | None:
        """Take over the settings of the editor, in the words of the configuration; what is wrong with them."""
        table = {} if settings is None else settings
        if not isinstance(table, dict):
            return f"the {EDITOR} are no table of keys"
        if found := mistake(table):
            return f"{EDITOR}: {found.message}"
        self._settings = table
        return None

    def task(self, path: str, folders: Sequence[str]) -> FileJob | None:
        """What to do with the file at `path` in one of the open `folders`, `None` if it is excluded.

        Raises `UsageError` for a mistake in a configuration.
        """
        root = next((folder for folder in folders if is_inside(path, folder)), os.path.dirname(path))
        entries.cache_clear()
        arguments = Namespace(**{**vars(self._arguments), "paths": [root]})
        plan = Options(arguments, over=self._layer(root))
        settings, real = plan.finder.near(path)
        if settings.excludes(real, False, deep=True):
            return None
        if path.endswith(".ipynb") and not settings.get("notebooks"):
            return None
        return plan.task(path)

    def _layer(self, root: str) -> Layer:
        return {key: Value(value, EDITOR, root) for key, value in self._settings.items()}


__all__ = ["EDITOR", "Plan", "UsageError"]
