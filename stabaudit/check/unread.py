"""A name that only a formula read which is not there any more: what it is given overflows for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stabaudit.check.detection import Detection
from stabaudit.fix.aliases import is_alias
from stabaudit.syntax.compound import Function
from stabaudit.syntax.expressions import Name
from stabaudit.syntax.node import Node, parts
from stabaudit.syntax.statements import Assign, Augment, Module
from stabaudit.syntax.ways import path_to
from stabaudit.terms import Term, applications
from stabaudit.terms.ops import expand


def unread(hit: Detection, was: Term, piece: Function | Module, tree: Module) -> str | None:
    """The first name of an exponential in the formula `was` of a hit that a function reads no more.

    `piece` is the function without that formula, `tree` that in which it was found; a name that is given its value
    in another block may serve other branches.

    A name that gets its next value from itself is not read by that, and one of a module may be read from outside.
    """
    if isinstance(piece, Module):
        return None
    blocks = (n.origin for n in reversed(path_to(tree, hit.syntax)) if isinstance(n.origin, cst.IndentedBlock))
    inner = next(blocks, None)
    block = [] if inner is None else [line for line in inner.body if isinstance(line, cst.SimpleStatementLine)]
    for part in applications(was):
        name = part.node.name if isinstance(part.node, Name) and is_alias(part) else None
        if name is not None and "exp" in expand(part).ops and not any(True for _ in _readers(piece, name)):
            return name if any(_is_given(line, name) for line in block) else None
    return None


def _readers(node: Node, name: str) -> Iterator[Node]:
    """Where a name is read for something else than itself."""
    match node:
        case Name(name=found):
            if found == name:
                yield node
            return
        case Assign(targets=[Name(name=target)], value=value) | Augment(target=Name(name=target), value=value):
            if target != name:
                yield from _readers(value, name)
            return
    for child in parts(node):
        yield from _readers(child, name)


def _is_given(line: cst.SimpleStatementLine, name: str) -> bool:
    """Whether a line gives the name a value that an exponential may be.

    A line with a comment is its author's to remove, as elsewhere.
    """
    if line.trailing_whitespace.comment is not None or any(empty.comment for empty in line.leading_lines):
        return False
    for small in line.body:
        match small:
            case cst.Assign(targets=targets, value=cst.Call() | cst.BinaryOperation() | cst.UnaryOperation()):
                if any(isinstance(t.target, cst.Name) and t.target.value == name for t in targets):
                    return True
    return False
