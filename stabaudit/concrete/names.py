"""Names in code as LibCST has it: chains of names are read here, all else is asked of the syntax tree."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from stabaudit.concrete.nodes import parts
from stabaudit.source.dotted import LONGEST
from stabaudit.syntax import bindings, reads
from stabaudit.syntax.from_libcst import lowered


def dotted(node: cst.CSTNode) -> str | None:
    """`a.b.c` as text; `None` for anything that is no chain of names, or a longer one than `LONGEST`."""
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        if len(names) == LONGEST:
            return None
        node = node.value
    return ".".join([node.value, *reversed(names)]) if isinstance(node, cst.Name) else None


def called(call: cst.Call) -> str:
    """The last name of what is called: `sum` of `x.exp().sum()`; nothing for what has none."""
    function = call.func
    if isinstance(function, cst.Attribute):
        return function.attr.value
    return function.value if isinstance(function, cst.Name) else ""


def names_in(node: cst.CSTNode) -> set[str]:
    """The names an expression reads, dotted ones of attributes included."""
    return reads.names_in(lowered(node))


def first_names(nodes: Iterable[cst.CSTNode]) -> set[str]:
    """The names that some expressions read, of `np.exp` the `np`; nodes that are in several are looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    todo = [*nodes]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, cst.Name):
            found.add(node.value)
        else:
            todo += [node.value] if isinstance(node, (cst.Attribute, cst.Arg)) else parts(node)
    return found


def bound_names(node: cst.CSTNode) -> set[str]:
    """The names that are given a value, or may be changed in place, anywhere in a piece of code."""
    return bindings.bound_names(lowered(node))


def targets(node: cst.BaseExpression) -> set[str]:
    """The names an assignment to `node` gives a value to or changes."""
    return bindings.targets(lowered(node))


def imported(node: cst.Import | cst.ImportFrom) -> list[tuple[str, str]]:
    """The names an import binds, each with its dotted path."""
    return bindings.imported(lowered(node))


def small_statements(node: cst.CSTNode) -> Iterable[cst.BaseSmallStatement]:
    """The simple statements in a compound one, those of functions and classes left out."""
    for child in parts(node):
        if isinstance(child, cst.BaseSmallStatement):
            yield child
        elif not isinstance(child, (cst.FunctionDef, cst.ClassDef)):
            yield from small_statements(child)
