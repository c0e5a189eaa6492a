"""Columns: what is left of rows, put beside them again so that each row meets its own number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard
from weakref import proxy

from stabaudit.lift import literals
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Argument, Attribute, Call
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Const, Lit, Term
from stabaudit.terms.normal import REDUCTIONS

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class Columns:
    """Reads the ways to make a column of a row of numbers."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """What is given to each row becomes a column: `s.reshape(-1, 1)`, `np.reshape(s, (len(x), 1))`; or a row.

        Of sums along the first axis a row says `s.reshape(1, n)`.
        """
        owner, given = _owner_of(node, path)
        if owner is None:
            return None
        shape = literals.shape(given)
        inner = self.lifter.lift(owner, scope)
        if shape is None and (last := literals.column_width(given)) is not None:
            # What is left of rows has one number for each.
            summed = isinstance(inner, App) and inner.op in REDUCTIONS and isinstance(inner.attr("axis"), Const)
            shape = (-1, 1) if last == 1 or summed else None
        if shape is None and literals.is_one_row(given) and _is_reduced(inner) and inner.attr("axis") == Const(0):
            shape = (1, -1)
        if shape is None or not {*shape} <= {1, -1}:
            return None
        return App("reshape", (inner,), (("shape", Lit(shape)),), node)

    def turned(self, node: Expression, scope: Scope) -> Term | None:
        """A column of what is left of rows, turned round: `np.array([s]).T`, `np.tile(s, (n, 1)).T`."""
        if not isinstance(node, Call) or self.lifter.path(node.func, scope) is None or not node.args:
            return None
        first, rest = node.args[0].value, node.args[1:]
        row = first.elements[0] if literals.is_row(first) and len(first.elements) == 1 else None
        if called(node) == "tile" and len(rest) == 1 and _is_of_columns(rest[0].value):
            row = first
        term = None if row is None else self.lifter.lift(row, scope)
        if term is None or not _is_reduced(term):
            return None
        return App("index", (term,), (("slots", Lit((":", "newaxis"))),))

    def repeated(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """A column or a row side by side with itself: `tile(s[:, None], (1, n))`, `tile(s, (n, 1))`."""
        owner, given = _owner_of(node, path)
        if owner is None:
            return None
        term = self.lifter.lift(owner, scope)
        below = called(node) == "tile" and literals.column_width(given) == 1
        return App("same", (term,), (), node) if _is_thin(term) or (below and _is_reduced(term)) else None


def _owner_of(node: Call, path: str | None) -> tuple[Expression | None, tuple[Argument, ...]]:
    """What a method or function of an array is called on, and what else it is given."""
    if path is None:
        return (node.func.value if isinstance(node.func, Attribute) else None), node.args
    if not node.args or node.args[0].star:
        return None, ()
    return node.args[0].value, node.args[1:]


def _is_of_columns(shape: Expression) -> bool:
    """Whether it says how often rows stand below each other, and each once: `(k, 1)`."""
    return literals.is_row(shape) and len(shape.elements) == 2 and literals.integer(shape.elements[1]) == 1


def _is_reduced(term: Term) -> TypeGuard[App]:
    """Whether an axis has been taken away, so that rows below each other are what broadcasting gives."""
    if isinstance(term, App) and term.op in ("branch", "same"):
        return all(map(_is_reduced, term.args[-2:]))
    return isinstance(term, App) and term.op in REDUCTIONS and term.attr("keepdims") == Lit(False)


def _is_thin(term: Term) -> bool:
    """Whether an array has an axis of length one by the way it was made."""
    if not isinstance(term, App):
        return False
    if term.op == "same":
        return _is_thin(term.args[0])
    if term.op == "branch":
        return any(map(_is_thin, term.args[1:]))
    if term.op == "expand_dims" or term.attr("keepdims") == Lit(True):
        return True
    shown = term.attr("slots") or term.attr("shape")
    return isinstance(shown, Lit) and isinstance(shown.value, tuple) and not {"newaxis", 1}.isdisjoint(shown.value)
