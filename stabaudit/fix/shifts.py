"""Exponents that the code shifts by hand: a stable function that is given them as they are needs no shift."""

from __future__ import annotations

import re

from stabaudit.terms import App, Term, Var, applications
from stabaudit.terms.arithmetic import addends, split
from stabaudit.terms.normal import VIEWS, normal
from stabaudit.terms.ops import expand

#: Functions that shift their exponents themselves.
SHIFTING = frozenset({"logsumexp", "logcumsumexp", "weighted_logsumexp", "logmeanexp", "softmax", "log_softmax"})
#: How a shift is called.
SHIFT = re.compile(r"max|min|shift", re.IGNORECASE)


def shifted_by_hand(replacement: Term) -> str | None:
    """Why a rewrite is not safe that leaves a shift by a maximum in the exponents: its reader would take that out."""
    for part in applications(replacement):
        if part.op in SHIFTING:
            differing = [split(addend) for addend in addends(normal(expand(part.args[0])))]
            if len(differing) > 1 and any(c < 0 and _is_shift(rest) for c, rest in differing):
                return f"its exponents are shifted by hand, which `{part.op}` does itself; take the shift out first"
    return None


def _is_shift(term: Term) -> bool:
    """Whether it is a maximum, or something that is called one."""
    while isinstance(term, App) and term.op in VIEWS | {"same", "squeeze", "reshape", "index"}:
        term = term.args[0]
    if isinstance(term, Var):
        return SHIFT.search(term.name.rpartition(".")[2]) is not None
    return isinstance(term, App) and term.op == "max"
