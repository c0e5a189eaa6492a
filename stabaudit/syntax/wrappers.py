"""Calls that give a function: another one compiled, applied to each element, or with some of its arguments given."""

from __future__ import annotations

from stabaudit.dialects.copies import COMPILING, GIVING_ARGUMENTS, OF_EACH_ELEMENT
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression

WRAPPING = COMPILING | OF_EACH_ELEMENT | GIVING_ARGUMENTS


def wrapped(node: Expression) -> Expression | None:
    """The function that a call such as `np.vectorize(f)`, `jax.jit(f)` or `partial(f, t=2)` makes another one of."""
    if not isinstance(node, Call) or not node.args or called(node) not in WRAPPING:
        return None
    first = node.args[0]
    return None if first.star or first.keyword is not None else first.value
