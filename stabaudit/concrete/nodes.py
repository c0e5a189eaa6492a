"""The parts of a LibCST node that say something, without white space, punctuation and parentheses.

LibCST's own `children` visits every token and takes most of a run's time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

#: Fields that hold layout alone.
LAYOUT = frozenset(
    {"lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "colon", "dot", "equal", "star",
     "leading_lines", "lines_after_decorators", "empty_lines", "header", "footer", "indent", "trailing_whitespace",
     "newline", "first_line", "second_line", "third_line", "posonly_ind", "asynchronous"}
)  # fmt: skip
#: Types that hold no node in any other field: names, numbers, operators.
LEAVES = frozenset(
    {cst.Name, cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.Ellipsis, cst.Pass, cst.Break, cst.Continue}
)


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    if kind in LEAVES:
        return ()
    return tuple(f.name for f in fields(kind) if f.name not in LAYOUT and not f.name.startswith("whitespace"))


# LibCST's nodes are of an abstract class: asking each value takes four times as long as asking its type once.
@cache
def _is_node(kind: Hashable) -> bool:
    return isinstance(kind, type) and issubclass(kind, cst.CSTNode)


def parts(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes directly inside `node`, in the order of the source."""
    found: list[cst.CSTNode] = []
    for name in _fields(node.__class__):
        value = getattr(node, name)
        kind = value.__class__
        if kind is tuple or kind is list:
            found += [item for item in value if _is_node(item.__class__)]
        elif _is_node(kind):
            found.append(value)
    return found


def below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all nodes in it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += parts(one)
