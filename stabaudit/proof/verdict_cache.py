"""Where verdicts are kept from one run to the next, if they are.

A formula that has been judged before needs neither NumPy nor mpmath, which take longer to import than it to be judged.
"""

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
    """From now on verdicts are kept there; `None`: nowhere."""
    global _current
    _current = cache


def current() -> VerdictCache | None:
    """Where verdicts are kept."""
    return _current
