"""A name that only a formula read which is not there any more: what it is given overflows for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stabaudit.fix.own import is_alias
from stabaudit.lift.nodes import parts
from stabaudit.ops import expand
from stabaudit.terms import Term, applications


def unread(was: Term, piece: cst.CSTNode) -> str | None:
    """The first name of an exponential in the formula `was` that a function, without that formula, reads no more.

    A name that gets its next value from itself is not read by that, and one of a module may be read from outside.
    """
    if isinstance(piece, cst.Module):
        return None
    for part in applications(was):
        name = part.origin.value if isinstance(part.origin, cst.Name) and is_alias(part) else None
        if name is not None and "exp" in expand(part).ops and not any(True for _ in _readers(piece, name)):
            return name if _is_given(piece, name) else None
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


def _is_given(node: cst.CSTNode, name: str) -> bool:
    """Whether the name is given a value in the function."""
    match node:
        case cst.AssignTarget(target=cst.Name(value=target)) | cst.AugAssign(target=cst.Name(value=target)):
            if target == name:
                return True
    return any(_is_given(child, name) for child in parts(node))
