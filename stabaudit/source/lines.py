"""Lines as Python and LibCST count them: ended by LF, CRLF or CR and by nothing else.

`str.splitlines` would also split at form feeds and Unicode separators
and so move every later row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

_END = re.compile(r"\r\n|\r|\n")


# Asked for each finding of a text, one after the other.
@lru_cache(maxsize=1)
def starts(text: str) -> Sequence[int]:
    """The offset at which each line begins; a text that ends a line has an empty last one."""
    if "\r" not in text:
        return (0, *accumulate([len(line) + 1 for line in text.split("\n")[:-1]]))
    return (0, *(match.end() for match in _END.finditer(text)))


def lines(text: str) -> list[str]:
    """The lines of `text` with their ends; none is lost, so joining them gives `text`."""
    first = starts(text)
    return [text[a:b] for a, b in zip(first, [*first[1:], len(text)], strict=True)]


def bare(text: str, most: int = -1) -> list[str]:
    """The lines of `text` without their ends; of more than `most` what comes behind those is left in one piece."""
    return _END.split(text, max(most, 0)) if "\r" in text else text.split("\n", most)


def newline(text: str) -> str:
    """The line end that `text` uses most; LF where it has none."""
    ends = _END.findall(text)
    return max(("\n", "\r\n", "\r"), key=ends.count)
