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
#: Calls, subscripts and attributes of one value. LibCST takes the square of their number: 2 s for so many.
LINKS = 800
#: What takes all that follows as its operand: signs, powers, `not`, `else`, `lambda`. For so many within each other
#: LibCST takes half a gigabyte, and four times as much for twice as many.
PREFIXES = 1_500


@cache
def _tokens() -> re.Pattern[bytes]:
    # Compiled when the first text is parsed.
    words = rb"and|or|not|if|else|elif|for|in|is|lambda|await|yield|from"
    signs = rb"[-+~](?:[^\S\n]*[-+~])+|\*\*"
    return re.compile(rb'[(\[{]|[)\]}]|[,;.]|\\?\n|%s|[-+*/%%@|&^~<>]|""|\b(?:%s)\b' % (signs, words))


class _Part:
    """What stands between two commas within a bracket, as far as it was read."""

    __slots__ = ("inner", "links", "operators", "others", "prefixes")

    def __init__(self) -> None:
        #: Operators so far, calls and the like of the operand at hand, the depth of the deepest operand, and that of
        #: the parts before this one.
        self.operators = self.links = self.inner = self.others = self.prefixes = 0

    def depth(self) -> int:
        """How deep all of it can be: each operator may be nested in the next one."""
        return max(self.others, self.operators + max(self.inner, self.links))

    def operator(self, many: int = 1) -> None:
        self.inner = max(self.inner, self.links)
        self.links = 0
        self.operators += many

    def prefix(self, many: int = 1) -> None:
        self.operator(many)
        self.prefixes += many

    def bracket(self, depth: int) -> None:
        # What is called or subscripted is nested in that.
        self.links += 1
        self.inner = max(self.inner, self.links + depth)

    def comma(self) -> None:
        self.others = self.depth()
        self.operators = self.links = self.inner = self.prefixes = 0


def nesting(code: bytes) -> tuple[int, int]:
    """How deep the expression is that could be the deepest in code without comments and strings, and its row.

    It may be less, but never more: `a + b * c` counts as two operators within each other.
    """
    deepest = place = branches = above = 0
    part, outer = _Part(), list[_Part]()
    for token in _tokens().finditer(code):
        match token[0]:
            case b"(" | b"[" | b"{":
                outer.append(part)
                above += part.operators + 1
                part = _Part()
            case b")" | b"]" | b"}":
                depth = part.depth()
                part = outer.pop() if outer else _Part()
                above -= part.operators + 1 if above else 0
                part.bracket(depth)
            case b"," | b";" | b"\n" if outer:
                if token[0] != b"\n":
                    part.comma()
            case b"," | b";" | b"\n":
                part = _Part()
            case b"elif":
                # Each is nested in the one before it.
                branches += 1
            case b".":
                part.links += 1
            case b"not" | b"else" | b"lambda":
                part.prefix()
            case operator if len(operator) > 1 and operator[:1] in b"-+~*":
                part.prefix(len(operator))
            case _:
                part.operator()
        too_deep = len(outer) > BRACKETS or part.links > LINKS or part.prefixes > PREFIXES
        now = max(above + part.depth(), branches, DEEPEST + 1 if too_deep else 0)
        if now > deepest:
            deepest, place = now, token.start()
    return deepest, code.count(b"\n", 0, place) + 1
