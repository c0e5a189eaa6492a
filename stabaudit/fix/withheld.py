"""What forbids a rewrite, whatever the formula is replaced with, and what makes it unsafe."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import libcst as cst

from stabaudit.lift.scope import Scope
from stabaudit.ops import expand
from stabaudit.proof.samples import SHAPED
from stabaudit.terms import App, Term, Var, applications
from stabaudit.terms.normal import normal, scale


def hindrance(term: Term, scope: Scope, twin: Term) -> str | None:
    """What forbids to replace the text of `term`, whatever it is replaced with."""
    node = term.origin
    assert isinstance(node, cst.CSTNode)
    if isinstance(node, cst.AugAssign) and not isinstance(node.target, cst.Name):
        return "it changes an array in place"
    if scope.mapped and not SHAPED.isdisjoint(twin.ops):
        return "it stands in a comprehension, of which it computes one element"
    if scope.compiled:
        return f"`{scope.compiled}` compiles the function and knows no other library"
    if "built" in term.ops:
        return "a loop builds what it is computed from"
    if _has_comment(node):
        return "there is a comment inside"
    if (effect := _effect(node)) is not None:
        return effect
    return None


def _effect(node: cst.CSTNode) -> str | None:
    """What an expression does beside giving a value, if it may not be dropped or repeated."""
    if isinstance(node, cst.NamedExpr):
        return "a name is bound inside"
    if isinstance(node, (cst.Await, cst.Yield)):
        return "it waits inside"
    if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "out":
        return "it writes to an array with `out=`"
    return next((e for e in map(_effect, node.children) if e is not None), None)


def _has_comment(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Comment) or any(_has_comment(c) for c in node.children)


def lost_conversion(term: Term, bindings: Iterable[Term], twin: Term) -> str | None:
    """Why a rewrite is not safe that drops a conversion of type inside the formula."""
    bound = set(bindings)

    def loses(part: Term) -> bool:
        key = normal(expand(part))
        if key in bound or scale(Fraction(-1), key) in bound:
            return False
        if isinstance(part, App) and part.op == "same":
            return True
        return any(loses(operand) for operand in part.args)

    if any(loses(a) for a in term.args):
        return "it drops a conversion inside the formula"
    lost = sorted(v.name for v in _values(term) - _values(twin))
    if lost:
        return f"the shape of `{' '.join(lost[0].split())}` is lost"
    methods = (t.origin for t in applications(term) if t.op == "call")
    if any(isinstance(m, cst.Call) and isinstance(m.func, cst.Attribute) for m in methods):
        return "a subclass may have a method of its own"
    return None


def _values(term: Term) -> set[Var]:
    """The variables among the operands."""
    if isinstance(term, Var):
        return {term}
    return set[Var]().union(*(_values(operand) for operand in term.args))
