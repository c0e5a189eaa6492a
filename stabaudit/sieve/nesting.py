"""How deeply the expressions of a text are nested, told from its code before any parser has seen it.

LibCST makes each operator of a chain, each call and each bracket a call of its own, in native code that has no limit:
on a stack of 8 MB 7,500 terms crash it. Python's parser counts brackets alone, and stops at the first mistake.
"""

from __future__ import annotations

import re
from functools import cache

#: A deeper text is not parsed, and one deeper than the second needs more room than the stack has everywhere.
DEEPEST, DEEP = 5_000, 500
#: So many brackets within each other are the most that Python reads.
BRACKETS = 200


@cache
def _tokens() -> re.Pattern[bytes]:
    # Compiled when the first text is parsed.
    words = rb"and|or|not|if|else|elif|for|in|is|lambda|await|yield|from"
    return re.compile(rb'[(\[{]|[)\]}]|[,;]|\\?\n|[-+*/%%@|&^~<>.]|""|\b(?:%s)\b' % words)


def nesting(code: bytes) -> tuple[int, int]:
    """How deep the expression is that could be the deepest in code without comments and strings, and its row.

    What stands between two commas counts as nested, so that it may be less, but never more.
    """
    depth = deepest = place = chain = 0
    outer: list[int] = []
    for token in _tokens().finditer(code):
        match token[0]:
            case b"(" | b"[" | b"{":
                outer.append(depth)
                depth += 1
            case b")" | b"]" | b"}":
                # What is called or subscripted is nested in that.
                depth = outer.pop() + 1 if outer else 0
            case b"," | b";" | b"\n":
                if not outer:
                    depth = 0
                elif token[0] != b"\n":
                    depth = outer[-1] + 1
            case b"elif":
                # Each is nested in the one before it.
                chain += 1
            case _:
                depth += 1
        if (now := max(depth, chain, DEEPEST + 1 if len(outer) > BRACKETS else 0)) > deepest:
            deepest, place = now, token.start()
    return deepest, code.count(b"\n", 0, place) + 1
