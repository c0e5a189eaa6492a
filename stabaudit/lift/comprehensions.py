"""Comprehensions read as arrays: element by element where their elements stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

import libcst as cst

from stabaudit.lift.intrinsics import is_condition, same_values
from stabaudit.lift.names import called, loop_names, names_in
from stabaudit.lift.nodes import parts
from stabaudit.lift.rounds import Rounds
from stabaudit.lift.scope import Scope
from stabaudit.terms import App, Term, Var, without_origin

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Functions whose value for one row is not a row of their value for all.
GATHERING = frozenset(
    {"sum", "nansum", "fsum", "mean", "max", "min", "amax", "amin", "nanmax", "nanmin", "prod", "cumsum", "dot",
     "matmul", "norm", "softmax", "log_softmax", "logsumexp", "reduce", "std", "var", "median", "outer", "inner"}
)  # fmt: skip

#: Sums of all that they are given.
SUMS = frozenset({"sum", "nansum", "fsum"})


class Comprehensions:
    """Reads the comprehensions of one module."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)
        self.rounds = Rounds(lifter)

    def read(self, node: cst.ListComp | cst.GeneratorExp | cst.DictComp, scope: Scope) -> Term:
        """`[f(v) for v in xs]` is `f(xs)`, element by element; so is `[f(xs[i]) for i in range(n)]`."""
        loop = node.for_in
        self.lifter.perhaps(node, scope)
        inner = scope.copy()
        inner.mapped = True
        value = node.value if isinstance(node, cst.DictComp) else node.elt
        self._run_over(loop, scope, inner)
        self._key(node, inner)
        element = self.lifter.lift(value, inner)
        self.lifter.found(element, inner)
        if isinstance(element, Var) or any(_gathers(value, name) for name in loop_names(loop)):
            return self.lifter.unique(node, rank=None if isinstance(value, (cst.ListComp, cst.List)) else 1)
        # The text of an element is not that of the whole.
        if isinstance(node, cst.DictComp):
            return App("mapping", (without_origin(element),), (), node)
        return same_values(without_origin(element), node)

    def flattened(self, node: cst.BaseExpression, scope: Scope) -> Term | None:
        """All elements of the sums that a comprehension adds up: `sum(sum(f(a, b) for b in bs) for a in as)`."""
        if not isinstance(node, (cst.ListComp, cst.GeneratorExp)):
            return None
        match node.elt:
            case cst.Call(args=[cst.Arg(value=cst.ListComp() | cst.GeneratorExp() as terms)]) if (
                called(node.elt) in SUMS
            ):
                inner = scope.copy()
                self._run_over(node.for_in, scope, inner)
                deeper = self.flattened(terms, inner)
                if deeper is None:
                    self._run_over(terms.for_in, inner, inner)
                    deeper = without_origin(self.lifter.lift(terms.elt, inner))
                return same_values(deeper, node) if isinstance(deeper, App) else None
        return None

    def _run_over(self, loop: cst.CompFor, scope: Scope, inner: Scope) -> None:
        """What the names of a comprehension's loops hold; of loops in one another no name is every position."""
        clause: cst.CompFor | None = loop
        while clause is not None:
            alone = loop.inner_for_in is None and not loop.ifs
            self.rounds.bind(clause.target, clause.iter, scope, inner, all_of=alone)
            for condition in clause.ifs:
                self._keep(condition.test, clause, inner)
            clause, scope = clause.inner_for_in, inner

    def _key(self, node: cst.BaseComp, inner: Scope) -> None:
        if isinstance(node, cst.DictComp):
            self.lifter.found(self.lifter.lift(node.key, inner), inner)

    def _keep(self, test: cst.BaseExpression, loop: cst.CompFor, inner: Scope) -> None:
        """Of what is run over only the elements for which a condition holds."""
        condition = self.lifter.lift(test, inner)
        self.lifter.found(condition, inner)
        kept = condition if is_condition(condition) else self.lifter.unknown(self.lifter.source(test))
        for name in names_in(loop.target):
            held = inner.facts.get(name)
            if held is not None and not (isinstance(held, Var) and held.bounds is not None):
                inner.bind(name, App("masked", (held, kept)))


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
