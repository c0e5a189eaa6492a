"""A piece of source, and how tightly Python's operators bind."""

from __future__ import annotations

from stabaudit.records import Record

#: Binding strength of Python's operators, loosest first.
LOOSE, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)


class Text(Record):
    """A piece of source on one line and how tightly its outermost operator binds."""

    source: str
    strength: int

    def within(self, strength: int) -> str:
        """The source as an operand of an operator of that strength."""
        return self.source if self.strength >= strength else f"({self.source})"
