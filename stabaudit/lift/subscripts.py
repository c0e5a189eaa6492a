"""Subscripts: new axes, reversals, masks, components, and columns by name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects.copies import JOINING_OBJECTS
from stabaudit.lift import literals
from stabaudit.lift.functions import part_of_several
from stabaudit.lift.intrinsics import is_condition, same_values
from stabaudit.lift.scope import Scope, without_copies
from stabaudit.lift.segments import by_segment
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call, Display, Name, Place, Slice, Subscript
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import places, source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Const, Lit, Term, Var, named, placed

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Values in order, and the same turned round.
TURNED = {"ascending": "descending", "descending": "ascending"}

#: The settings of what all elements have together.
OF_ALL = (("axis", Lit(None)), ("keepdims", Lit(False)))
#: Calls that say where the largest or smallest value is.
AT_EXTREMES = {"argmax": "max", "argmin": "min", "nanargmax": "max", "nanargmin": "min"}


class Subscripts:
    """Reads the subscripts of one module."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Subscript, scope: Scope) -> Term:
        """What is looked up, as far as its place is understood."""
        if (column := literals.column(node)) is not None and column in scope.facts:
            return placed(scope.facts[column], node)
        element = literals.element_at(node, scope.versions)
        if element is not None and element in scope.facts:
            return named(scope.variable(source(node), names_in(node), node), scope.facts[element])
        if isinstance(node.value, Attribute) and node.value.attr in JOINING_OBJECTS:
            elements = tuple(place for place in node.places if not isinstance(place, Slice))
            if len(elements) == len(node.places) and (
                joined := self.lifter.unspelled.joined(Display("tuple", elements), scope)
            ):
                return same_values(joined, node)
        slots = [literals.slot(place) for place in node.places]
        inner = self.lifter.lift(node.value, scope)
        if len(slots) == 1 and isinstance(slots[0], int) and (value := part_of_several(inner, slots[0])) is not None:
            return placed(value, node)
        if isinstance(inner, App) and slots == [0]:
            if is_condition(without_copies(inner)):
                return placed(inner, node)
            if inner.op == "pair":
                return placed(inner.args[0], node)
            # torch's `x.max(1)` is a pair; without its keywords it looks like NumPy's.
            by_method = isinstance(node.value, Call) and isinstance(node.value.func, Attribute)
            if self.lifter.uses_torch and by_method and inner.op in ("max", "min") and inner.attr("axis") != Lit(None):
                return placed(inner, node)
        if "newaxis" in slots and all(s in (":", "newaxis", "...") for s in slots):
            return App("index", (inner,), (("slots", Lit(tuple(slots))),), node)
        if all(s in (":", "...") for s in slots):
            return same_values(inner, node)
        if slots in ([0], [-1]) and (extreme := _extreme(inner, first=slots == [0])) is not None:
            # Python's own `sorted` compares numbers, or rows that nothing is computed with.
            library = inner.library if isinstance(inner, App) else None
            return App(extreme, (_in_any_order(inner),), OF_ALL, node, library)
        if slots == ["::-1"] and isinstance(inner, App) and inner.op in TURNED:
            return App(TURNED[inner.op], inner.args, (), node, inner.library)
        if slots.count("::-1") == 1 and all(s in (":", "::-1") for s in slots):
            return App("flip", (inner,), (("axis", Const(slots.index("::-1"))),), node)
        if len(node.places) == 1 and not isinstance(node.places[0], Slice):
            place = node.places[0]
            found = self.looked_for(place, scope)
            if found is not None and self.lifter.lift(found[1], scope) == inner:
                return App(found[0], (inner,), OF_ALL, node)
            if isinstance(place, Name) and place.name in scope.indices:
                return placed(inner, node)
            condition = without_copies(self.lifter.lift(place, scope))
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
            for part in node.places:
                self.lifter.apart(part, scope)
            names = set[str]().union(*(names_in(part) for part in node.places))
            op = "picked" if len(node.places) == 2 and _counts_rows(node.places[0]) else "item"
            return App(op, (inner,), (("place", scope.variable(places(node.places), names, None)),), node)
        if column is not None:
            return scope.variable(source(node), {*names_in(node), column}, node)
        component = self.lifter.opaque(node, scope)
        if isinstance(component, Var) and len(node.places) == 1 and not isinstance(node.places[0], Slice):
            # `values[legal]`: one index into an array picks a row or a list of elements.
            return Var(component.name, component.stamp, node, rank=1)
        return component

    def looked_for(self, call: Expression | None, scope: Scope) -> tuple[str, Expression] | None:
        """Whether a call says where the `max` or `min` of some values is, and of which: `x.argmax()`."""
        if not isinstance(call, Call) or called(call) not in AT_EXTREMES:
            return None
        path = self.lifter.path(call.func, scope)
        if path is None and isinstance(call.func, Attribute) and not call.args:
            return AT_EXTREMES[called(call)], call.func.value
        if path is not None and len(call.args) == 1 and not call.args[0].star:
            return AT_EXTREMES[called(call)], call.args[0].value
        return None


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


def _counts_rows(part: Place) -> bool:
    """Whether one place of a subscript is every row in order: `np.arange(n)`, `range(n)`."""
    return isinstance(part, Call) and called(part) in ("arange", "range")
