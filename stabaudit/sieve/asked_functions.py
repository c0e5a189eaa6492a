"""Of which functions the findings are asked for, where an edit can have changed only those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ROWS: ContextVar[frozenset[int] | None] = ContextVar("first rows of functions", default=None)


@contextmanager
def asking(rows: frozenset[int]) -> Iterator[None]:
    """Only functions that begin on some rows are looked at for their findings, beside what is outside of functions."""
    token = _ROWS.set(rows)
    try:
        yield
    finally:
        _ROWS.reset(token)


def asked() -> frozenset[int] | None:
    """The first rows of the functions that are asked about; `None` for all."""
    return _ROWS.get()
