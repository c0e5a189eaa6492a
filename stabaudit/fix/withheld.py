"""What forbids a rewrite, whatever the formula is replaced with."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import cast

import libcst as cst

from stabaudit.concrete.names import bound_names, names_in
from stabaudit.concrete.nodes import below
from stabaudit.concrete.paths import path_to
from stabaudit.fix.propose import Place
from stabaudit.lift.scope import Scope
from stabaudit.proof.assume import SHAPED
from stabaudit.terms import App, Term, applications


def hindrance(
    term: Term, scope: Scope, replacement: Term, module: cst.Module, bound: Collection[Term] = ()
) -> str | None:
    """Why the text of `term`, a formula of what is `bound`, may not be replaced with that of `replacement`."""
    node = term.origin
    assert isinstance(node, cst.CSTNode)
    if isinstance(node, cst.AugAssign) and not isinstance(node.target, cst.Name):
        return "it changes an array in place"
    if isinstance(node, cst.Call) and any(a.keyword and a.keyword.value == "dtype" for a in node.args):
        return "it passes an explicit dtype"
    if scope.mapped and not SHAPED.isdisjoint(replacement.ops):
        return "it computes one element of a comprehension"
    for part in applications(term):
        if isinstance(part.origin, cst.BaseComp) and _is_made_elementwise(part.origin, bound, module):
            return "its operand may be a list"
    if not SHAPED.isdisjoint(replacement.ops) and _is_hoisted(term, node, module):
        return "it would be recomputed in every iteration of the loop"
    if "built" in term.ops:
        return "its input is built in a loop"
    if "#" in module.code_for_node(node) and _has_comment(node):
        return "the expression contains a comment"
    if _is_discarded(node, module):
        return "its value is not used; remove the statement"
    if _is_shown(node, module):
        return "an f-string prints its source text"
    return _effect(node) if any(map(_act, below(node))) else None


def _is_discarded(node: cst.CSTNode, module: cst.Module) -> bool:
    """Whether it is a statement of its own in a function; a notebook shows what its last line gives."""
    way = path_to(module, node)
    return any(isinstance(n, cst.FunctionDef) for n in way) and any(isinstance(n, cst.Expr) for n in way[-2:])


def _is_shown(node: cst.CSTNode, module: cst.Module) -> bool:
    """Whether an f-string shows the text of an expression beside its value: `f"{x + 1 = }"`."""
    around = (n for n in path_to(module, node) if isinstance(n, cst.FormattedStringExpression))
    return any(n.equal is not None for n in around)


def closure_hears_of(place: Place, text: str) -> str | None:
    """A name in the rewrite of what stands in a lambda or a comprehension that the code does not say there.

    It is computed later, or for one element after the other.
    """
    node = place.term.origin
    assert isinstance(node, cst.CSTNode)
    if not any(isinstance(one, (cst.Lambda, cst.BaseComp)) for one in path_to(place.module, node)):
        return None
    said = names_in(node)
    values = {name for variable in place.term.variables for name, _ in variable.stamp} | place.scope.facts.keys()
    return min((values & names_in(cst.parse_expression(text))) - said, default=None)


def _is_hoisted(term: Term, node: cst.CSTNode, module: cst.Module) -> bool:
    """Whether a sum or the like was computed before the loop in which it is used."""
    summed = [p for p in applications(term) if not SHAPED.isdisjoint(p.ops) and isinstance(p.origin, cst.Name)]
    if not summed:
        return False
    way = path_to(module, node)
    bodies = [n for above, n in pairwise(way) if isinstance(above, (cst.For, cst.While)) and n is above.body]
    return any(cast("cst.Name", p.origin).value not in bound_names(body) for body in bodies for p in summed)


def _is_made_elementwise(comprehension: cst.BaseComp, bound: Collection[Term], module: cst.Module) -> bool:
    """Whether the formula takes a step on what a comprehension runs through before it takes exponentials."""
    run_through = module.code_for_node(comprehension.for_in.iter)
    return any(isinstance(b, App) and any(v.name == run_through for v in b.variables) for b in bound)


def _effect(node: cst.CSTNode) -> str | None:
    """What an expression does beside giving a value, if it may not be dropped or repeated."""
    return _act(node) or next((e for e in map(_effect, node.children) if e is not None), None)


def _act(node: cst.CSTNode) -> str | None:
    """What a node itself does beside giving a value."""
    if isinstance(node, cst.NamedExpr):
        return "it binds a name"
    if isinstance(node, (cst.Await, cst.Yield)):
        return "it contains `await` or `yield`"
    if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "out":
        return "it writes to an array with `out=`"
    return None


def _has_comment(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Comment) or any(_has_comment(c) for c in node.children)
