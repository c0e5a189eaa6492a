"""Words without which a text holds no finding: every pattern has an exponential or a logarithm in it.

Each spelling of one contains one of a few words. They are derived from the operations and the dialects, so that a
new dialect is let through.
"""

from __future__ import annotations

import re
from functools import cache

# Alternatives that all begin with one of few characters are skipped to many times as fast as others.
_SILENT = re.compile(
    rb"""\#[^\n]*|"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    rb"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL | re.VERBOSE,
)
_CALLED = (b"importorskip", b"import_module")


@cache
def _words() -> tuple[str, ...]:
    """The last names of all functions that compute an exponential or a logarithm."""
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
def words() -> re.Pattern[str]:
    """The words, in a text; Euler's number is `math.e`."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(_words())})(?!\w)|\.e(?!\w)")


@cache
def _searches() -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """For each stem the words that contain it, each found from its first letters on."""
    found = []
    stems = [w for w in _words() if not any(o in w for o in _words() if o != w)]
    for stem in stems:
        own = [w for w in _words() if stem in w]
        found += [(stem.encode(), re.compile(rf"{w}(?<![^\W_]{w})(?!\w)".encode())) for w in own]
    # Euler's number is `math.e`, or `e` where it was imported from its module.
    found += [
        (b".e", re.compile(rb"\.e(?!\w)")),
        (b"import", re.compile(rb"import[^\n]*\be\b|import\s*\([^)]*\be\b")),
    ]
    return tuple(found)


def could_match(data: bytes) -> bool:
    """Whether Python source of these bytes could hold a finding; wrong only in saying yes."""
    return could_hold(data) and could_hold(_SILENT.sub(_spoken, data))


def could_hold(data: bytes) -> bool:
    """The same of a file that is no Python source but holds some, such as a notebook."""
    return any(stem in data and pattern.search(data) for stem, pattern in _searches())


def _spoken(match: re.Match[bytes]) -> bytes:
    """What code a comment or string leaves: that of a format, and the name of a module that is imported by a call."""
    start, data = match.start(), match.string
    if data[start] == 35:
        return b""
    if data[max(0, start - 2) : start].lower().rstrip(b"r").endswith(b"f"):
        return match[0]
    before = data[max(0, start - 40) : start]
    return match[0] if before.rstrip(b" (\r\n\t").endswith(_CALLED) else b" "
