"""Sums that grow by exponentials in the rounds of a loop, whichever statements add to them.

`risk += exp(x[k])` in a branch of a `while`, and `risk += ties` behind it, leave a sum of exponentials in `risk`, here
and wherever it is read in between. Of its exponents is known only which they are; sums of the same ones share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.scope import Scope
from stabaudit.records import Record
from stabaudit.syntax.bindings import given, targets, telling_nodes
from stabaudit.syntax.compound import For, While
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Binary, Call, Constant, Name
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Assign, Augment
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.arithmetic import factors, is_positive, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    from stabaudit.lift.statements import Reader

#: Sums of exponentials, as they are lifted.
TOTALS = frozenset({"sum", "mean", "cumsum"})


class Growth(Record):
    """A name to which a loop adds, and the expressions that are added."""

    name: str
    steps: tuple[Expression, ...]


class Added(Record):
    """What of a step is known: its exponents, and whether they stand beside weights."""

    exponents: frozenset[Term]
    weighted: bool


class Growing:
    """The sums of the loops of one module."""

    def __init__(self, reader: Reader) -> None:
        self.reader: Reader = proxy(reader)
        self._rows: dict[frozenset[str], Var] = {}

    def sums(self, node: For | While, scope: Scope, known: Iterable[str]) -> dict[str, tuple[Growth, Term]]:
        """What the names hold in the rounds of a loop, but for those that are `known` otherwise."""
        growths = [g for g in _growths(node.body) if g.name not in known and _starts(scope.facts.get(g.name))]
        if not growths or not _grows(node, scope):
            return {}
        seen = self._one_round(node, scope)
        added: dict[str, Added] = {}
        # What is added may be another of these sums.
        for _ in growths:
            for growth in growths:
                if (made := _added(growth, seen, added)) is not None:
                    added[growth.name] = made
        return {g.name: (g, self._total(g.name, added[g.name], scope)) for g in growths if g.name in added}

    def _one_round(self, node: For | While, scope: Scope) -> Mapping[int, Term]:
        """What the expressions of a loop's body are in any round, by node."""
        silent = self.reader.silent()
        silent.growing = self
        silent.lifter.seen = {}
        inner = scope.copy()
        for name in {name for one in telling_nodes(node.body) for name in given(one)}:
            inner.mutate(name)
        if isinstance(node, For):
            for name in targets(node.target):
                inner.forget(name)
        silent.statement(node.body, inner)
        return silent.lifter.seen

    def _total(self, name: str, added: Added, scope: Scope) -> Term:
        key = frozenset(exponent.key for exponent in added.exponents)
        if key not in self._rows:
            text = " and ".join(sorted({_shown(exponent) for exponent in added.exponents}))
            self._rows[key] = Var(text, (("#", self.reader.lifter.fresh()),), rank=1)
        step: Term = App("exp", (self._rows[key],))
        if added.weighted:
            weights = Var(f"the weights in {name}", (("#", self.reader.lifter.fresh()),), rank=1)
            step = App("mul", (weights, step))
        whole: Term = App("sum", (step,), (("axis", Lit(None)), ("keepdims", Lit(False))))
        start = scope.facts[name]
        return App("built", (whole if _is_nothing(start) else App("add", (start, whole)),))


def _growths(body: Node) -> list[Growth]:
    """The names that a loop adds to, and gives no other value but a number to begin with again."""
    steps: dict[str, list[Expression]] = {}
    others: set[str] = set()
    for node in telling_nodes(body):
        match node:
            case Augment(target=Name(name=name), operator="+", value=value):
                steps.setdefault(name, []).append(value)
            case Assign(targets=[Name(name=name)], value=Binary(left=one, operator="+", right=other)) if name in (
                dotted(one),
                dotted(other),
            ):
                steps.setdefault(name, []).append(other if dotted(one) == name else one)
            case Assign(targets=[Name()], value=Constant(value=0 | 0.0)):
                pass
            case Augment():
                others |= targets(node.target)
            case _:
                others |= given(node)
    return [Growth(name, tuple(values)) for name, values in steps.items() if name not in others]


def _starts(term: Term | None) -> bool:
    """Whether a sum begins with nothing, with a number that is no less, or is one already."""
    if isinstance(term, Const):
        return term.value >= 0
    return isinstance(term, App) and (_is_nothing(term) or (term.op == "built" and is_positive(normal(expand(term)))))


def _is_nothing(term: Term) -> bool:
    while isinstance(term, App) and term.op == "same":
        term = term.args[0]
    return isinstance(term, Const) and term.value == 0


def _grows(node: Node, scope: Scope) -> bool:
    """Whether there may be an exponential in a loop: it is written in it, or under a name."""
    for part in below(node):
        if isinstance(part, Call) and "exp" in (called(part) or ""):
            return True
        if isinstance(part, Name) and "exp" in getattr(scope.facts.get(part.name), "ops", ()):
            return True
    return False


def _added(growth: Growth, seen: Mapping[int, Term], others: Mapping[str, Added]) -> Added | None:
    """What is added to a sum, if each step is made of exponentials."""
    exponents: set[Term] = set()
    weighted = False
    for step in growth.steps:
        other = others.get(dotted(step) or "")
        made = other if other is not None else _of(seen.get(id(step)), others)
        if made is None:
            return None
        exponents |= made.exponents
        weighted = weighted or made.weighted
    return Added(frozenset(exponents), weighted)


def _of(term: Term | None, others: Mapping[str, Added]) -> Added | None:
    """A product with one exponential, one sum of exponentials or one of the other sums in it."""
    if term is None:
        return None
    coefficient, rest = split(normal(expand(term)))
    every = factors(rest)
    growing = [f for f in every if "exp" in f.ops or (isinstance(f, Var) and f.name in others)]
    if len(growing) != 1 or coefficient < 0:
        return None
    [one] = growing
    weighted = len(every) > 1
    if isinstance(one, Var):
        return Added(others[one.name].exponents, weighted or others[one.name].weighted)
    if isinstance(one, App) and one.op == "exp":
        return Added(frozenset({one.args[0]}), weighted)
    if isinstance(one, App) and one.op in TOTALS:
        inner = _of(one.args[0], others)
        return None if inner is None else Added(inner.exponents, weighted or inner.weighted)
    return None


def _shown(exponent: Term) -> str:
    names = sorted({variable.name for variable in exponent.variables})
    return names[0] if isinstance(exponent, Var) else f"the exponents of {', '.join(names)}"
