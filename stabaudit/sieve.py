"""Which files could hold a finding at all, decided on their bytes.

Every pattern has an exponential or a logarithm in it, and each spelling of one contains one of a few
words. The words are derived from the operations and the dialects, so that a new dialect is let through.
"""

from __future__ import annotations

import re
from functools import cache


@cache
def _needles() -> re.Pattern[bytes]:
    from stabaudit.dialects import dialects
    from stabaudit.ops import TABLE, expand
    from stabaudit.terms import Lit, Var

    telling = {"exp", "log"}
    words = set()
    for dialect in dialects():
        for spellings in (dialect.functions, dialect.methods):
            for path, spelling in spellings.items():
                row = TABLE[spelling.op]
                term = row(*(Var(n) for n in row.operands), **dict.fromkeys(row.settings, Lit(None)))
                if not telling.isdisjoint(expand(term).ops):
                    words.add(path.rpartition(".")[2])
    names = b"|".join(sorted(w.encode() for w in words))
    # Euler's number is `math.e`, or `e` where it was imported from its module.
    return re.compile(rb"(?<![^\W_])(?:" + names + rb")(?!\w)|\.e(?!\w)|import[^\n]*\be\b|import\s*\([^)]*\be\b")


def could_match(data: bytes) -> bool:
    """Whether a file of these bytes could hold a finding; wrong only in saying yes."""
    return _needles().search(data) is not None
