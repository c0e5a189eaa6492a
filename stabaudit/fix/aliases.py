"""Terms that stand under a name."""

from __future__ import annotations

from stabaudit.lift.literals import column
from stabaudit.syntax.expressions import Attribute, Name, Subscript
from stabaudit.terms import App, Term


def is_alias(term: Term) -> bool:
    """Whether a term stands under a name, its steps being in earlier statements."""
    node = term.node
    if isinstance(node, Attribute):
        return isinstance(term, App) and term.op not in ("same", "transpose", "max", "min")
    if isinstance(node, Subscript):
        return isinstance(term, App) and column(node) is not None
    return isinstance(node, Name)
