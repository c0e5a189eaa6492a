"""Whether a formula is blamed for lost digits: a difference of numbers that are nearly equal."""

from __future__ import annotations

from functools import cache

from stabaudit.catalogue.rule import Form
from stabaudit.fix.aliases import is_alias
from stabaudit.proof.shared_verdicts import is_at_fault
from stabaudit.terms import App, Term


@cache
def loses_digits(form: Form) -> bool:
    """Whether a form is blamed for lost digits alone: it never leaves the float range before its true value does."""
    if form.is_apart:
        return False
    return not form.equal or not is_at_fault(form)


def cancels_here(term: Term) -> bool:
    """Whether a difference of exponentials is taken in the expression itself, not under a name."""
    if not isinstance(term, App) or is_alias(term):
        return False
    if term.op == "sub" and any(isinstance(o, App) and o.op == "exp" for o in term.args):
        return True
    return any(cancels_here(operand) for operand in term.args)
