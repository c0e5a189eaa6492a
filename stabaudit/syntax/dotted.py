"""What a chain of names is called, and what a call calls."""

from __future__ import annotations

from stabaudit.source.dotted import LONGEST
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Node, below


def dotted(node: Node | None) -> str | None:
    """`a.b.c` as text; `None` for anything that is no chain of names, or a longer one than `LONGEST`."""
    names: list[str] = []
    while node.__class__ is Attribute:
        names.append(node.attr)
        if len(names) == LONGEST:
            return None
        node = node.value
    return ".".join([node.name, *reversed(names)]) if node.__class__ is Name else None


def last(node: Node) -> str:
    """The last name of a chain, be it of anything: `exp` of `np.exp`; nothing for what has none."""
    if isinstance(node, Attribute):
        return node.attr
    return node.name if isinstance(node, Name) else ""


def called(call: Call) -> str:
    """The last name of what is called: `sum` of `x.exp().sum()`; nothing for what has none."""
    return last(call.func)


def calls_in(code: Node) -> set[str]:
    """The last names of what is called in a piece of code."""
    return {called(node) for node in below(code) if isinstance(node, Call)}
