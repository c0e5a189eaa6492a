"""Words without which a text holds no finding: every pattern has an exponential or a logarithm in it.

Each spelling of one contains one of a few words. They are derived from the operations and the dialects, so that a
new dialect is let through.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stabaudit.compiled import compiled

# Alternatives that all begin with one of few characters are skipped to many times as fast as others, and what runs on
# to the next of few characters ten times as fast as what is looked at one by one.
_SILENT = (
    rb"""\#[^\n]*"""
    rb"""|"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3}|'{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'{3}"""
    rb"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"""
)
_CALLED = (b"importorskip", b"import_module")


@cache
def _words() -> tuple[str, ...]:
    """The last names of all functions that compute an exponential or a logarithm."""
    # A file without them pays for no dialect.
    return compiled("words", _named)


def _named() -> tuple[str, ...]:
    from stabaudit.dialects import dialects
    from stabaudit.ops import TABLE, expand
    from stabaudit.terms import Lit, Var

    telling = {"exp", "log"}
    found = set()
    for dialect in dialects():
        for spellings in (dialect.functions, dialect.methods):
            for path, spelling in spellings.items():
                row = TABLE[spelling.op]
                term = row(*(Var(n) for n in row.operands), **dict.fromkeys(row.settings, Lit(None)))
                if not telling.isdisjoint(expand(term).ops):
                    found.add(path.rpartition(".")[2])
    return tuple(sorted(found))


@cache
def searches() -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """For each stem the ways in which a word goes on behind it; what stands before it is not looked at."""
    found = []
    stems = [w for w in _words() if not any(o in w for o in _words() if o != w)]
    for stem in stems:
        ends = sorted({w.partition(stem)[2] for w in _words() if stem in w})
        found.append((stem.encode(), re.compile(rf"{stem}(?:{'|'.join(ends)})(?!\w)".encode())))
    # Euler's number is `math.e`, or `e` where it was imported from its module.
    found += [
        (b".e", re.compile(rb"\.e(?!\w)")),
        (b"import", re.compile(rb"import[^\n]*\be\b|import\s*\([^)]*\be\b")),
    ]
    return tuple(found)


def could_match(data: bytes) -> bool:
    """Whether Python source of these bytes could hold a finding; wrong only in saying yes."""
    return could_hold(data) and could_hold(code(data))


def could_hold(data: bytes) -> bool:
    """The same of a file that is no Python source but holds some, such as a notebook."""
    return any(stem in data and pattern.search(data) for stem, pattern in searches())


# Asked twice of each text: before the analysis is imported, and by it.
@lru_cache(maxsize=1)
def code(data: bytes) -> bytes:
    """Python source line by line without comments and without what its strings say; lines end with a line feed."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Compiled when the first text is looked at, not for a run in which all are known.
    return re.sub(_SILENT, _spoken, data, flags=re.DOTALL | re.VERBOSE)


def _spoken(match: re.Match[bytes]) -> bytes:
    """What code a comment or string leaves: that of a format, and the name of a module that is imported by a call."""
    said = match[0]
    if said[0] == 35:
        return b""
    start, data = match.start(), match.string
    left = b'""'
    before = data[max(0, start - 2) : start].lower()
    if before.endswith((b"f", b"fr")) or (
        before.endswith(b"(") and data[max(0, start - 40) : start].rstrip(b" (\r\n\t").endswith(_CALLED)
    ):
        left = said.replace(b"\n", b" ")
    feeds = said.count(b"\n")
    # What stands behind a string of several lines begins no line of code.
    return left + b"\n" * feeds + b"\v" if feeds else left
