"""The parts of a LibCST node that say something, without white space, punctuation and parentheses.

LibCST's own `children` visits every token and takes most of a run's time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

#: Fields that hold layout alone.
LAYOUT = frozenset(
    {"lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "colon", "dot", "equal", "star",
     "leading_lines", "lines_after_decorators", "empty_lines", "header", "footer", "indent", "trailing_whitespace",
     "newline", "first_line", "second_line", "third_line", "posonly_ind", "asynchronous"}
)  # fmt: skip


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in LAYOUT and not f.name.startswith("whitespace"))


def parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly inside `node`, in the order of the source."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, cst.CSTNode):
                    yield item
