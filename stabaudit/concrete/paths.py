"""The way from a module down to one of its nodes: LibCST's nodes know what is in them, and not what they are in."""

from __future__ import annotations

import libcst as cst

from stabaudit.concrete.nodes import parts
from stabaudit.syntax.caching import cached_by_node

#: Nodes in which there are no others.
LEAVES = frozenset({cst.Name, cst.Integer, cst.Float, cst.SimpleString})


def path_to(root: cst.CSTNode, target: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes from `root` down to `target`; none if it is not inside."""
    above = _above(root)
    way = [target]
    while way[-1] is not root:
        outer = above.get(id(way[-1]))
        if outer is None:
            return []
        way.append(outer)
    return way[::-1]


# By their numbers, as LibCST's nodes take their time to be looked up themselves; none of them is gone before `root`.
@cached_by_node
def _above(root: cst.CSTNode) -> dict[int, cst.CSTNode]:
    """Of each node inside of `root` the one that it is part of."""
    above: dict[int, cst.CSTNode] = {}
    todo = [root]
    while todo:
        node = todo.pop()
        for child in parts(node):
            above[id(child)] = node
            if child.__class__ not in LEAVES:
                todo.append(child)
    return above
