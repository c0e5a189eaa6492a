"""What is open in the editor: a file, or a notebook with a text for each cell."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from tokenize import detect_encoding

from lsprotocol import types
from pygls.uris import to_fs_path

from stabaudit.engine.job import Result
from stabaudit.findings.finding import Position
from stabaudit.records import Record
from stabaudit.report.place import where
from stabaudit.source import lines
from stabaudit.source.read import is_python

#: How long a row is in the units of the editor.
Width = Callable[[str], int]


class Document(Record):
    """The `path` and bytes of what is open, the address and version of each text in it, by cell, and its settings.

    A file has one text, under 0.
    """

    uri: str
    path: str
    data: bytes
    texts: Mapping[int, tuple[str, int | None]]

    @property
    def versions(self) -> tuple[int | None, ...]:
        """What tells that nothing was typed meanwhile."""
        return tuple(version for _, version in self.texts.values())


class Spot(Record):
    """A place in one of the texts."""

    uri: str
    range: types.Range


def file(uri: str, text: str, version: int | None) -> Document:
    """A file that is open."""
    path = path_of(uri)
    return Document(uri, path, _bytes(path, text), {0: (uri, version)})


def notebook(uri: str, cells: Sequence[tuple[bool, str, str, int | None]]) -> Document:
    """A notebook that is open: of each cell whether it is code, its address, text and version."""
    sources = [{"cell_type": "code" if code else "markdown", "source": text} for code, _, text, _ in cells]
    data = json.dumps({"cells": sources, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()
    path = path_of(uri)
    path = path if path.endswith(".ipynb") else f"{path}.ipynb"
    texts = {number: (address, version) for number, (_, address, _, version) in enumerate(cells, 1)}
    return Document(uri, path, data, texts)


def path_of(uri: str) -> str:
    """The path of a file; one that is not saved yet is taken to lie in the current folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return path or os.path.abspath("untitled.py")


def _bytes(path: str, text: str) -> bytes:
    """The text as the bytes that a file would have, whatever encoding it declares."""
    plain = text.encode("utf-8", "surrogatepass")
    if not is_python(path) or "coding" not in text[:1000]:
        return plain
    try:
        return text.encode(detect_encoding(io.BytesIO(plain).readline)[0])
    except (SyntaxError, LookupError, UnicodeError):
        return plain


class Places:
    """Where the positions in the text of a result are in the editor."""

    def __init__(self, document: Document, result: Result, width: Width) -> None:
        self._document = document
        self._where = where(result)
        self._rows = lines.bare(result.text)
        self._width = width

    def spot(self, start: Position, end: Position) -> Spot:
        """A stretch of the text."""
        cell, first = self._at(start)
        # A stretch that ends before the first row of a cell ends in the one before.
        last_cell, last = self._at(end)
        if last_cell != cell:
            last = types.Position(first.line + end.row - start.row, last.character)
        return Spot(self._document.texts[cell][0], types.Range(first, last))

    def _at(self, position: Position) -> tuple[int, types.Position]:
        place = self._where(position)
        row = self._rows[position.row - 1] if position.row <= len(self._rows) else ""
        return place.cell or 0, types.Position(place.row - 1, self._width(row[: position.column - 1]))
