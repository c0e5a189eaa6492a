"""Whether a name is better known by what it was given, or by itself."""

from __future__ import annotations

import re

from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Data, Term, Var

#: Functions that give distances.
DISTANCES = re.compile(r"(?:cdist|distances|distance_matrix)$")
#: Functions that say they give a maximum, or the like.
MAXIMA = re.compile(r"(?:^|[^a-z])max|logsumexp|(?:^|_)lse", re.IGNORECASE)


def should_inline(term: Term | None, value: Expression | None) -> bool:
    """Whether a name is better known by what it was assigned from than by itself.

    A list of numbers under a name stands for data to come, whatever the numbers are.
    """
    inner = term
    while isinstance(inner, App) and inner.op == "same":
        inner = inner.args[0]
    if isinstance(inner, Data):
        return False
    if isinstance(inner, Var):
        return inner.rank is not None or isinstance(value, (Name, Attribute)) or says_what_it_is(value)
    return term is not None


def says_what_it_is(node: Expression | None) -> bool:
    """Whether a value comes of a call that says it is a maximum, or distances, and is better known by that."""
    if not isinstance(node, Call):
        return False
    name = dotted(node.func) or ""
    return (MAXIMA.search(name) or DISTANCES.search(name)) is not None
