"""Where the exponentials of a formula are taken, if that is not in the expression that is at fault."""

from __future__ import annotations

from stabaudit.check.detection import Detection
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.terms import applications

EXPONENTIAL = "the exponential is taken here"
GROWING = frozenset({"exp", "exp2", "expm1"})


def exponentials_elsewhere(hit: Detection, foreign: frozenset[int]) -> list[Node]:
    """The calls, outside of the expression of `hit` and in no other file, that take its exponentials."""
    steps = (part for part in applications(hit.candidate.written) if part.op in GROWING)
    taken = {id(step.steps): step.steps for step in steps if isinstance(step.steps, Expression)}
    if not taken:
        return []
    inside = {id(node) for node in below(hit.syntax)}
    return [node for key, node in taken.items() if key not in inside and key not in foreign]
