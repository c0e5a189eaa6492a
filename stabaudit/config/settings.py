"""What holds for a file: each value with where it comes from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from stabaudit.catalogue.names import UsageError, spelled_out
from stabaudit.config.offers import Offers
from stabaudit.config.table import KEYS
from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.source.pattern import Pattern, pattern
from stabaudit.source.places import is_inside

if TYPE_CHECKING:
    from typing import Any

#: Where a value comes from that was given on the command line.
COMMAND = "command line"


class Value(Record):
    """A value, where it was written, and the folder its paths and patterns are relative to.

    Patterns of the command line are relative to the current folder, and to the folders outside of it that are checked:
    the `roots`.
    """

    value: Any
    origin: str
    folder: str
    roots: tuple[str, ...] = ()


Layer = Mapping[str, Value]


class Settings:
    """The values of all keys."""

    def __init__(self, values: Layer) -> None:
        self.values = values
        self._paths: dict[str, str | None] = {}

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def get(self, key: str) -> Any:
        """The value of `key`."""
        return self.values[key].value

    def over(self, layer: Layer) -> Settings:
        """These settings where `layer` has no others."""
        # Who selects on the command line begins anew, who ignores there adds to what the file ignores.
        merged = {**self.values, **layer}
        said = {name for name, value in layer.items() if value.origin == COMMAND}
        if "select" in said:
            merged.update({name: DEFAULTS.values[name] for name in _ADDING - said})
            return Settings(merged)
        for name in _ADDING & said:
            both = dict.fromkeys((*self.get(name), *layer[name].value))
            merged[name] = layer[name]._replace(value=tuple(both))
        if "extend-select" in said:
            for name in ("ignore", "extend-ignore"):
                value = merged[name]
                left = [rule for rule in value.value if rule not in layer["extend-select"].value or name in said]
                merged[name] = value._replace(value=tuple(left))
        return Settings(merged)

    def includes(self, path: str) -> bool:
        """Whether the absolute `path` is that of a file that is looked for in folders."""
        if self._included is None:
            return path.endswith(self._suffixes)
        return _speaks(*self._included, path, False, deep=True)

    @cached_property
    def _included(self) -> tuple[_Patterns, str] | None:
        value = self.values["include"]
        return None if value.value is None else (_read(tuple(value.value)), value.folder)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        notebooks = (".ipynb",) if self.get("notebooks") else ()
        documents = (".md", ".markdown", ".rst") if self.get("documents") else ()
        return (".py", ".pyi", *notebooks, *documents)

    @property
    def heeds_git(self) -> bool:
        """Whether what git ignores is left out."""
        return bool(self.get("respect-gitignore"))

    @property
    def strict(self) -> bool:
        """Whether what is excluded is so even if the user names it."""
        return bool(self.get("force-exclude"))

    @property
    def narrowed(self) -> bool:
        """Whether the command line, not the project, says which rules hold."""
        return any(self.values[key].origin == COMMAND for key in ("select", "ignore", "extend-ignore"))

    def selected(self) -> frozenset[str] | None:
        """The names of the rules that hold, `ignored` ones among them; none for all."""
        return None if self.get("select") is None else spelled_out((*self.get("select"), *self.get("extend-select")))

    def more(self) -> frozenset[str]:
        """The names of the rules that hold beside those that do by default: those in preview, and those named."""
        named = spelled_out((*(self.get("select") or ()), *self.get("extend-select")))
        if not named and not self.get("preview"):
            return named
        # Imported here: who asks for nothing more need not know the tiers.
        from stabaudit.catalogue.load import load

        tiers = {rule.name: rule.tier for rule in load() if rule.tier != "default"}
        previewed = {name for name, tier in tiers.items() if tier == "preview" and self.get("preview")}
        return frozenset(previewed | (named & tiers.keys()))

    def ignored(self, path: str) -> frozenset[str]:
        """The names of the rules that do not hold in the file `path`, an absolute one."""
        ignored = {*spelled_out((*self.get("ignore"), *self.get("extend-ignore")))}
        for by_pattern in (self.values["per-file-ignores"], self.values["extend-per-file-ignores"]):
            for text, names in by_pattern.value.items():
                if _speaks(_read((text,)), by_pattern.folder, path, False, deep=True):
                    ignored.update(names)
        return frozenset(ignored)

    def offers(self) -> Offers:
        """What holds for fixes."""
        fixable = self.get("fixable")
        keys = ("unfixable", "extend-safe-fixes", "extend-unsafe-fixes")
        unfixable, safe, unsafe = (frozenset(self.get(key)) for key in keys)
        weights = tuple((r, o["severity"]) for r, o in sorted(self.get("rules").items()) if "severity" in o)
        return Offers(None if fixable is None else frozenset(fixable), unfixable, safe, unsafe, weights)

    def guards(self) -> tuple[tuple[str, float], ...]:
        """The smallest guards that count, by rule."""
        guards = sorted((rule, o.get("smallest-guard", 0.0)) for rule, o in self.get("rules").items())
        return tuple((rule, float(smallest)) for rule, smallest in guards if smallest)

    def excludes(self, path: str, is_folder: bool, deep: bool = False) -> bool:
        """Whether the absolute `path` is left out; with `deep`, also for a folder above it."""
        if not deep and self._named is not None:
            # As it is by default, for each file.
            return path[path.rfind(os.sep) + 1 :] in self._named
        return any(_speaks(*excluded, path, is_folder, deep) for excluded in self._excluded)

    @cached_property
    def _named(self) -> frozenset[str] | None:
        """What is excluded where that is by plain names alone, whatever the folder."""
        if any(patterns.others or folder for patterns, folder in self._excluded):
            return None
        return frozenset[str]().union(*(patterns.names for patterns, _ in self._excluded))

    @cached_property
    def _excluded(self) -> list[tuple[_Patterns, str]]:
        values = (self.values["exclude"], self.values["extend-exclude"])
        said = ((_read(tuple(value.value)), value) for value in values if value.value)
        return [(patterns, folder) for patterns, value in said for folder in (value.folder, *value.roots)]

    def path(self, key: str) -> str | None:
        """The file that `key` names, as it is reached from the current folder.

        Raises `UsageError` where a configuration file names one that is not below its own folder.
        """
        if key not in self._paths:
            self._paths[key] = self._path(self.values[key], key)
        return self._paths[key]

    def _path(self, value: Value, key: str) -> str | None:
        if value.value is None:
            return None
        path = os.path.join(value.folder, value.value)
        if value.origin != COMMAND and not is_inside(path, value.folder):
            said = f"`{key}` leads out of the folder of its file"
            raise UsageError(f"{value.origin}: {said}; choose another path, or give it on the command line")
        return path


# On the command line these add to what the file says.
_ADDING = frozenset({"ignore", "extend-ignore", "extend-select"})
DEFAULTS = Settings({name: Value(key.default, "default", "") for name, key in KEYS.items()})


class _Patterns(Record):
    """Plain names, which a set finds at once, and the rest, the last one first."""

    names: frozenset[str]
    others: tuple[Pattern, ...]


@cache
def _read(texts: tuple[str, ...]) -> _Patterns:
    plain = frozenset(text for text in texts if not set(text) & set("*?[]!/\\# "))
    found: Iterable[Pattern | None] = (pattern(text) for text in reversed(texts) if text not in plain)
    return _Patterns(plain, tuple(one for one in found if one))


def _speaks(patterns: _Patterns, folder: str, path: str, is_folder: bool, deep: bool) -> bool:
    # A default has no folder: its names hold everywhere.
    if folder and not path.startswith(folder.rstrip(os.sep) + os.sep):
        return False
    parts = path[len(folder) :].strip(os.sep).split(os.sep)
    for length in range(1 if deep else len(parts), len(parts) + 1):
        if parts[length - 1] in patterns.names:
            return True
        inner, inner_is_folder = "/".join(parts[:length]), is_folder or length < len(parts)
        for one in patterns.others:
            if one.match(inner, inner_is_folder):
                if one.ignores:
                    return True
                break
    return False
