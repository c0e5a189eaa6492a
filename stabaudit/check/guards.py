"""What is known to hold where an expression and its operands are computed."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.lift.scope import Scope
from stabaudit.terms import App, Term, applications

#: A sum or product with so many parts is long.
LONG = 500


def operands_of(term: App, scope: Scope) -> Iterator[tuple[Term, Scope]]:
    """Operands with what is known where they are computed."""
    if term.op == "where":
        condition, yes, no = term.args
        yield condition, scope
        yield yes, scope.guarded(condition)
        yield no, scope.guarded(App("not", (condition,)))
        return
    left = [*reversed(term.args)]
    while left:
        operand = left.pop()
        # Of a long sum each term is looked at, and not each sum in it.
        if isinstance(operand, App) and operand.op == term.op in ("add", "mul") and operand.size > LONG:
            left += reversed(operand.args)
        else:
            yield operand, scope


def relevant(guards: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    """Conditions that say something about the variables of the term, masks of its own operands included."""
    masks = tuple(t.args[1] for t in applications(term) if t.op == "masked")
    return tuple(g for g in (*guards, *masks) if not g.variables.isdisjoint(term.variables))
