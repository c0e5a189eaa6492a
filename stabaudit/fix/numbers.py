"""Numbers of a rewrite as text."""

from __future__ import annotations

from fractions import Fraction

from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.fix.text import ATOM, PRODUCT, SIGN, Text


def negative(text: Text) -> Text:
    """The text with a sign before it, or without the one that it has."""
    if text.strength >= PRODUCT and text.source.startswith("-"):
        return text._replace(source=text.source.removeprefix("-"))
    # The sign of a product may stand before its first factor: no float differs.
    return Text(f"-{text.within(PRODUCT)}", min(SIGN, text.strength) if text.strength >= PRODUCT else SIGN)


def nearest(value: Fraction) -> float:
    """The nearest float; raises `NotRenderable` if none is large enough."""
    try:
        return float(value)
    except OverflowError:
        raise NotRenderable("a number in it is larger than any float") from None


def number(value: Fraction) -> Text:
    """A number as it would be written, a fraction where no decimal is exact."""
    decimal = nearest(value)
    if value.denominator == 1:
        return Text(str(value), ATOM if value >= 0 else SIGN)
    if Fraction(repr(decimal)) == value:
        return Text(repr(decimal), ATOM if value >= 0 else SIGN)
    return Text(f"{value.numerator} / {value.denominator}", PRODUCT)
