"""An exponent of several variables as one: samples of each of them seldom meet where a formula of it goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.proof.assumptions import is_count
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.terms import App, Term, Var, applications, replaced, walk

#: Steps by which an exponent takes any value, whatever all its variables but one are.
STEPS = frozenset({"add", "sub", "mul", "div", "neg"})


def as_one(old: Term, new: Term, was: Term) -> tuple[Term, Term] | None:
    """Two terms with a variable for the exponent in `was`, if they are functions of it alone."""
    for exponent in _exponents(was):
        name = source(exponent.node) if isinstance(exponent.node, Expression) else "the exponent"
        # A name of the code's own keeps what it is.
        variable = Var(f"{name} ", ())
        one, other = (replaced(term, exponent, variable) for term in (old, new))
        if one.variables == other.variables == {variable}:
            return one, other
    return None


def _exponents(term: Term) -> Iterator[App]:
    for part in applications(term):
        exponent = part.args[0] if part.op == "exp" else None
        if not isinstance(exponent, App) or len(exponent.variables) < 2:
            continue
        steps = [inner for inner in walk(exponent) if isinstance(inner, App)]
        reads = [inner for inner in walk(exponent) if isinstance(inner, Var)]
        is_free = len(reads) == len(exponent.variables) and all(v.bounds is None and not is_count(v) for v in reads)
        if is_free and all(step.op in STEPS for step in steps):
            yield exponent
