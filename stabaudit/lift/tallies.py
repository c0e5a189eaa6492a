"""Names that count in a loop: `i += 1`, `seen[word] += 1`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stabaudit.lift import literals
from stabaudit.lift.names import called, dotted, targets, telling
from stabaudit.lift.nodes import cached_by_node


@cached_by_node
def counters_in(body: cst.CSTNode) -> frozenset[str]:
    """The names that a piece of code changes by adding whole numbers alone."""
    every = [*_changes(body)]
    return frozenset(n for n, counts in every if counts) - {n for n, counts in every if not counts}


def _changes(body: cst.CSTNode) -> Iterator[tuple[str, bool]]:
    for node in telling(body):
        match node:
            case cst.AugAssign():
                counts = isinstance(node.operator, cst.AddAssign) and _is_count(node.value)
                yield from ((name, counts) for name in targets(node.target))
            case cst.Assign():
                for target in node.targets:
                    for name in targets(target.target):
                        if not (_is_count(node.value) and dotted(target.target) is not None):
                            yield name, _adds_to(node.value, name) or _is_count(node.value)
            case cst.AnnAssign(value=cst.BaseExpression()) | cst.NamedExpr() | cst.For():
                yield from ((name, False) for name in targets(node.target))


def _is_count(node: cst.BaseExpression | None) -> bool:
    """Whether it is a whole number that is written out."""
    return isinstance(node, cst.Integer) and literals.integer(node) is not None


def _adds_to(node: cst.BaseExpression, name: str) -> bool:
    """Whether it is one more than what a name holds, or an element of it: `seen.get(word, 0) + 1`."""
    if not (isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add)):
        return False
    return any(_is_count(a) and _reads(b, name) for a, b in ((node.left, node.right), (node.right, node.left)))


def _reads(node: cst.BaseExpression, name: str) -> bool:
    if isinstance(node, cst.Call) and called(node) == "get" and isinstance(node.func, cst.Attribute):
        return dotted(node.func.value) == name
    return name == (dotted(node.value) if isinstance(node, cst.Subscript) else dotted(node))


def is_empty_mapping(node: cst.BaseExpression | None) -> bool:
    """Whether it is a mapping of nothing yet, all of whose values are counts."""
    if isinstance(node, cst.Dict):
        return not node.elements
    return isinstance(node, cst.Call) and dotted(node.func) == "dict" and not node.args
