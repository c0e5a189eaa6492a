"""Values that an `if` keeps between two numbers: `if q < 1e-6: q = 1e-6`."""

from __future__ import annotations

from math import inf

from stabaudit.terms import App, Bounds, Const, Term
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand
from stabaudit.terms.size import to_float

BELOW, ABOVE = frozenset({"lt", "le"}), frozenset({"gt", "ge"})


def clipped(term: Term) -> Bounds | None:
    """Between what a value lies that is a number where it is on one side of that number, and itself elsewhere."""
    low, high = -inf, inf
    subject: Term | None = None
    while isinstance(term, App) and term.op in ("branch", "same"):
        if term.op == "same":
            term = term.args[0]
            continue
        condition, limit, rest = term.args
        if not isinstance(condition, App) or condition.op not in BELOW | ABOVE:
            return None
        number, end = _number(limit), _number(condition.args[1])
        if number is None or number != end or (subject is not None and condition.args[0] != subject):
            return None
        subject = condition.args[0]
        if condition.op in BELOW:
            low = max(low, number)
        else:
            high = min(high, number)
        term = rest
    return Bounds(low, high, anywhere=True) if subject is not None and term == subject and low <= high else None


def _number(term: Term) -> float | None:
    value = normal(expand(term))
    return to_float(value.value) if isinstance(value, Const) else None
