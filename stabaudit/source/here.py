"""Which file is at work in this process, for what is looked up beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


class _Here:
    """The file at work, and whether others were looked at for it."""

    path: str | None = None
    asked: bool = False


@contextmanager
def at(path: str) -> Iterator[None]:
    """This file is at work."""
    outer, _Here.path, _Here.asked = _Here.path, os.path.abspath(path), False
    try:
        yield
    finally:
        _Here.path = outer


def asked() -> str | None:
    """The path of the file at work, `None` if there is none; note is taken that others are looked at for it."""
    _Here.asked = _Here.asked or _Here.path is not None
    return _Here.path


def was_asked() -> bool:
    """Whether what was found of the last file depends on others."""
    return _Here.asked
