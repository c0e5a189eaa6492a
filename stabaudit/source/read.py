"""Bytes to text and back, as Python itself would read them (PEP 263), with nothing lost."""

from __future__ import annotations

import codecs
import io
import sys

from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.source import regular
from stabaudit.source.blocks import DOCUMENTS
from stabaudit.source.errors import FileError, check_size, refusal

if TYPE_CHECKING:
    from stabaudit.source.notebook import Notebook

#: The most megabytes of text that are analysed where nothing else is said; LibCST takes half a gigabyte for one.
LARGEST = 2


class Source(Record):
    """A text and what is needed to give back the bytes it came from."""

    text: str
    encoding: str = "utf-8"
    bom: bool = False
    notebook: Notebook | None = None

    def encode(self, text: str) -> bytes:
        """`text` in the form of this source."""
        if self.notebook:
            text = self.notebook.holding(text)
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode(self.encoding)


def load(path: str) -> bytes:
    """The bytes of the file at `path`."""
    try:
        return regular.read(path, regular.SOURCE)
    except regular.Strange:
        raise FileError(path, "is not a regular file; pipe it in and give `-` as the path") from None
    except OSError as error:
        raise refusal(path, error) from None


def standard_input(path: str) -> bytes:
    """The bytes of standard input, which errors call `path`."""
    try:
        return sys.stdin.buffer.read()
    except (AttributeError, ValueError, OSError):
        raise FileError(path, "standard input is closed; pipe the text in or give a file") from None


def is_python(path: str) -> bool:
    """Whether the file at `path` is Python source, and no notebook or document that holds some."""
    return not path.endswith((".ipynb", *DOCUMENTS))


def plain(path: str, data: bytes) -> bytes:
    """The bytes of `path` as far as the sieve may look at them."""
    # In JSON a word may follow the `n` of an escaped line end.
    return data.replace(b"\\n", b"\n") if path.endswith(".ipynb") else data


def decode(path: str, data: bytes, largest: int | None = None) -> Source:
    """The text of the bytes of `path`, by its byte order mark, its coding line, or as UTF-8.

    Raises `FileError` for what is no text, and for one of more than so many megabytes, if that is told.
    """
    if not is_python(path):
        return _unicode(path, data, largest)
    nul = data.find(b"\0")
    if nul >= 0:
        raise FileError(path, "holds a NUL byte; Python source is text", _row(data, nul))
    try:
        encoding = _encoding(data)
    except SyntaxError as error:
        raise _misdeclared(path, data, str(error)) from None
    bom = encoding == "utf-8-sig"
    if bom:
        encoding, data = "utf-8", data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(path, data, error) from None
    except (LookupError, UnicodeError, ValueError):
        raise FileError(path, f"declares `{encoding}`, which is not a text encoding; fix its coding line", 1) from None
    # In UTF-8 it is the byte that was looked for.
    if encoding != "utf-8" and "\0" in text:
        raise FileError(path, "holds a NUL character; Python source is text")
    check_size(path, len(text), largest)
    return Source(text, encoding, bom)


def _encoding(data: bytes) -> str:
    """The encoding that a file declares; raises `SyntaxError`."""
    # In the first two lines.
    end = data.find(b"\n", data.find(b"\n") + 1)
    if data.find(b"coding", 0, end if end >= 0 else len(data)) < 0 and not data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    # Imported here: most files declare none.
    from tokenize import detect_encoding

    return detect_encoding(io.BytesIO(data).readline)[0]


def _unicode(path: str, data: bytes, largest: int | None) -> Source:
    """The text of a file that is UTF-8 by definition."""
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        text = data[len(codecs.BOM_UTF8) if bom else 0 :].decode()
    except UnicodeDecodeError as error:
        raise FileError(path, "is not UTF-8; save it as UTF-8", _row(data, error.start)) from None
    if not path.endswith(".ipynb"):
        check_size(path, len(text), largest)
        return Source(text, "utf-8", bom)
    from stabaudit.source.notebook import Notebook

    notebook = Notebook.of(path, text, largest)
    return Source(notebook.text, "utf-8", bom, notebook)


def _row(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _misdeclared(path: str, data: bytes, said: str) -> FileError:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if "unknown encoding" not in said:
            return _undecodable(path, data, error)
    if "BOM" in said or data.startswith(codecs.BOM_UTF8):
        return FileError(path, "begins with a UTF-8 byte order mark but declares another encoding; remove one", 1)
    return FileError(path, f"{said}; fix the coding line or save as UTF-8", 1)


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> FileError:
    remedy = "save as UTF-8 or name the encoding in the first line, as in `# coding: latin-1`"
    name = "UTF-8" if error.encoding == "utf-8" else error.encoding
    return FileError(path, f"byte 0x{data[error.start]:02x} is not {name}; {remedy}", _row(data, error.start))
