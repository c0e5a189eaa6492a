"""Expressions with parts of them taken for values that are not looked into."""

from __future__ import annotations

from stabaudit.check.alternatives import grows
from stabaudit.check.clipped import clipped
from stabaudit.fix.aliases import is_alias
from stabaudit.lift.scope import Scope
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Lit, Term, Var


def without_open_calls(term: Term, scope: Scope) -> Term:
    """The expression with calls of helpers that read more than their arguments, and attributes that other methods
    set, taken for values not looked into.
    """
    if not isinstance(term, App) or "call" not in term.ops:
        return term
    if term.op == "call" and term.attr("free") == Lit(True):
        node = term.node
        if isinstance(node, Name) and scope.facts.get(node.name) == term:
            return scope.variable(node.name, (node.name,), node)
        if isinstance(node, Attribute):
            return scope.variable(source(node), {*names_in(node), source(node)}, node)
        if isinstance(node, (Name, Call)):
            return Var(source(node), (("#", hash(term)),), node)
    return with_operands(term, [without_open_calls(operand, scope) for operand in term.args])


def plainer(term: Term) -> Term:
    """An expression with less in it, to be judged where it cannot be evaluated as it is."""
    plain = _without_rounds(term)
    return plain if plain != term else _shallow(term)


def _without_rounds(term: Term) -> Term:
    """The expression with what loops add up taken for values not looked into: they may be arrays of any shape.

    What a loop makes of exponentials stays.
    """
    if not isinstance(term, App) or "built" not in term.ops:
        return term
    if term.op == "built" and not grows(term):
        name = source(term.node) if isinstance(term.node, Expression) else "what a loop adds up"
        return Var(name, (("#", hash(term)),), term.node)
    return with_operands(term, [_without_rounds(operand) for operand in term.args])


def _shallow(term: Term) -> Term:
    """The expression with the names in it taken for values not looked into."""
    if isinstance(term, App):
        if is_alias(term) and isinstance(term.node, Name):
            return Var(term.node.name, (("#", id(term.node)),), term.node, bounds=clipped(term))
        return App(term.op, tuple(_shallow(a) for a in term.args), term.attrs, term.node, term.library)
    return term


def with_operands(term: App, operands: list[Term]) -> Term:
    """The same operation on others, or the term itself if they are its own."""
    if all(new is old for new, old in zip(operands, term.args, strict=True)):
        return term
    return App(term.op, tuple(operands), term.attrs, term.node, term.library)
