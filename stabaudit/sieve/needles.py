"""Words without which a text holds no finding: every pattern has an exponential or a logarithm in it.

Each spelling of one contains one of a few words. They are derived from the operations and the dialects, so that a
new dialect is let through.
"""

from __future__ import annotations

import re
from functools import cache

#: Comments and strings; those of a format hold code.
_SILENT = re.compile(
    rb"""\#[^\n]*|([A-Za-z]{0,2})(?:"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    rb"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    re.DOTALL | re.VERBOSE,
)


@cache
def _pattern() -> str:
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
    # Euler's number is `math.e`.
    return rf"(?<![^\W_])(?:{'|'.join(sorted(found))})(?!\w)|\.e(?!\w)"


@cache
def words() -> re.Pattern[str]:
    """The words, in a text."""
    return re.compile(_pattern())


@cache
def _needles() -> re.Pattern[bytes]:
    # Euler's number is `e` where it was imported from its module.
    return re.compile(_pattern().encode() + rb"|import[^\n]*\be\b|import\s*\([^)]*\be\b")


def could_match(data: bytes) -> bool:
    """Whether a file of these bytes could hold a finding; wrong only in saying yes."""
    needles = _needles()
    if needles.search(data) is None:
        return False
    return needles.search(_SILENT.sub(_spoken, data)) is not None


def _spoken(match: re.Match[bytes]) -> bytes:
    """What code a comment or string leaves: that of a format, and the name of a module that is imported by a call."""
    text = match[0]
    if b"f" in (match[1] or b"").lower():
        return text
    before = match.string[max(0, match.start() - 40) : match.start()]
    return text if before.rstrip(b" (\r\n\t").endswith((b"importorskip", b"import_module")) else b" "
