"""The way from a module down to one of its nodes: LibCST's nodes know what is in them, and not what they are in."""

from __future__ import annotations

import libcst as cst

from stabaudit.concrete.nodes import parts
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.ways import climbed, owners

#: Nodes in which there are no others.
LEAVES = frozenset({cst.Name, cst.Integer, cst.Float, cst.SimpleString})


def path_to(root: cst.CSTNode, target: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes from `root` down to `target`; none if it is not inside."""
    return climbed(_above(root), root, target)


# None of the nodes is gone before `root`.
@cached_by_node
def _above(root: cst.CSTNode) -> dict[int, cst.CSTNode]:
    return owners(root, lambda node: () if node.__class__ in LEAVES else parts(node))
