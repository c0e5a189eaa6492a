"""The rules by name."""

from __future__ import annotations


def names() -> list[str]:
    """The names of all rules, sorted."""
    return []
