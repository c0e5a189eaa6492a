"""What forbids a rewrite, whatever the formula is replaced with."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

import libcst as cst

from stabaudit.concrete.nodes import below as concrete_below
from stabaudit.dialects.views import changes_its_object
from stabaudit.fix.propose import Place
from stabaudit.proof.assumptions import SHAPED
from stabaudit.syntax.bindings import bound_names
from stabaudit.syntax.compound import For, Function, While
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Await,
    Call,
    Comprehension,
    Lambda,
    Name,
    Named,
    Text,
    Yield,
)
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Node, below
from stabaudit.syntax.reads import names_in
from stabaudit.syntax.statements import Augment, Evaluate
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, applications


def hindrance(place: Place, replacement: Term, bound: Collection[Term] = ()) -> str | None:
    """Why the text of an expression, a formula of what is `bound`, may not be replaced with that of `replacement`."""
    term, node = place.term, place.term.node
    if isinstance(node, Augment) and not isinstance(node.target, Name):
        return "it changes an array in place"
    if isinstance(node, Call) and isinstance(node.func, Attribute) and changes_its_object(node.func.attr):
        return f"`{node.func.attr}` changes its operand in place"
    if isinstance(node, Call) and any(a.keyword == "dtype" for a in node.args):
        return "it passes an explicit dtype"
    if place.scope.mapped and not SHAPED.isdisjoint(replacement.ops):
        return "it computes one element of a comprehension"
    for part in applications(term):
        if isinstance(part.node, Comprehension) and _is_made_elementwise(part.node, bound, place.module):
            return "its operand may be a list"
    way = path_to(place.tree, node)
    if not SHAPED.isdisjoint(replacement.ops) and _is_hoisted(term, way):
        return "it would be recomputed in every iteration of the loop"
    if "built" in term.ops:
        return "its input is built in a loop"
    if "#" in place.module.code_for_node(node.origin) and _has_comment(node.origin):
        return "the expression contains a comment"
    if (effect := next((act for n in below(node) if (act := _act(n))), None)) is not None:
        return effect
    if any(isinstance(n, Function) for n in way) and any(isinstance(n, Evaluate) for n in way[-2:]):
        # A notebook shows what its last line gives.
        return "its value is not used; remove the statement"
    if any(isinstance(n, Text) and _shows(n.origin, node.origin) for n in way):
        return "an f-string prints its source text"
    return None


def _shows(text: cst.CSTNode, node: cst.CSTNode) -> bool:
    """Whether an f-string shows the text of an expression beside its value: `f"{x + 1 = }"`."""
    shown = (n for n in concrete_below(text) if isinstance(n, cst.FormattedStringExpression) and n.equal is not None)
    return any(inner is node for n in shown for inner in concrete_below(n))


def closure_hears_of(place: Place, text: str) -> str | None:
    """A name in the rewrite of what stands in a lambda or a comprehension that the code does not say there.

    It is computed later, or for one element after the other.
    """
    if not any(isinstance(one, (Lambda, Comprehension)) for one in path_to(place.tree, place.term.node)):
        return None
    said = names_in(place.term.node)
    values = {name for variable in place.term.variables for name, _ in variable.stamp} | place.scope.facts.keys()
    return min((values & names_in(read(f"({text}\n)"))) - said, default=None)


def _is_hoisted(term: Term, way: list[Node]) -> bool:
    """Whether a sum or the like was computed before the loop in which it is used."""
    summed = [p.node for p in applications(term) if not SHAPED.isdisjoint(p.ops)]
    names = {node.name for node in summed if isinstance(node, Name)}
    if not names:
        return False
    bodies = [n for above, n in pairwise(way) if isinstance(above, (For, While)) and n is above.body]
    return any(not names <= bound_names(body) for body in bodies)


def _is_made_elementwise(comprehension: Comprehension, bound: Collection[Term], module: cst.Module) -> bool:
    """Whether the formula takes a step on what a comprehension runs through before it takes exponentials."""
    run_through = module.code_for_node(comprehension.loops[0].iter.origin)
    return any(isinstance(b, App) and any(v.name == run_through for v in b.variables) for b in bound)


def _act(node: Node) -> str | None:
    """What a node itself does beside giving a value."""
    if isinstance(node, Named):
        return "it binds a name"
    if isinstance(node, (Await, Yield)):
        return "it contains `await` or `yield`"
    if isinstance(node, Argument) and node.keyword == "out":
        return "it writes to an array with `out=`"
    return None


def _has_comment(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Comment) or any(_has_comment(c) for c in node.children)
