"""Comprehensions read as arrays: element by element where their elements stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.intrinsics import is_condition, same_values
from stabaudit.lift.ranges import LENGTHS
from stabaudit.lift.rounds import Rounds
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Argument, Binary, Call, Comprehension, Display, Loop
from stabaudit.syntax.node import Expression, Node, parts
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import loop_names, names_in
from stabaudit.terms import App, Term, Var, without_origin
from stabaudit.terms.arithmetic import is_not_negative
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

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

    def read(self, node: Comprehension, scope: Scope) -> Term:
        """`[f(v) for v in xs]` is `f(xs)`, element by element; so is `[f(xs[i]) for i in range(n)]`."""
        self.lifter.perhaps(node, scope)
        inner = scope.copy()
        inner.mapped = True
        self._run_over(node.loops, scope, inner)
        if node.key is not None:
            self.lifter.found(self.lifter.lift(node.key, inner), inner)
        element = self.lifter.lift(node.element, inner)
        self.lifter.found(element, inner)
        gathering = {id(one): one for one in _gathering(node.element, frozenset(loop_names(node.loops)))}
        values: dict[int, Var] = {}
        element = self._set_apart(element, gathering, values) if gathering else element
        if isinstance(element, Var) or values.keys() != gathering.keys():
            return self.lifter.unique(node, rank=None if _is_list(node.element) else 1)
        # The text of an element is not that of the whole.
        if node.kind == "dict":
            return App("mapping", (without_origin(element),), (), node)
        return same_values(without_origin(element), node)

    def _set_apart(self, term: Term, gathering: Mapping[int, Expression], values: dict[int, Var]) -> Term:
        """`term` with one of the `values` for each part that gathers, by the identity of its node."""
        key = id(term.node)
        if (node := gathering.get(key)) is not None:
            if key not in values:
                bounds = LENGTHS if is_not_negative(normal(expand(term))) else None
                bounds = term.bounds if isinstance(term, Var) else bounds
                values[key] = Var(source(node), (("#", self.lifter.fresh()),), node, bounds=bounds)
            return values[key]
        if not isinstance(term, App):
            return term
        args = tuple(self._set_apart(part, gathering, values) for part in term.args)
        return term if args == term.args else App(term.op, args, term.attrs, term.node, term.library)

    def flattened(self, node: Expression, scope: Scope) -> Term | None:
        """All elements of the sums that a comprehension adds up: `sum(sum(f(a, b) for b in bs) for a in as)`."""
        match node:
            case Comprehension(
                kind="list" | "generator",
                element=Call(args=[Argument(value=Comprehension(kind="list" | "generator") as terms)]) as call,
            ) if called(call) in SUMS:
                inner = scope.copy()
                self._run_over(node.loops, scope, inner)
                deeper = self.flattened(terms, inner)
                if deeper is None:
                    self._run_over(terms.loops, inner, inner)
                    deeper = without_origin(self.lifter.lift(terms.element, inner))
                return same_values(deeper, node) if isinstance(deeper, App) else None
        return None

    def elements(self, node: Expression, scope: Scope) -> Var | None:
        """What a comprehension has of each element, as another over the same knows it: `b.x for b in bs`."""
        if not isinstance(node, Comprehension) or len(node.loops) != 1 or node.loops[0].conditions:
            return None
        inner = scope.copy()
        self._run_over(node.loops, scope, inner)
        element = self.lifter.lift(node.element, inner)
        known = isinstance(element, Var) and not names_in(node.element).isdisjoint(loop_names(node.loops))
        return element if known and isinstance(element, Var) else None

    def _run_over(self, loops: Sequence[Loop], scope: Scope, inner: Scope) -> None:
        """What the names of a comprehension's loops hold; of loops in one another no name is every position."""
        alone = len(loops) == 1 and not loops[0].conditions
        for loop in loops:
            self.rounds.bind(loop.target, loop.iter, scope, inner, all_of=alone)
            for condition in loop.conditions:
                self._keep(condition, loop, inner)
            scope = inner

    def _keep(self, test: Expression, loop: Loop, inner: Scope) -> None:
        """Of what is run over only the elements for which a condition holds."""
        condition = self.lifter.lift(test, inner)
        self.lifter.found(condition, inner)
        kept = condition if is_condition(condition) else self.lifter.unknown(source(test))
        for name in names_in(loop.target):
            held = inner.facts.get(name)
            if held is not None and not (isinstance(held, Var) and held.bounds is not None):
                inner.bind(name, App("masked", (held, kept)))


def _is_list(node: Expression) -> bool:
    return isinstance(node, (Comprehension, Display)) and node.kind == "list"


def _gathering(node: Node, names: frozenset[str]) -> Iterator[Expression]:
    """The outermost parts of an expression that put the elements of `names` together, and so are no elements."""
    product = isinstance(node, Binary) and node.operator == "@"
    gathers = isinstance(node, Comprehension) or product or (isinstance(node, Call) and called(node) in GATHERING)
    if gathers and not names.isdisjoint(names_in(node)):
        assert isinstance(node, Expression)
        yield node
    else:
        for part in parts(node):
            yield from _gathering(part, names)
