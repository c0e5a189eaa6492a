"""A Jupyter notebook: its Python as one text, and that text put back with nothing else touched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import Any, NamedTuple

from stabaudit.source.cells import Cell, Joined, join, split
from stabaudit.source.trouble import Trouble

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Part(NamedTuple):
    """The source of a cell: what it says, and where in the file it says so."""

    value: Any
    start: int
    end: int


class Notebook(NamedTuple):
    """The file as it is, the sources of its code cells, and their Python."""

    raw: str
    parts: dict[int, Part]
    joined: Joined

    @classmethod
    def of(cls, path: str, raw: str) -> Notebook:
        """The notebook in the file `path`; raises `Trouble`."""
        from stabaudit.source.syntax import flaw

        try:
            parts = _parts(raw)
            cells = [Cell(number, _text(part.value)) for number, part in parts.items()]
        except JSONDecodeError as error:
            said = f"is no notebook: {error.msg.lower().removesuffix(' starting at')}; mend its JSON"
            raise Trouble(path, said, error.lineno, error.colno) from None
        except (TypeError, KeyError, AttributeError, RecursionError):
            raise Trouble(path, "is no notebook: it has no list of cells; save it anew") from None
        return cls(raw, parts, join(cells, lambda text: flaw(text) is None))

    @property
    def text(self) -> str:
        """The Python of all cells."""
        return self.joined.text

    def holding(self, text: str) -> str:
        """The file with the cells of `text` in place of its own."""
        pieces, last = [], 0
        for start, end, new in self.changes(text):
            pieces += [self.raw[last:start], new]
            last = end
        return "".join([*pieces, self.raw[last:]])

    def changes(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where in the file the cells of `text` differ from its own, and what has to stand there."""
        if text == self.text:
            return
        for number, new in split(text, self.joined).items():
            part = self.parts[number]
            old = _text(part.value)
            if not old.endswith("\n"):
                new = new.removesuffix("\n")
            if new != old:
                yield part.start, part.end, _written(self.raw[part.start : part.end], part.value, new)

    def having(self, text: str) -> Notebook:
        """The notebook as it is when `text` is in it."""
        return self if text == self.text else Notebook.of("", self.holding(text))

    def line(self, cell: int, row: int) -> int:
        """The line of the file on which a row of a cell stands."""
        part = self.parts[cell]
        at = part.start
        if isinstance(part.value, list):
            spans = list(_strings(self.raw[part.start : part.end]))
            at += spans[min(row, len(spans)) - 1][0] if spans else 0
        return self.raw.count("\n", 0, at) + 1


def _parts(raw: str) -> dict[int, Part]:
    """The sources of the code cells by their number."""
    book = json.loads(raw)
    if not isinstance(book["cells"], list):
        raise TypeError
    if not _speaks_python(book.get("metadata", {})):
        return {}
    top = {key: start for key, start, _ in _members(raw, _skip(raw, 0))}
    parts = {}
    for number, (start, _) in enumerate(_items(raw, top["cells"]), 1):
        members = {key: (a, b) for key, a, b in _members(raw, start)}
        kind, source = members["cell_type"], members["source"]
        if json.loads(raw[slice(*kind)]) == "code":
            parts[number] = Part(json.loads(raw[slice(*source)]), *source)
    return parts


def _speaks_python(metadata: dict[str, Any]) -> bool:
    said = (
        metadata.get("kernelspec", {}).get("language"),
        metadata.get("language_info", {}).get("name"),
    )
    return all(one is None or str(one).lower() in ("python", "ipython") for one in said)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def _members(raw: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The keys of the object at `at`, and where their values stand."""
    if raw[at : at + 1] != "{":
        raise TypeError
    at = _skip(raw, at + 1)
    while raw[at : at + 1] == '"':
        key, at = _DECODER.raw_decode(raw, at)
        start = _skip(raw, _skip(raw, at) + 1)
        end = _DECODER.raw_decode(raw, start)[1]
        yield key, start, end
        at = _skip(raw, _skip(raw, end) + 1)


def _items(raw: str, at: int) -> Iterator[tuple[int, int]]:
    """Where the items of the list at `at` stand."""
    at = _skip(raw, at + 1)
    while raw[at : at + 1] not in ("]", ""):
        end = _DECODER.raw_decode(raw, at)[1]
        yield at, end
        at = _skip(raw, end)
        at = _skip(raw, at + 1) if raw[at : at + 1] == "," else at


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    assert match
    return match.end()


def _strings(raw: str) -> list[tuple[int, int]]:
    return list(_items(raw, 0))


def _written(raw: str, value: Any, new: str) -> str:
    """`new` in the form in which `raw` spells `value`; lines that stay keep their spelling."""
    # What is all ASCII may be so by intent; what is not cannot be.
    escape = raw.isascii()
    if isinstance(value, str):
        return json.dumps(new, ensure_ascii=escape)
    spans = _strings(raw)
    spelled = {line: raw[a:b] for line, (a, b) in zip(value, spans, strict=True)}
    first = raw[1 : spans[0][0]] if spans else ""
    between = raw[spans[0][1] : spans[1][0]] if len(spans) > 1 else f",{first}" if first else ", "
    last = raw[spans[-1][1] : -1] if spans else ""
    lines = [spelled.get(line, json.dumps(line, ensure_ascii=escape)) for line in _kept_ends(new)]
    return f"[{first}{between.join(lines)}{last}]"


def _kept_ends(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]
