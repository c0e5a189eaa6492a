"""Where nodes stand in their text, and which nodes hold a place."""

from __future__ import annotations

from stabaudit.records import Record
from stabaudit.syntax.compound import DEFINITIONS
from stabaudit.syntax.node import Node, parts
from stabaudit.syntax.statements import Block

#: A row, and a column in bytes, as Python's parser counts them.
Spot = tuple[int, int]


class Span(Record):
    """A piece of a text."""

    first: Spot
    last: Spot

    def holds(self, spot: Spot) -> bool:
        """Whether a place is inside."""
        return self.first <= spot <= self.last

    def encloses(self, other: Span) -> bool:
        """Whether all of another piece is inside."""
        return self.first <= other.first and other.last <= self.last


def start(node: Node) -> Spot:
    """Where a node begins; a function or class begins behind its decorators."""
    return node.place.lineno, node.place.col_offset


def end(node: Node) -> Spot:
    """Where a node ends, which is when its value is there."""
    return node.place.end_lineno, node.place.end_col_offset


def span(node: Node) -> Span:
    """From where to where a node stands."""
    return Span(start(node), end(node))


def first_row(node: Node) -> int:
    """The row on which a statement begins, its decorators included."""
    decorators = node.decorators if isinstance(node, DEFINITIONS) else ()
    return min(start(one)[0] for one in (node, *decorators))


def nodes_around(root: Node, place: Span) -> list[Node]:
    """The nodes below `root` that hold a place, the outermost first; blocks, and what has no place, are left out."""
    found: list[Node] = []
    todo = parts(root)
    while todo:
        node = todo.pop()
        if node.place is None or isinstance(node, Block):
            todo += parts(node)
        elif span(node).encloses(place):
            found.append(node)
            todo = parts(node)
        elif isinstance(node, DEFINITIONS):
            # Decorators stand above what they decorate.
            todo += node.decorators
    return found
