"""A Jupyter notebook: its Python as one text, and that text put back with nothing else touched."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from json.decoder import JSONDecodeError
from typing import Any

from stabaudit.records import Record
from stabaudit.source.cells import Cell, Joined, join, split
from stabaudit.source.errors import FileError, check_size
from stabaudit.source.json_text import loads

#: The most cells of code in a notebook that are read.
MOST = 10_000
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Part(Record):
    """The source of a cell: what it says, and where in the file it says so."""

    value: Any
    start: int
    end: int


class Notebook(Record):
    """The file as it is, the sources of its code cells, and their Python."""

    raw: str
    parts: dict[int, Part]
    joined: Joined

    @classmethod
    def of(cls, path: str, raw: str, largest: int | None = None) -> Notebook:
        """The notebook in the file `path`, of at most so many megabytes of Python; raises `FileError`."""
        from stabaudit.source.syntax import flaw

        try:
            parts = _parts(raw)
            cells = [Cell(number, _text(part.value)) for number, part in parts.items()]
        except JSONDecodeError as error:
            said = f"is not a notebook: {error.msg.lower().removesuffix(' starting at')}; fix its JSON"
            raise FileError(path, said, error.lineno, error.colno) from None
        except (TypeError, KeyError, AttributeError, RecursionError):
            raise FileError(path, "is not a notebook: it has no list of cells; save it again") from None
        except ValueError as error:
            raise FileError(path, f"is not a notebook: {error}; save it again") from None
        if len(cells) > MOST:
            raise FileError(path, f"has {len(cells)} cells of code, of which {MOST} are read; exclude it")
        # Before it is parsed, which takes far more memory.
        check_size(path, sum(len(cell.text) for cell in cells), largest)
        return cls(raw, parts, join(cells, flaw))

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
        return bisect_right(_ends(self.raw), at - 1) + 1


# Asked for each finding of a notebook.
@lru_cache(maxsize=1)
def _ends(raw: str) -> list[int]:
    """Where the lines of a file end."""
    return [match.start() for match in re.finditer("\n", raw)]


def _parts(raw: str) -> dict[int, Part]:
    """The sources of the code cells by their number."""
    book = loads(raw)
    top = {key: start for key, start, _ in _members(raw, _skip(raw, 0))}
    # Up to version 3 of the format cells were on sheets, and their source was called input.
    named = "source" if "cells" in top or "worksheets" not in top else "input"
    if not all(isinstance(one, list) for one in _lists(book, named)):
        raise TypeError
    if not _speaks_python(book.get("metadata", {})):
        return {}
    parts = {}
    for number, start in enumerate(_cells(raw, top, named), 1):
        members = {key: (a, b) for key, a, b in _members(raw, start)}
        said = {key: json.loads(raw[slice(*members[key])]) for key in ("cell_type", "language") if key in members}
        if said["cell_type"] == "code" and said.get("language", "python") == "python":
            source = members[named]
            parts[number] = Part(_plain(json.loads(raw[slice(*source)])), *source)
    return parts


def _lists(book: Any, named: str) -> list[Any]:
    """The lists of cells of a notebook."""
    return [book["cells"]] if named == "source" else [sheet["cells"] for sheet in book["worksheets"]]


def _cells(raw: str, top: dict[str, int], named: str) -> Iterator[int]:
    """Where the cells begin."""
    lists = [top["cells"]] if named == "source" else []
    for sheet, _ in [] if lists else _items(raw, top["worksheets"]):
        lists.append({key: start for key, start, _ in _members(raw, sheet)}["cells"])
    for one in lists:
        yield from (start for start, _ in _items(raw, one))


def _plain(value: Any) -> Any:
    """A source as notebooks have it: a text, or the list of its lines."""
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value)):
        return value
    raise TypeError


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
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([last] if last else [])]
