"""Where answers to questions about formulas are kept from one run to the next, if they are."""

from __future__ import annotations

from typing import Protocol


class VerdictCache(Protocol):
    """Answers by their questions, both as text."""

    def find(self, question: str) -> str | None:
        """The answer that was kept."""

    def keep(self, question: str, answer: str) -> None:
        """Keep an answer."""


_current: VerdictCache | None = None


def set_cache(cache: VerdictCache | None) -> None:
    """From now on answers are kept there; `None`: nowhere."""
    global _current
    _current = cache


def current() -> VerdictCache | None:
    """Where answers are kept."""
    return _current
