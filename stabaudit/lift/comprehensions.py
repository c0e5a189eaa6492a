"""Comprehensions read as arrays: element by element where their elements stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

import libcst as cst

from stabaudit.lift import literals
from stabaudit.lift.intrinsics import same_values
from stabaudit.lift.names import called, loop_names, names_in
from stabaudit.lift.nodes import parts
from stabaudit.lift.scope import Scope
from stabaudit.terms import Term, Var, without_origin

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Functions whose value for one row is not a row of their value for all.
GATHERING = frozenset(
    {"sum", "nansum", "fsum", "mean", "max", "min", "amax", "amin", "nanmax", "nanmin", "prod", "cumsum", "dot",
     "matmul", "norm", "softmax", "log_softmax", "logsumexp", "reduce", "std", "var", "median", "outer", "inner"}
)  # fmt: skip


class Comprehensions:
    """Reads the comprehensions of one module."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: cst.ListComp | cst.GeneratorExp, scope: Scope) -> Term:
        """`[f(v) for v in xs]` is `f(xs)`, element by element; so is `[f(xs[i]) for i in range(n)]`."""
        loop = node.for_in
        self.lifter.perhaps(node, scope)
        inner = scope.copy()
        inner.mapped = True
        simple = not loop.ifs and loop.inner_for_in is None and isinstance(loop.target, cst.Name)
        if not simple:
            for name in loop_names(loop):
                inner.forget(name)
            for name in literals.counters(loop.target, loop.iter):
                inner.count(name)
            self.lifter.inside(loop, inner)
            self.lifter.found(self.lifter.lift(node.elt, inner), inner)
            return self.lifter.unique(node, rank=1)
        assert isinstance(loop.target, cst.Name)
        if literals.is_range(loop.iter):
            self.lifter.inside(loop.iter, scope)
            inner.forget(loop.target.value)
            for name in literals.counters(loop.target, loop.iter):
                inner.count(name)
            inner.indices |= {loop.target.value}
        else:
            inner.bind(loop.target.value, self.lifter.lift(loop.iter, scope))
        element = self.lifter.lift(node.elt, inner)
        self.lifter.found(element, inner)
        if isinstance(element, Var) or _gathers(node.elt, loop.target.value):
            return self.lifter.unique(node, rank=None if isinstance(node.elt, (cst.ListComp, cst.List)) else 1)
        # The text of an element is not that of the whole.
        return same_values(without_origin(element), node)


def _gathers(node: cst.CSTNode, name: str) -> bool:
    """Whether an expression puts the elements of `name` together, so that it cannot be read element by element."""
    gathers = isinstance(node, (cst.BaseComp, cst.MatrixMultiply))
    if isinstance(node, cst.Call):
        gathers = called(node) in GATHERING
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.MatrixMultiply):
        gathers = True
    if gathers and name in names_in(node):
        return True
    return any(_gathers(child, name) for child in parts(node))
