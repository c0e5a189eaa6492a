"""A name that only a formula read which is not there any more: what it is given overflows for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stabaudit.fix.own import is_alias
from stabaudit.lift.nodes import parts
from stabaudit.lift.paths import path_to
from stabaudit.terms import Term, applications
from stabaudit.terms.ops import expand


def unread(was: Term, piece: cst.CSTNode, expression: cst.CSTNode) -> str | None:
    """The first name of an exponential in the formula `was` that a function, without that formula, reads no more.

    In the function stands `expression` in place of the formula; a name that is given its value in another block may
    serve other branches.

    A name that gets its next value from itself is not read by that, and one of a module may be read from outside.
    """
    if isinstance(piece, cst.Module):
        return None
    blocks = (n for n in reversed(path_to(piece, expression)) if isinstance(n, cst.IndentedBlock))
    inner = next(blocks, None)
    block = [] if inner is None else [line for line in inner.body if isinstance(line, cst.SimpleStatementLine)]
    for part in applications(was):
        name = part.origin.value if isinstance(part.origin, cst.Name) and is_alias(part) else None
        if name is not None and "exp" in expand(part).ops and not any(True for _ in _readers(piece, name)):
            return name if any(_is_given(line, name) for line in block) else None
    return None


def _readers(node: cst.CSTNode, name: str) -> Iterator[cst.CSTNode]:
    """Where a name is read for something else than itself."""
    match node:
        case cst.Name(value=found):
            if found == name:
                yield node
            return
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=target))], value=value):
            if target != name:
                yield from _readers(value, name)
            return
        case cst.AugAssign(target=cst.Name(value=target), value=value):
            if target != name:
                yield from _readers(value, name)
            return
        case cst.Attribute(value=value):
            yield from _readers(value, name)
            return
        case cst.Arg(value=value):
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
