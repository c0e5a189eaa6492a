"""Expressions with parts of them taken for values that are not looked into."""

from __future__ import annotations

import libcst as cst

from stabaudit.fix.own import is_alias
from stabaudit.lift.scope import Scope
from stabaudit.terms import App, Lit, Term, Var


def without_open_calls(term: Term, scope: Scope) -> Term:
    """The expression with calls of helpers that read more than their arguments taken for values not looked into."""
    if not isinstance(term, App) or "call" not in term.ops:
        return term
    if term.op == "call" and term.attr("free") == Lit(True):
        origin = term.origin
        if isinstance(origin, cst.Name) and scope.facts.get(origin.value) == term:
            return scope.variable(origin.value, (origin.value,), origin)
        if isinstance(origin, (cst.Name, cst.Call)):
            return Var(cst.Module([]).code_for_node(origin), (("#", hash(term)),), origin)
    return with_operands(term, [without_open_calls(operand, scope) for operand in term.args])


def shallow(term: Term) -> Term:
    """The expression with the names in it taken for values not looked into."""
    if isinstance(term, App):
        if is_alias(term) and isinstance(term.origin, cst.Name):
            return Var(term.origin.value, (("#", id(term.origin)),), term.origin)
        return App(term.op, tuple(shallow(a) for a in term.args), term.attrs, term.origin, term.library)
    return term


def with_operands(term: App, operands: list[Term]) -> Term:
    """The same operation on others, or the term itself if they are its own."""
    if all(new is old for new, old in zip(operands, term.args, strict=True)):
        return term
    return App(term.op, tuple(operands), term.attrs, term.origin, term.library)
