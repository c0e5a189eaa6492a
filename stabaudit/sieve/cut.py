"""A text cut into its functions and what stands outside of them, line by line, without being parsed.

Comments and strings are gone already, so that each line that begins with `def` begins a function. Where a function
ends is told from how far its lines are indented; a cut in the midst of a statement leaves pieces that no parser reads,
and then the text is taken whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_STARTS = re.compile(rb"^([ \t\f]*)(?:(@)|(?:async[ \t]+)?def[ \t]+([^\s(\[:]+)|class[ \t])", re.MULTILINE)


class Block(NamedTuple):
    """A function that stands in no other: where its code begins and ends, how far it is indented, what it is called."""

    start: int
    end: int
    indent: bytes
    name: str


def functions(code: bytes) -> list[Block]:
    """The functions of a module, methods and those in blocks included, in order, decorators with them."""
    found: list[Block] = []
    end, decorated = 0, None
    for match in _STARTS.finditer(code):
        start = match.start()
        if start < end:
            # It stands in the function before.
            continue
        indent, decorator, name = match.groups()
        if decorator:
            decorated = start if decorated is None else decorated
        elif name is None:
            decorated = None
        else:
            end = _end(code, match.end(), indent)
            found.append(Block(start if decorated is None else decorated, end, indent, name.decode("utf-8", "replace")))
            decorated = None
    return found


def _end(code: bytes, start: int, indent: bytes) -> int:
    """Where the lines of a function end: before the next that is indented no further and closes no bracket."""
    line = code.find(b"\n", start) + 1
    found = _outwards(indent.replace(b"\f", b"")).search(code, line) if line else None
    return found.start() if found else len(code)


@cache
def _outwards(indent: bytes) -> re.Pattern[bytes]:
    ways = rb"\t{0,%d}" % indent.count(b"\t") if b"\t" in indent else rb" {0,%d}" % len(indent)
    return re.compile(rb"^" + ways + rb"[^\s)\]}]", re.MULTILINE)
