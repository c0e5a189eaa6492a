"""A file that keeps a text beside the key of what that was made of, and knows whether it is damaged."""

from __future__ import annotations

import contextlib
import os
from binascii import crc32


def read(path: str, key: str) -> str:
    """What was kept under the same key; raises `OSError` or `ValueError` if nothing was, or it is damaged."""
    with open(path, "rb") as file:
        told, data = file.readline(), file.read()
    if int(told, 16) != crc32(data):
        raise ValueError("damaged")
    kept, _, text = data.decode("utf-8", "surrogatepass").partition("\n")
    if kept != key:
        raise ValueError("made of other sources")
    return text


def write(path: str, key: str, text: str) -> None:
    """Keep a text; raises `OSError`."""
    data = f"{key}\n{text}".encode("utf-8", "surrogatepass")
    # Another run must never see half of it.
    own = f"{path}.{os.getpid()}"
    try:
        with open(own, "wb") as file:
            file.write(b"%x\n" % crc32(data) + data)
        os.replace(own, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(own)
        raise
