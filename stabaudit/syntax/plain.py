"""Whether a function could be a formula of its parameters, by how it is written."""

from __future__ import annotations

from stabaudit.dialects.copies import HARMLESS_DECORATORS, PROPERTIES
from stabaudit.syntax.bindings import CLOSED
from stabaudit.syntax.compound import For, Function, Try, While
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Await, Call, Yield
from stabaudit.syntax.node import Node, parts
from stabaudit.syntax.reads import LEAVES
from stabaudit.syntax.statements import Return


def is_plain(node: Function) -> bool:
    """Whether the function could be a formula: no decorator that changes it, no `*args`, no way out of a loop."""
    p = node.parameters
    simple = not (node.asynchronous or p.stars or p.star)
    return simple and _decorators(node) <= HARMLESS_DECORATORS and not _leaves_a_loop(node.body)


def is_property(node: Function) -> bool:
    """Whether a method is called where its name is read."""
    return bool(node.decorators) and not PROPERTIES.isdisjoint(_decorators(node))


def _decorators(node: Function) -> set[str]:
    """The last names of what decorates a function."""
    functions = (d.func if isinstance(d, Call) else d for d in node.decorators)
    return {(dotted(function) or "").rpartition(".")[2] for function in functions}


def _leaves_a_loop(node: Node, *, inside: bool = False) -> bool:
    kind = type(node)
    if kind in (Yield, Await) or (inside and kind is Return):
        return True
    if kind in CLOSED:
        return False
    inside = inside or kind in (For, While, Try)
    return any(_leaves_a_loop(child, inside=inside) for child in parts(node) if type(child) not in LEAVES)
