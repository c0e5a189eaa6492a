"""What Python itself says of a text: its words and places are clearer than those of other parsers."""

from __future__ import annotations

from typing import NamedTuple


class Flaw(NamedTuple):
    """Why and where a text is not Python."""

    message: str
    row: int
    column: int


def flaw(text: str) -> Flaw | None:
    """The first thing that keeps this Python from parsing `text`."""
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            # What the parser says of old escapes is not ours to report.
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return Flaw(error.msg, error.lineno or 1, max(error.offset or 1, 1))
    except (ValueError, RecursionError, MemoryError) as error:
        return Flaw(str(error) or "it is nested too deeply", 1, 1)
    return None
