"""Densities of several dimensions: `multivariate_normal.pdf(x, mean, cov)` is an exponential of which no more is known.

Where it is taken around the origin it is a window on a grid, or a weight, of which somewhere something is left.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.scope import Scope
from stabaudit.syntax.expressions import Attribute, Call
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Bounds, Term, Var

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

FAMILIES = frozenset({"scipy.stats.multivariate_normal", "scipy.stats.multivariate_t"})
#: What the logarithm of a density is: much below zero far out, and above it where the data lie close together.
LOGARITHM = Bounds(-inf, 100, anywhere=True)
#: What the centre is called.
KEYWORDS = ("mean", "loc")


class Densities:
    """Reads the calls that give such a density."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, scope: Scope) -> Term | None:
        """What `multivariate_normal.pdf(x, mean, cov)` or `multivariate_normal(mean, cov).pdf(x)` gives."""
        if not isinstance(node.func, Attribute) or node.func.attr != "pdf":
            return None
        owner = node.func.value
        maker, at = (owner, 0) if isinstance(owner, Call) else (node, 1)
        family = owner.func if isinstance(owner, Call) else owner
        place = _place(maker, at)
        if self.lifter.path(family, scope) not in FAMILIES or place is None:
            return None
        self.lifter.inside(node, scope)
        if not self.lifter.lift(place, scope).variables:
            return None
        stamp = (("#", self.lifter.fresh()), *scope.stamp(names_in(node)))
        return App("exp", (Var(f"log({source(node)})", stamp, bounds=LOGARITHM),), (), node, "scipy")


def _place(maker: Call, position: int) -> Expression | None:
    """The centre among the arguments of a call."""
    by_keyword = {a.keyword: a.value for a in maker.args if a.keyword is not None}
    positional = [a.value for a in maker.args if a.keyword is None and not a.star]
    return next((by_keyword[k] for k in KEYWORDS if k in by_keyword), None) or next(iter(positional[position:]), None)
