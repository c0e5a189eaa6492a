"""The configuration with a copy of the runtime written into it: two keys, and nothing else is touched."""

from __future__ import annotations

import os
from typing import Any

from stabaudit.catalogue.names import UsageError
from stabaudit.config.find import NAMES, parsed, speaks
from stabaudit.source import regular
from stabaudit.source.errors import refusal
from stabaudit.source.find import tidy
from stabaudit.source.places import is_inside


def recorded(copy: str) -> tuple[str, bytes] | None:
    """The configuration file of the copy at `copy` and what it should hold; `None` if it does already."""
    path = tidy(place(copy))
    folder = os.path.dirname(os.path.realpath(path))
    keys = {"target": "vendored", "vendored": os.path.relpath(os.path.realpath(copy), folder).replace(os.sep, "/")}
    data = b""
    if os.path.exists(path):
        try:
            data = regular.read(path, regular.SETTINGS)
        except OSError as error:
            raise UsageError(str(refusal(path, error))) from None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8; TOML is always UTF-8") from None
    new = edited(path, text, keys)
    return None if new == text else (path, new.encode())


def place(copy: str) -> str:
    """The file that says how the module at `copy` is checked, or that is to say so."""
    folder, plain = os.path.dirname(os.path.realpath(copy)), None
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                if speaks(path):
                    return path
                plain = plain or path
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            # What a configuration says of paths holds below its folder.
            own = os.curdir if is_inside(copy, os.curdir) else os.path.dirname(copy)
            return plain or os.path.join(os.path.abspath(own), "stabaudit.toml")
        folder = parent


def edited(path: str, text: str, keys: dict[str, str]) -> str:
    """The TOML `text` with `keys` set for stabaudit, all else as it was."""
    # Imported here: nothing else writes TOML.
    import tomlkit

    above = ["tool", "stabaudit"] if os.path.basename(path) == "pyproject.toml" else []
    plain = text.replace("\r\n", "\n")
    wanted = parsed(plain, path)
    inner: Any = wanted
    for name in above:
        inner = inner.setdefault(name, {})
    if all(inner.get(key) == value for key, value in keys.items()):
        return text
    inner.update(keys)
    document: Any = tomlkit.parse(plain)
    table = document
    for name in above:
        if name not in table:
            table[name] = tomlkit.table(is_super_table=name == "tool")
        table = table[name]
    for key, value in keys.items():
        table[key] = value
    new = tomlkit.dumps(document)
    if parsed(new, path) != wanted:
        said = ", ".join(f'{key} = "{value}"' for key, value in keys.items())
        raise UsageError(f"{path}: cannot be changed without harm; write {said} into it yourself")
    return new.replace("\n", "\r\n") if "\r\n" in text else new
