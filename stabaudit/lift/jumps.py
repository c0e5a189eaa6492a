"""Loops: what holds in any round, and what is known after the last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.literals import counters
from stabaudit.lift.loops import Accumulator, accumulators, elementwise, total
from stabaudit.lift.ranges import holds_counts
from stabaudit.lift.scope import LARGEST_FACT, Scope, is_choice, is_worth_a_choice, join
from stabaudit.lift.tallies import counters_in
from stabaudit.syntax.bindings import bound_names
from stabaudit.syntax.compound import For, While
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Constant, Slice, Subscript
from stabaudit.syntax.memory import changed_in_place, viewed
from stabaudit.syntax.reads import names_in
from stabaudit.syntax.statements import Block
from stabaudit.terms import App, Const, Lit, Term, Var, without_origin

if TYPE_CHECKING:
    from stabaudit.lift.statements import Reader


class Loops:
    """Reads the loops of one module."""

    def __init__(self, reader: Reader) -> None:
        self.reader: Reader = proxy(reader)
        # What is known at each `break` and `continue` of the loops around, innermost last.
        self._leaps: list[list[Scope]] = []
        #: What the sums of the loops around hold after the step at a node: those of all rounds so far.
        self.running: dict[int, Term] = {}

    def record_jump(self, scope: Scope) -> None:
        """`break` or `continue`: this is known at one more end of the round."""
        if self._leaps:
            self._leaps[-1].append(scope.copy())

    def of_for(self, node: For, scope: Scope) -> None:
        """Read a `for`; what it builds up is known after it."""
        self.reader.expression(node.iter, scope)
        built = accumulators(node)
        starts = {a.name: scope.facts.get(a.name) for a in built}
        rounds = self._all_rounds(node, scope) if built else None
        wholes = {id(a.step): self._whole(a, rounds, starts[a.name]) for a in built} if rounds is not None else {}
        self.running |= {step: whole for step, whole in wholes.items() if whole is not None}
        for name in names_in(node.target):
            scope.share(name, viewed(node.iter) - {name})
        known = {a.name for a in built if wholes.get(id(a.step)) is not None}
        sums = self._growing(node, scope, known)
        self._loop(
            node.body,
            node.orelse,
            scope,
            names_in(node.target),
            counters=counters(node.target, node.iter),
            kept=elementwise(node),
            sums=sums,
        )
        if rounds is None:
            return
        for accumulator in built:
            start = starts[accumulator.name]
            if (whole := self._from_first_on(node, accumulator, start, scope)) is not None:
                scope.bind(accumulator.name, whole)
                continue
            if (value := wholes[id(accumulator.step)]) is not None:
                scope.bind(accumulator.name, value)

    def _whole(self, built: Accumulator, rounds: dict[int, Term], start: Term | None) -> Term | None:
        """What a loop has built up in all rounds."""
        step = rounds.get(id(built.step))
        return None if step is None or isinstance(step, Const) else total(built, step, start)

    def of_while(self, node: While, scope: Scope) -> None:
        """Read a `while`."""
        counting = _counting(node.body, scope)
        sums = self._growing(node, scope)
        for name in bound_names(node.body, scope.modules) | (changed_in_place(node.body) - scope.modules.keys()):
            scope.mutate(name)
        for name in counting:
            scope.count(name)
        condition = self.reader.expression(node.test, scope)
        self._loop(node.body, node.orelse, scope, set(), condition, sums=sums)

    def _growing(self, node: For | While, scope: Scope, known: Collection[str] = ()) -> dict[str, Term]:
        """What the sums hold to which a loop adds exponentials, in its rounds and after them."""
        found = self.reader.growing.sums(node, scope, known)
        self.running |= {id(step): whole for growth, whole in found.values() for step in growth.steps}
        return {name: whole for name, (_, whole) in found.items()}

    def _loop(
        self,
        body: Block,
        orelse: Block | None,
        scope: Scope,
        targets: set[str],
        *guards: Term,
        counters: frozenset[str] = frozenset(),
        kept: Collection[str] = (),
        sums: Mapping[str, Term] = MappingProxyType({}),
    ) -> None:
        counting = _counting(body, scope)
        in_place = changed_in_place(body) - scope.modules.keys()
        changed = targets | bound_names(body, scope.modules) | in_place
        before = {n: scope.facts.get(n) for n in changed}
        held = {n: scope.variable(n, (n,), None) for n in changed}
        fresh = {n for n in changed if n not in scope.versions}
        for name in changed:
            if name in targets and name not in in_place:
                scope.forget(name)
            else:
                scope.mutate(name)
        for name in kept:
            # Of these each round finds what was there in front of the loop.
            if isinstance(found := before.get(name), App):
                scope.bind(name, found if found.op == "built" else App("built", (found,)))
        for name, whole in sums.items():
            scope.bind(name, whole)
        entered = scope.copy()
        inner = scope.guarded(*guards)
        for name in (counters - in_place) | counting:
            inner.count(name)
        self._leaps.append([])
        self.reader.statement(body, inner)
        leaps = self._leaps.pop()
        for name in changed:
            left = self._left(name, [inner, *leaps])
            if name in targets and name not in in_place:
                scope.forget(name)
            else:
                scope.mutate(name)
            scope.versions[name] = max(s.versions.get(name, 0) for s in (scope, inner, *leaps)) + 1
            if left is None:
                continue
            old = left if name in fresh else before[name] or held[name]
            joined = join(left, old, self.reader.lifter.unknown("another round"))
            # What is multiplied up from round to round is not the value of its last step.
            renewed = all(n != name for v in left.variables for n, _ in v.stamp)
            known = not is_choice(joined) or (renewed and is_worth_a_choice(joined))
            if known and not isinstance(joined, (Const, Var)) and joined.size <= LARGEST_FACT:
                scope.facts[name] = joined
        for name, whole in sums.items():
            scope.bind(name, whole)
        for name in inner.changed_since(entered) - changed:
            scope.mutate(name)
        for name in counting:
            scope.count(name)
        if orelse is not None:
            self.reader.block(orelse.body, scope)

    def _left(self, name: str, ends: Sequence[Scope]) -> Term | None:
        """What a name holds after a round, whichever way it ended."""
        first, *others = (end.facts.get(name) for end in ends)
        for other in others:
            if first is None or other is None:
                return None
            first = join(first, other, self.reader.lifter.unknown("another way out"))
        return first

    def _from_first_on(self, node: For, built: Accumulator, start: Term | None, scope: Scope) -> Term | None:
        """`s = xs[0]`, then `for x in xs[1:]: s += x`: the sum of all, or their maximum."""
        if built.kind == "list" or dotted(built.step) != dotted(node.target):
            return None
        match node.iter:
            case Subscript(value=whole, places=[Slice(lower=Constant(value=1), upper=None)]):
                first = start
                while isinstance(first, App) and first.op == "same":
                    first = first.args[0]
                values = self.reader.lifter.lift(whole, scope)
                if isinstance(first, App) and first.op == "item" and first.args[0] == values:
                    attrs = (("axis", Const(0)), ("keepdims", Lit(False)))
                    every = App(built.kind, (without_origin(values),), attrs)
                    return App("built", (every,)) if _is_first(first) else None
        return None

    def _all_rounds(self, node: For, scope: Scope) -> dict[int, Term]:
        """What the expressions of a loop's body are over all rounds at once, by node."""
        silent = self.reader.silent()
        silent.lifter.seen = {}
        inner = scope.copy()
        for name in bound_names(node.body, scope.modules):
            inner.forget(name)
        silent.lifter.comprehensions.rounds.bind(node.target, node.iter, scope, inner)
        silent.statement(node.body, inner)
        return silent.lifter.seen


def _is_first(item: App) -> bool:
    place = item.attr("place")
    return isinstance(place, Var) and place.name == "0"


def _counting(body: Block, scope: Scope) -> set[str]:
    """The names that count before a loop, and in it."""
    return {name for name in counters_in(body) if _counts(scope.facts.get(name))}


def _counts(term: Term | None) -> bool:
    if isinstance(term, Const):
        return term.value >= 0 and term.value.denominator == 1
    return term is not None and holds_counts(term)
