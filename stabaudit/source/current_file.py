"""Which file is at work in this process, for what is looked up beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


class _Here:
    """The file at work, and whether others were looked at for it."""

    path: str | None = None
    roots: tuple[str, ...] = ()
    asked: bool = False


@contextmanager
def at(path: str, roots: tuple[str, ...] = ()) -> Iterator[None]:
    """This file is at work; others may be read that lie below one of the real folders `roots`."""
    outer, _Here.path, _Here.asked = (_Here.path, _Here.roots), os.path.abspath(path), False
    _Here.roots = roots
    try:
        yield
    finally:
        _Here.path, _Here.roots = outer


def path() -> str | None:
    """The path of the file at work, `None` if there is none."""
    return _Here.path


def roots() -> tuple[str, ...]:
    """The folders below which other files may be read."""
    return _Here.roots


def asked() -> str | None:
    """The path of the file at work, `None` if there is none; note is taken that others are looked at for it."""
    _Here.asked = _Here.asked or _Here.path is not None
    return _Here.path


def was_asked() -> bool:
    """Whether what was found of the last file depends on others."""
    return _Here.asked
