"""Whether a table of settings is one: the first mistake in it, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from stabaudit.catalogue.names import EVERY, known_rules, nearest
from stabaudit.config.table import KEYS, OPTIONS, Key
from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.source.ignore import MOST
from stabaudit.source.pattern import pattern

if TYPE_CHECKING:
    from typing import Any

#: No number in a configuration is larger.
LARGEST = 1_000_000


class Mistake(Record):
    """What is wrong, and the path of keys that leads there."""

    message: str
    keys: tuple[str, ...]


def mistake(table: Mapping[str, Any]) -> Mistake | None:
    """The first thing in `table` that is not as the table of keys says."""
    return next(mistakes(table), None)


def mistakes(table: Mapping[str, Any]) -> Iterator[Mistake]:
    """All that is wrong in `table`."""
    for name, value in table.items():
        key = KEYS.get(name)
        if key is None:
            hint = nearest(name, KEYS) or f"; there are {', '.join(KEYS)}"
            yield Mistake(f"unknown key `{name}`{hint}", (name,))
        else:
            for said, inner in _CHECKS[key.kind](key, value):
                yield Mistake(f"`{name}` {said}", (name, *inner))


Complaints = Iterable[tuple[str, tuple[str, ...]]]


def _rules(_: Key, value: Any) -> Complaints:
    if not _is_list(value):
        yield "is a list of rule names", ()
        return
    known = known_rules() if value else ()
    for name in value:
        if name not in known and name != EVERY:
            yield f"has an unknown rule `{name}`{nearest(name, known)}", ()


def _patterns(_: Key, value: Any) -> Complaints:
    if not _is_list(value):
        yield "is a list of patterns", ()
        return
    if len(value) > MOST:
        yield f"has more than {MOST} patterns; leave some out", ()
        return
    for text in value:
        if pattern(text) is None:
            yield f"has `{text}`, which is not a valid pattern", ()


def _rules_by_pattern(key: Key, value: Any) -> Complaints:
    if not isinstance(value, dict):
        yield 'is a table of patterns and rule names, as in `"tests/*" = ["softmax"]`', ()
        return
    if len(value) > MOST:
        yield f"has more than {MOST} patterns; leave some out", ()
        return
    for text, names in value.items():
        for said, _ in [*_patterns(key, [text]), *_rules(key, names)]:
            yield said, (text,)


def _options(_: Key, value: Any) -> Complaints:
    if not isinstance(value, dict):
        yield 'is a table of rules and their options, as in `log1p = { severity = "note" }`', ()
        return
    for rule, options in value.items():
        if rule == EVERY:
            yield "has options of single rules, not of `ALL`", (rule,)
        elif complaints := [*_rules(KEYS["select"], [rule])]:
            yield complaints[0][0], (rule,)
        elif not isinstance(options, dict):
            yield f'has no table for `{rule}`, as in `{rule} = {{ severity = "note" }}`', (rule,)
        else:
            there = {name: one.key for name, one in OPTIONS.items() if not one.rules or rule in one.rules}
            for name, said in options.items():
                if name not in there:
                    hint = nearest(name, there) or f"; there is {', '.join(there)}"
                    yield f"has an unknown option `{name}` for `{rule}`{hint}", (rule, name)
                    continue
                yield from (
                    (f"of `{rule}`: `{name}` {wrong}", (rule, name))
                    for wrong, _ in _CHECKS[there[name].kind](there[name], said)
                )


def _small(_: Key, value: Any) -> Complaints:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        yield "is a number from 0 to 1", ()


def _flag(_: Key, value: Any) -> Complaints:
    if not isinstance(value, bool):
        yield "is true or false", ()


def _number(_: Key, value: Any) -> Complaints:
    if type(value) is not int or value < 1:
        yield "is a whole number from 1 on", ()
    elif value > LARGEST:
        yield f"is a whole number up to {LARGEST}", ()


def _choice(key: Key, value: Any) -> Complaints:
    if not isinstance(value, str) or value not in key.choices:
        hint = nearest(value, key.choices) if isinstance(value, str) else ""
        yield f"is one of {', '.join(key.choices)}{hint}", ()


def _path(_: Key, value: Any) -> Complaints:
    if not isinstance(value, str) or not value or "\0" in value:
        yield "is the path of a file", ()


def _release(_: Key, value: Any) -> Complaints:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,9}(\.\d{1,9}){1,9}", value, re.ASCII):
        yield 'is a release, as in `"1.10"`', ()


def _modules(_: Key, value: Any) -> Complaints:
    if not isinstance(value, dict):
        yield 'is a table of names and modules, as in `xp = "numpy"`', ()
        return
    for name, module in value.items():
        dotted = isinstance(module, str) and all(part.isidentifier() for part in module.split("."))
        if not name.isidentifier() or not dotted:
            yield f"has `{name}`, which is not a name with the module that it refers to", (name,)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_CHECKS: dict[str, Callable[[Key, Any], Complaints]] = {
    "rules": _rules,
    "patterns": _patterns,
    "rules by pattern": _rules_by_pattern,
    "flag": _flag,
    "number": _number,
    "choice": _choice,
    "path": _path,
    "modules": _modules,
    "release": _release,
    "options": _options,
    "small": _small,
}
