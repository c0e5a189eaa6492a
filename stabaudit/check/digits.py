"""Whether a formula is blamed for lost digits: a difference of numbers that are nearly equal."""

from __future__ import annotations

from functools import cache

from stabaudit.catalogue.rule import Form
from stabaudit.fix.own import is_alias
from stabaudit.proof.question import Site
from stabaudit.terms import App, Term
from stabaudit.terms.ops import expand


@cache
def loses_digits(form: Form) -> bool:
    """Whether a form is blamed for lost digits alone: it never leaves the float range before its true value does."""
    site = Site(expand(form.unstable), samples=form.traits.samples, limit=form.traits.limit)
    if not form.equal:
        return True
    # Imported here: it needs NumPy, and what is known already does not.
    from stabaudit.proof.site import is_at_fault

    return not is_at_fault(site, form.stable)


def cancels_here(term: Term) -> bool:
    """Whether a difference of exponentials is taken in the expression itself, not under a name."""
    if not isinstance(term, App) or is_alias(term):
        return False
    if term.op == "sub" and any(isinstance(o, App) and o.op == "exp" for o in term.args):
        return True
    return any(cancels_here(operand) for operand in term.args)
