"""The lines on which the keys of a TOML text stand, which `tomllib` does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PART = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_NAME})[ \t]*\]")
_ENTRY = re.compile(rf"[ \t]*({_NAME})[ \t]*=")
# Brackets and quotes in here are not those of the value around them.
_INERT = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|[\s\S]", re.DOTALL)


def row(text: str, key: Sequence[str]) -> int:
    """The line of `key`, or of the table nearest to it; 1 where there is none."""
    best, found = 0, 1
    table: list[str] = []
    at, number = 0, 1
    while at < len(text):
        here: list[str] | None = None
        if header := _HEADER.match(text, at):
            here = table = _parts(header[1])
            end = text.find("\n", at)
        elif entry := _ENTRY.match(text, at):
            here = [*table, *_parts(entry[1])]
            end = _end(text, entry.end())
        else:
            end = text.find("\n", at)
        if here is not None and best < len(here) <= len(key) and here == list(key[: len(here)]):
            best, found = len(here), number
        end = len(text) if end < 0 else end + 1
        number += text.count("\n", at, end)
        at = end
    return found


def _parts(name: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, name)]


def _end(text: str, at: int) -> int:
    """Where the line ends on which the value that begins at `at` does."""
    depth = 0
    for token in _INERT.finditer(text, at):
        match token[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n" if depth <= 0:
                return token.start()
    return -1
