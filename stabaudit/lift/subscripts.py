"""Subscripts: new axes, reversals, masks, components, and columns by name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

import libcst as cst

from stabaudit.dialects.copies import JOINING_OBJECTS
from stabaudit.lift import literals
from stabaudit.lift.functions import part_of_several
from stabaudit.lift.intrinsics import is_condition, same_values
from stabaudit.lift.names import called, names_in
from stabaudit.lift.scope import Scope
from stabaudit.lift.segments import by_segment
from stabaudit.lift.text import text
from stabaudit.terms import App, Const, Lit, Term, Var, placed

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Values in order, and the same turned round.
TURNED = {"ascending": "descending", "descending": "ascending"}


class Subscripts:
    """Reads the subscripts of one module."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: cst.Subscript, scope: Scope) -> Term:
        """What is looked up, as far as its place is understood."""
        if (column := literals.column(node)) is not None and column in scope.facts:
            return placed(scope.facts[column], node)
        element = literals.element_at(node, scope.versions)
        if element is not None and element in scope.facts:
            return placed(scope.facts[element], node)
        if isinstance(node.value, cst.Attribute) and node.value.attr.value in JOINING_OBJECTS:
            elements = [cst.Element(s.slice.value) for s in node.slice if isinstance(s.slice, cst.Index)]
            if len(elements) == len(node.slice) and (
                joined := self.lifter.unspelled.joined(cst.Tuple(elements), scope)
            ):
                return same_values(joined, node)
        slots = [literals.slot(s.slice) for s in node.slice]
        inner = self.lifter.lift(node.value, scope)
        if len(slots) == 1 and isinstance(slots[0], int) and (value := part_of_several(inner, slots[0])) is not None:
            return placed(value, node)
        if isinstance(inner, App) and slots == [0]:
            if is_condition(_without_copies(inner)):
                return placed(inner, node)
            if inner.op == "pair":
                return placed(inner.args[0], node)
            # torch's `x.max(1)` is a pair; without its keywords it looks like NumPy's.
            by_method = isinstance(node.value, cst.Call) and isinstance(node.value.func, cst.Attribute)
            if self.lifter.uses_torch and by_method and inner.op in ("max", "min") and inner.attr("axis") != Lit(None):
                return placed(inner, node)
        if "newaxis" in slots and all(s in (":", "newaxis", "...") for s in slots):
            return App("index", (inner,), (("slots", Lit(tuple(slots))),), node)
        if all(s in (":", "...") for s in slots):
            return same_values(inner, node)
        if slots in ([0], [-1]) and (extreme := _extreme(inner, first=slots == [0])) is not None:
            # Python's own `sorted` compares numbers, or rows that nothing is computed with.
            library = inner.library if isinstance(inner, App) else None
            attrs = (("axis", Lit(None)), ("keepdims", Lit(False)))
            return App(extreme, (_in_any_order(inner),), attrs, node, library)
        if slots == ["::-1"] and isinstance(inner, App) and inner.op in TURNED:
            return App(TURNED[inner.op], inner.args, (), node, inner.library)
        if slots.count("::-1") == 1 and all(s in (":", "::-1") for s in slots):
            return App("flip", (inner,), (("axis", Const(slots.index("::-1"))),), node)
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            place = node.slice[0].slice.value
            if isinstance(place, cst.Name) and place.value in scope.indices:
                return placed(inner, node)
            condition = _without_copies(self.lifter.lift(place, scope))
            if is_condition(condition):
                return App("masked", (inner, condition), (), node)
        if isinstance(inner, Var) and inner.bounds is not None:
            return self.lifter.unspelled.ranges.between(node, inner.bounds, scope)
        if by_segment(inner) and not all(isinstance(s, int) for s in slots):
            # Each element is given what its segment has.
            self.lifter.inside(node, scope)
            return same_values(inner, node)
        if isinstance(inner, App) and inner.op not in ("masked", "pair"):
            # A component of an elementwise result is the result of a component.
            for part in node.slice:
                self.lifter.inside(part, scope)
            place_text = "".join(text(part, self.lifter.module) for part in node.slice)
            names = set().union(*(names_in(part) for part in node.slice))
            op = "picked" if len(node.slice) == 2 and _counts_rows(node.slice[0].slice) else "item"
            return App(op, (inner,), (("place", scope.variable(place_text, names, None)),), node)
        if column is not None:
            return scope.variable(self.lifter.source(node), {*names_in(node), column}, node)
        component = self.lifter.opaque(node, scope)
        if isinstance(component, Var) and len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            # `values[legal]`: one index into an array picks a row or a list of elements.
            return Var(component.name, component.stamp, node, rank=1)
        return component


def _extreme(term: Term, *, first: bool) -> str | None:
    """What the first or the last of values in order is: `sorted(x)[-1]` is the maximum."""
    while isinstance(term, App) and term.op == "same":
        term = term.args[0]
    if not isinstance(term, App) or term.op not in TURNED:
        return None
    return "min" if first == (term.op == "ascending") else "max"


def _in_any_order(term: Term) -> Term:
    while isinstance(term, App) and (term.op == "same" or term.op in TURNED):
        term = term.args[0]
    return term


def _counts_rows(part: cst.BaseSlice) -> bool:
    """Whether one place of a subscript is every row in order: `np.arange(n)`, `range(n)`."""
    call = part.value if isinstance(part, cst.Index) else None
    return isinstance(call, cst.Call) and called(call) in ("arange", "range")


def _without_copies(term: Term) -> Term:
    """The values themselves, whatever they were copied or converted to."""
    while isinstance(term, App) and term.op == "same":
        term = term.args[0]
    return term
