"""Which names a piece of code reads."""

from __future__ import annotations

from collections.abc import Iterable

from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Constant, Loop, Name
from stabaudit.syntax.node import Node, parts
from stabaudit.syntax.parameters import Parameters

#: Nodes in which there are no others.
LEAVES = frozenset({Name, Constant})


def names_in(node: Node) -> set[str]:
    """The names an expression reads, dotted ones of attributes included."""
    kind = node.__class__
    if kind is Name:
        return {node.name}  # type: ignore[attr-defined]
    if kind is Constant:
        return set()
    if kind is Attribute:
        assert isinstance(node, Attribute)
        chain = dotted(node)
        return names_in(node.value) | ({chain} if chain else set())
    return set[str]().union(*[names_in(child) for child in parts(node)])


def first_names(nodes: Iterable[Node]) -> set[str]:
    """The names that some expressions read, of `np.exp` the `np`; nodes that are in several are looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    todo = [*nodes]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Name):
            found.add(node.name)
        else:
            todo += parts(node)
    return found


def parameters_of(parameters: Parameters) -> set[str]:
    """The names of all parameters."""
    return {parameter.name for parameter in parts(parameters)}


def loop_names(loops: Iterable[Loop]) -> set[str]:
    """The names that the loops of a comprehension bind."""
    return set[str]().union(*[names_in(loop.target) for loop in loops])
