"""JSON that someone else wrote, read where what it makes is not far larger than its text."""

from __future__ import annotations

import json
import re
from typing import Any

#: The most lists and objects in a text: each takes up to 300 bytes, of which the text shows two.
CONTAINERS = 1_000_000
#: The most commas between values, which are smaller.
COMMAS = 10_000_000

# The end of a string may be lacking, so that it is looked for once.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{,]', re.DOTALL)


def loads(text: str) -> Any:
    """The value of a text; raises `json.JSONDecodeError` for what is no JSON, `ValueError` for what is too much."""
    if not _is_small(text, _counts(text)) and not _is_small(text, _counted(text)):
        raise ValueError("it has too many values")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError:
        raise ValueError("it has a number of too many digits") from None


def _is_small(text: str, counts: tuple[int, int]) -> bool:
    return counts[0] <= CONTAINERS and counts[1] <= COMMAS


def _counts(text: str) -> tuple[int, int]:
    """How many lists and objects, and how many commas there are at most: those in strings are counted as well."""
    return text.count("[") + text.count("{"), text.count(",")


def _counted(text: str) -> tuple[int, int]:
    """The same without those in strings, as far as it matters."""
    containers = commas = strings = 0
    for token in _TOKEN.finditer(text):
        match text[token.start()]:
            case ",":
                commas += 1
            case '"':
                strings += 1
            case _:
                containers += 1
        if containers > CONTAINERS or commas > COMMAS or strings > 2 * COMMAS:
            break
    return containers, max(commas, strings // 2)
