"""The way from a module down to one of its nodes: LibCST's nodes know what is in them, and not what they are in."""

from __future__ import annotations

import libcst as cst

from stabaudit.lift.nodes import once, parts


def path_to(root: cst.CSTNode, target: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes from `root` down to `target`; none if it is not inside."""
    above = _above(root)
    way = [target]
    while way[-1] is not root:
        if way[-1] not in above:
            return []
        way.append(above[way[-1]])
    return way[::-1]


@once
def _above(root: cst.CSTNode) -> dict[cst.CSTNode, cst.CSTNode]:
    """Of each node inside of `root` the one that it is part of."""
    above: dict[cst.CSTNode, cst.CSTNode] = {}
    todo = [root]
    while todo:
        node = todo.pop()
        inside = parts(node)
        for child in inside:
            above[child] = node
        todo += inside
    return above
