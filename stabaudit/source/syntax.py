"""What Python itself says of a text: its words and places are clearer than those of other parsers."""

from __future__ import annotations

from stabaudit.records import Record

#: What is said of expressions that no parser could read, or no reader walk through.
TOO_DEEP = "an expression is nested too deeply"


class Flaw(Record):
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
    except ValueError as error:
        return Flaw(str(error), 1, 1)
    except (RecursionError, MemoryError):
        return Flaw(TOO_DEEP, 1, 1)
    return None
