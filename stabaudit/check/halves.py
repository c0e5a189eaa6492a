"""Which values the code says to be in half precision: `x.half()`, `x.to(torch.float16)`, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Call, Name
from stabaudit.syntax.node import Node, below, parts
from stabaudit.syntax.statements import Assign, Module
from stabaudit.syntax.ways import path_to

#: Types of half precision with the range of float16, and methods that convert to it.
HALF = frozenset({"half", "float16"})
#: Types and methods that widen again.
WIDER = frozenset({"float", "double", "float32", "float64", "bfloat16"})


def is_half(tree: Module, node: Node) -> bool:
    """Whether an expression is made of what the function around it has put into half precision."""
    around: Node = next((one for one in reversed(path_to(tree, node)) if isinstance(one, Function)), tree)
    return _is_made_of(node, _halves(around, node))


def widens(node: object) -> bool:
    """Whether it is a call that gives a wider type: `x.float()`, `x.sum(dtype=torch.float32)`."""
    return isinstance(node, Call) and _converts(node, WIDER)


def _halves(around: Node, until: Node) -> frozenset[str]:
    """The names that hold such values where an expression stands."""
    found: set[str] = set()
    for statement in _assignments(around):
        if any(part is until for part in below(statement)):
            break
        names = {target.name for target in statement.targets if isinstance(target, Name)}
        found = found | names if _is_made_of(statement.value, frozenset(found)) else found - names
    return frozenset(found)


def _assignments(around: Node) -> Iterator[Assign]:
    """The assignments in a function or a module from top to bottom."""
    todo = [around]
    while todo:
        node = todo.pop()
        if isinstance(node, Assign):
            yield node
        else:
            todo += reversed([*parts(node)])


def _is_made_of(node: Node, names: frozenset[str]) -> bool:
    parts = [*below(node)]
    if any(_converts(part, WIDER) for part in parts):
        return False
    return any(_converts(part, HALF) or (isinstance(part, Name) and part.name in names) for part in parts)


def _converts(node: Node, kinds: frozenset[str]) -> bool:
    """Whether it is a call that gives one of these types."""
    if not isinstance(node, Call):
        return False
    said = {(dotted(argument.value) or "").rpartition(".")[2] for argument in node.args}
    return called(node) in kinds or not said.isdisjoint(kinds)
