"""Terms with other terms in them."""

from __future__ import annotations

from stabaudit.terms.term import App, Term, Var


def substitute(term: Term, bindings: dict[Var, Term]) -> Term:
    """`term` with each variable replaced by what it is bound to."""
    if isinstance(term, Var):
        return bindings.get(term, term)
    if isinstance(term, App) and not term.variables.isdisjoint(bindings):
        return App(
            term.op,
            tuple(substitute(a, bindings) for a in term.args),
            tuple((n, substitute(v, bindings)) for n, v in term.attrs),
            term.node,
            term.library,
        )
    return term


def replaced(term: Term, old: Term, new: Term) -> Term:
    """`term` with `new` wherever `old` stands in it."""
    if term == old:
        return new
    if not isinstance(term, App) or not old.ops <= term.ops:
        return term
    args = tuple(replaced(operand, old, new) for operand in term.args)
    return App(term.op, args, term.attrs, term.node, term.library, term.steps)
