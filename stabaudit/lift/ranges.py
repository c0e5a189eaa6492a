"""Calls of which only is known between what their values lie, or that these are whole numbers."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects import function
from stabaudit.dialects.copies import (
    BOUNDED,
    CLIPPING,
    COUNTING,
    DRAWN,
    JOINING,
    MAGNITUDES,
    NOT_NEGATIVE,
    REARRANGING,
    UNIT,
)
from stabaudit.lift import literals
from stabaudit.lift.scope import Scope, without_copies
from stabaudit.lift.unit_vectors import APART, DISTANCES, are_unit_vectors
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Attribute, Call
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Bounds, Const, Term, Var
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand
from stabaudit.terms.size import to_float

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: What counts: 0, 1, 2 ...
COUNTS = Bounds(0, inf, whole=True)
LENGTHS = Bounds(0, inf, anywhere=True)
WHOLE = Bounds(-inf, inf, whole=True)
#: Modules with grids that begin and end at the first two of their arguments.
GRIDS = frozenset({"numpy", "torch", "jax.numpy", "cupy", "tensorflow", "mlx.core", "dask.array"})


class Ranges:
    """Reads calls for the range of their values."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """A value of which its range is known; `None` for any other."""
        name = called(node)
        if name in BOUNDED and (path is None) <= isinstance(node.func, Attribute):
            return self.between(node, Bounds(*BOUNDED[name], unit=name == UNIT), scope)
        if name == "copysign" and path is not None and node.args:
            size = literals.number(node.args[0].value)
            return None if size is None else self.between(node, Bounds(-abs(size), abs(size)), scope)
        if _is_grid(path) and (span := self._span(node, scope)):
            return Var(source(node), scope.stamp(names_in(node)), node, bounds=span)
        if path is not None and name == "arange" and literals.counts(node):
            return Var(source(node), scope.stamp(names_in(node)), node, bounds=COUNTS)
        if name in COUNTING and (path is None or function(path) is None):
            return self.between(node, COUNTS, scope)
        if name in MAGNITUDES and isinstance(node.func, Attribute) and "fft" in (path or source(node)):
            return self.between(node, COUNTS, scope)
        if name == "defaultdict" and [dotted(argument.value) for argument in node.args] == ["int"]:
            return self.between(node, COUNTS, scope)
        if (
            name in DRAWN
            and isinstance(node.func, Attribute)
            and not any(a.keyword is None and a.star for a in node.args)
        ):
            return self.between(node, Bounds(*DRAWN[name], drawn=True), scope)
        if name == "uniform" and isinstance(node.func, Attribute) and _is_standard(node, path or ""):
            return self.between(node, Bounds(0, 1, drawn=True), scope)
        if name in CLIPPING and (between := self._clipped_somewhere(node, path, scope)) is not None:
            return between
        if name in CLIPPING and (path is None or function(path) is None):
            return self._clipped(node, scope)
        if name in DISTANCES and self._all_unit_vectors(node, scope):
            return self.between(node, APART, scope)
        # A distribution of SciPy's is called `norm`, too.
        if name in NOT_NEGATIVE and (path or isinstance(node.func, Attribute)) and "stats" not in (path or ""):
            return self.between(node, LENGTHS, scope)
        if literals.gives_whole_numbers(node):
            return self._rounded(node, path, scope)
        return self._of_bounded(node, path, scope)

    def _all_unit_vectors(self, node: Call, scope: Scope) -> bool:
        """Whether the rows of all arrays that a call is given have length one."""
        given = [a.value for a in node.args[:2] if a.keyword is None]
        return bool(given) and all(are_unit_vectors(self.lifter.lift(row, scope)) for row in given)

    def between(self, node: Expression, bounds: Bounds, scope: Scope) -> Var:
        """A value of which only is known between what it lies."""
        self.lifter.inside(node, scope)
        return Var(source(node), scope.stamp(names_in(node)), node, bounds=bounds)

    def _span(self, node: Call, scope: Scope) -> Bounds | None:
        """Between what the elements of `linspace(0.1, 3, 20)` or `arange(n)` lie."""
        if any(a.star for a in node.args):
            return None
        given = [a.value for a in node.args[:3] if a.keyword is None]
        ends = [self._number(end, scope) for end in given[:2]]
        counts = called(node) != "linspace"
        if counts and len(ends) == 1:
            return Bounds(0.0, inf if ends[0] is None else ends[0])
        if len(ends) != 2 or ends == [None, None]:
            return None
        low, high = ends
        rises = len(given) < 3 or (literals.number(given[2]) or 0) > 0
        if counts and (low is None or (high is None and not rises)):
            # It may count down.
            return None
        return Bounds(-inf if low is None else low, inf if high is None else high)

    def _number(self, node: Expression, scope: Scope) -> float | None:
        """A number that is written out, or stands under a name."""
        if (size := literals.number(node)) is not None:
            return size
        value = normal(expand(self.lifter.lift(node, scope)))
        return to_float(value.value) if isinstance(value, Const) else None

    def _clipped_somewhere(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """`clamp(x, *limits)`: between two numbers that somebody chose."""
        last = node.args[-1] if node.args else None
        if last is None or last.star != "*":
            return None
        owner = node.func.value if path is None and isinstance(node.func, Attribute) else node.args[0].value
        if len(node.args) != (1 if path is None else 2):
            return None
        limits = (self.lifter.unknown(f"the {which} of {source(last.value)}") for which in ("first", "second"))
        return App("clip", (self.lifter.lift(owner, scope), *limits), (), node)

    def _clipped(self, node: Call, scope: Scope) -> Term | None:
        """What a function of another module says it keeps between two numbers: `clip(x, -30, 30)`."""
        given = [self._number(a.value, scope) for a in node.args[-2:] if not a.star]
        if len(node.args) not in (2, 3) or len(given) != 2 or isinstance(node.func, Attribute) > (len(node.args) == 2):
            return None
        low, high = given
        return None if low is None or high is None or low > high else self.between(node, Bounds(low, high), scope)

    def _rounded(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """A whole number made of something that is not looked into."""
        if path is not None and function(path) is not None:
            return None
        by_method = path is None and isinstance(node.func, Attribute)
        inner = (
            node.func.value
            if by_method and isinstance(node.func, Attribute)
            else node.args[0].value
            if node.args
            else None
        )
        if inner is None or isinstance(without_copies(self.lifter.lift(inner, scope)), App):
            return None
        return self.between(node, WHOLE, scope)

    def _of_bounded(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """Elements of something whose range is known, in whatever shape: `counts.get(word, 0)`, `unit.t()`."""
        name = called(node)
        if name in JOINING and path is not None and node.args and literals.is_row(parts := node.args[0].value):
            every = {bounds_of(self.lifter.lift(e, scope)) for e in parts.elements}
            bounds = every.pop() if len(every) == 1 else None
        elif name in REARRANGING and path is None and isinstance(node.func, Attribute):
            bounds = bounds_of(self.lifter.lift(node.func.value, scope))
        elif name in REARRANGING and path is not None and node.args and not node.args[0].star:
            bounds = bounds_of(self.lifter.lift(node.args[0].value, scope))
        else:
            return None
        return None if bounds is None else self.between(node, bounds, scope)


def _is_grid(path: str | None) -> bool:
    """Whether a function gives numbers in order, from one end to the other."""
    library, _, name = (path or "").rpartition(".")
    return path == "builtins.range" or (library in GRIDS and name in ("arange", "linspace"))


def counted_at(node: Expression | None, parts: int) -> int | None:
    """Which part of what a call gives are counts: of `np.histogram2d(x, y)`, of `np.unique(x, return_counts=True)`."""
    if not isinstance(node, Call):
        return None
    if called(node).startswith("histogram"):
        return 0
    return parts - 1 if any(a.keyword == "return_counts" for a in node.args) else None


def bounds_of(term: Term | None) -> Bounds | None:
    """Between what the elements of a term lie that is not looked into."""
    while isinstance(term, App) and term.op in ("same", "index", "expand_dims", "transpose", "squeeze"):
        term = term.args[0]
    return term.bounds if isinstance(term, Var) else None


def holds_counts(term: Term) -> bool:
    """Whether all elements of something are counts."""
    bounds = bounds_of(term)
    return bounds is not None and bounds.counts


def _is_standard(node: Call, path: str) -> bool:
    """Whether numbers are drawn between 0 and 1: no other ends are given."""
    ends = {"low", "high", "minval", "maxval", "a", "b", "loc", "scale"}
    named = {argument.keyword for argument in node.args if argument.keyword is not None}
    # A key or a shape comes first in these libraries.
    most = 2 if path.startswith("jax.") else 1 if path.startswith("tensorflow.") else 0
    given = sum(argument.keyword is None for argument in node.args)
    return ends.isdisjoint(named) and given <= most and not any(argument.star for argument in node.args)
