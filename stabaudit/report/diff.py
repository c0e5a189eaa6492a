"""A change as a unified diff that `git apply` and `patch -p1` take."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from stabaudit.report.style import clean
from stabaudit.source.read import Source

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO) -> None:
    """Print the changes of `results`: bytes for programs, harmless text for a terminal."""
    for result in results:
        if not result.source or result.text == result.source.text:
            continue
        data = patch(result.path, result.source, result.text)
        if stream.isatty():
            lines = data.decode(result.source.encoding, "replace").split("\n")
            stream.write("\n".join(clean(line, "\t") for line in lines))
        else:
            stream.flush()
            stream.buffer.write(data)
    stream.flush()


def patch(path: str, source: Source, text: str) -> bytes:
    """The diff from `source` to `text`, in the bytes of the file."""
    name = os.path.relpath(path).replace(os.sep, "/") if path != "-" else path
    # Latin-1 stands in for any bytes: the diff must not care how a file is encoded.
    old, new = (source.encode(one).decode("latin-1") for one in (source.text, text))
    body = difflib.unified_diff(_lines(old), _lines(new), _name("a", name), _name("b", name))
    return "".join(_ended(body)).encode("latin-1")


def _lines(text: str) -> list[str]:
    # Only LF ends a line for git.
    *ended, rest = text.split("\n")
    return [f"{line}\n" for line in ended] + ([rest] if rest else [])


def _ended(body: Iterator[str]) -> Iterator[str]:
    for line in body:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _name(side: str, name: str) -> str:
    """A file name as git writes it: quoted where it holds anything odd, ended by a tab after a space."""
    data = os.fsencode(f"{side}/{name}")
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in data):
        return data.decode() + ("\t" if b" " in data else "")
    plain = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}
    return '"' + "".join(plain.get(b, chr(b) if 0x20 <= b < 0x7F else f"\\{b:03o}") for b in data) + '"'
