"""Names that a piece of code uses as an array module."""

from __future__ import annotations

from stabaudit.dialects.arrays import OF_MODULES
from stabaudit.syntax.bindings import telling_nodes
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Call
from stabaudit.syntax.node import Node


def told_modules(node: Node) -> set[str]:
    """What a piece of code calls as an array module, as in `nx.exp(x)`, be it a parameter or what a call gives."""
    found: set[str] = set()
    for call in telling_nodes(node):
        if isinstance(call, Call) and isinstance(call.func, Attribute) and call.args:
            owner = dotted(call.func.value) if call.func.attr in OF_MODULES else None
            if owner is not None and owner not in ("self", "cls"):
                found.add(owner)
    return found
