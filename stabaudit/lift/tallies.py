"""Names that count in a loop: `i += 1`, `seen[word] += 1`."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.lift import literals
from stabaudit.syntax.bindings import targets, telling_nodes
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import For
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Attribute, Binary, Call, Constant, Dict, Named, Subscript
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.statements import Annotated, Assign, Augment


@cached_by_node
def counters_in(body: Node) -> frozenset[str]:
    """The names that a piece of code changes by adding whole numbers alone."""
    every = [*_changes(body)]
    return frozenset(n for n, counts in every if counts) - {n for n, counts in every if not counts}


def _changes(body: Node) -> Iterator[tuple[str, bool]]:
    for node in telling_nodes(body):
        match node:
            case Augment():
                counts = node.operator == "+" and _is_count(node.value)
                yield from ((name, counts) for name in targets(node.target))
            case Assign():
                for target in node.targets:
                    for name in targets(target):
                        if not (_is_count(node.value) and dotted(target) is not None):
                            yield name, _adds_to(node.value, name) or _is_count(node.value)
            case Annotated(value=Expression()) | Named() | For():
                yield from ((name, False) for name in targets(node.target))


def _is_count(node: Expression | None) -> bool:
    """Whether it is a whole number that is written out."""
    return isinstance(node, Constant) and literals.integer(node) is not None


def _adds_to(node: Expression, name: str) -> bool:
    """Whether it is one more than what a name holds, or an element of it: `seen.get(word, 0) + 1`."""
    if not (isinstance(node, Binary) and node.operator == "+"):
        return False
    return any(_is_count(a) and _reads(b, name) for a, b in ((node.left, node.right), (node.right, node.left)))


def _reads(node: Expression, name: str) -> bool:
    if isinstance(node, Call) and called(node) == "get" and isinstance(node.func, Attribute):
        return dotted(node.func.value) == name
    return name == (dotted(node.value) if isinstance(node, Subscript) else dotted(node))


def is_empty_mapping(node: Expression | None) -> bool:
    """Whether it is a mapping of nothing yet, all of whose values are counts."""
    if isinstance(node, Dict):
        return not node.items
    return isinstance(node, Call) and dotted(node.func) == "dict" and not node.args
