"""Which rules hold beside those that hold by default, while a text is looked at.

Who asks for no more pays for no more: the words of a rule are looked for only where it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_MORE: ContextVar[frozenset[str]] = ContextVar("more rules", default=frozenset())


@contextmanager
def choosing(more: frozenset[str]) -> Iterator[None]:
    """Rules `more` hold as well."""
    token = _MORE.set(more)
    try:
        yield
    finally:
        _MORE.reset(token)


def chosen() -> frozenset[str]:
    """The names of the rules that hold beside those that do by default."""
    return _MORE.get()
