"""The configuration file nearest to a folder, and what it says."""

from __future__ import annotations

import os
from collections.abc import Iterable

from stabaudit.catalogue.names import UsageError
from stabaudit.config.reach import in_project
from stabaudit.config.settings import COMMAND, DEFAULTS, Layer, Settings, Value
from stabaudit.records import TYPE_CHECKING
from stabaudit.source import regular
from stabaudit.source.errors import refusal
from stabaudit.source.find import tidy
from stabaudit.source.places import Places

if TYPE_CHECKING:
    from typing import Any

#: In a folder the first of these that says something about stabaudit holds.
NAMES = (".stabaudit.toml", "stabaudit.toml", "pyproject.toml")


class Finder:
    """The settings of folders: the nearest file's, under what the command line says."""

    def __init__(self, over: Layer | None = None, file: str | None = None, isolated: bool = False) -> None:
        self._over = over or {}
        self._known: dict[str, Settings] = {}
        self.places = Places()
        self._fixed: Settings | None = None
        if file is not None or isolated:
            self._fixed = self._settle({} if file is None else _named(file))

    def of(self, folder: str) -> Settings:
        """What holds for the files in the absolute `folder`."""
        if self._fixed is not None:
            return self._fixed
        passed = []
        while (settings := self._known.get(folder)) is None:
            passed.append(folder)
            layer, parent = _in(folder), os.path.dirname(folder)
            if layer is not None or parent == folder:
                settings = self._settle(layer or {})
                break
            folder = parent
        self._known.update(dict.fromkeys(passed, settings))
        return settings

    def near(self, path: str) -> tuple[Settings, str]:
        """What holds for the file at `path`, and the real, absolute path that settings speak of."""
        real = self.places.of(path)
        return self.of(os.path.dirname(real)), real

    def _settle(self, layer: Layer) -> Settings:
        return DEFAULTS.over(layer).over(self._over)


def inline(texts: Iterable[str]) -> Layer:
    """The settings in `--config 'key = value'`."""
    layer: dict[str, Value] = {}
    for text in texts:
        # Imported here, as below: most runs are told nothing.
        from stabaudit.config.valid import mistake

        table = parsed(text, f"--config {text!r}")
        if found := mistake(table):
            raise UsageError(f"--config {text!r}: {found.message}")
        layer.update({key: Value(value, COMMAND, os.getcwd()) for key, value in table.items()})
    return layer


def _in(folder: str) -> Layer | None:
    """What the files of `folder` say, if they say anything."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (layer := _read(_near(path), ())) is not None:
            return layer
    return None


def _near(path: str) -> str:
    """The path of a configuration that was found; raises `UsageError` for a link out of its project."""
    if os.path.islink(path) and not in_project(path, os.path.dirname(path)):
        raise UsageError(f"{tidy(path)}: is a link that leads out of the project; give the file with --config")
    return path


def _named(path: str) -> Layer:
    """What the file `path` says, which the user named."""
    if not os.path.isfile(path):
        raise UsageError(f"{path}: no such configuration file; check the path")
    return _read(os.path.realpath(path), ()) or {}


def _read(path: str, seen: tuple[str, ...]) -> Layer | None:
    try:
        data = regular.read(path, regular.SETTINGS)
    except OSError as error:
        raise UsageError(str(refusal(tidy(path), error))) from None
    own = os.path.basename(path) != "pyproject.toml"
    if not own and b"stabaudit" not in data:
        return None
    from stabaudit.config.rows import row
    from stabaudit.config.valid import mistake

    try:
        # With or without a byte order mark, as editors on Windows write it.
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UsageError(f"{tidy(path)}: is not UTF-8; TOML is always UTF-8") from None
    table = parsed(text, tidy(path))
    above: tuple[str, ...] = () if own else ("tool", "stabaudit")
    for name in above:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    if not own and table == {}:
        return None
    if not isinstance(table, dict):
        raise UsageError(f"{tidy(path)}:{row(text, above)}: `tool.stabaudit` is a table")
    if found := mistake(table):
        place = f"{tidy(path)}:{row(text, (*above, *found.keys))}"
        raise UsageError(f"{place}: {found.message}")
    layer: Layer = {
        key: Value(value, f"{tidy(path)}:{row(text, (*above, key))}", os.path.dirname(path))
        for key, value in table.items()
    }
    return {**_extended(layer, path, (*seen, path)), **layer} if "extend" in layer else layer


def _extended(layer: Layer, path: str, seen: tuple[str, ...]) -> Layer:
    value = layer["extend"]
    other = os.path.realpath(os.path.join(value.folder, os.path.expanduser(value.value)))
    if other in seen:
        raise UsageError(f"{value.origin}: `extend` leads back to {tidy(other)}")
    if not in_project(other, value.folder):
        raise UsageError(f"{value.origin}: `extend` leads out of the project; give the file with --config")
    if not os.path.isfile(other):
        raise UsageError(f"{value.origin}: `extend` names {value.value}, which is not a file")
    return _read(other, seen) or {}


def speaks(path: str) -> bool:
    """Whether the configuration file at `path` says something about stabaudit."""
    return _read(path, ()) is not None


def parsed(text: str, name: str) -> dict[str, Any]:
    """The TOML `text`; raises `UsageError` with the place in the file `name`."""
    # Imported here: most folders have nothing to read.
    try:
        import tomllib
    except ModuleNotFoundError:
        import tomli as tomllib  # type: ignore[import-not-found, no-redef, unused-ignore]
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").split(",")[0].rstrip(")")
        # The other place that is told is the end of the document.
        line = line if line.isdecimal() else str(text.count("\n") + 1)
        where = name if name.startswith("--") else f"{name}:{line}"
        raise UsageError(f"{where}: not TOML: {said[:1].lower()}{said[1:]}") from None
    except RecursionError:
        raise UsageError(f"{name}: is nested too deeply; write fewer brackets within each other") from None
    except ValueError:
        # Python makes no number of more than 4,300 digits.
        raise UsageError(f"{name}: has a number or a date that is out of range; write another") from None
