"""A product with the stable form of some of its factors, the others in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from stabaudit.records import Record
from stabaudit.terms import App, Const, Lit, Term
from stabaudit.terms.arithmetic import MINUS_ONE, ONE, add, addends, factors, mul, power, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand, softmax

#: Functions of exponents that do not depend on what all of these have in common.
SHARES = frozenset({"softmax", "log_softmax"})
#: Of so many factors all choices are tried.
MOST_FACTORS = 6


class Factor(Record):
    """A factor as it is written, or what is divided by."""

    term: Term
    divides: bool

    @property
    def value(self) -> Term:
        """Its normal form."""
        key = normal(expand(self.term))
        return power(key, MINUS_ONE) if self.divides else key

    @property
    def is_number(self) -> bool:
        """Whether nothing in it varies."""
        return isinstance(self.value, Const)


def arranged(product: Term, rest: Term, stable: Term) -> Term | None:
    """`product` with `stable` for all of its factors but those that make up `rest`; `None` where these do not."""
    written = list(_written(product, divides=False))
    wanted = set(factors(split(rest)[1]))
    kept = {i for i, f in enumerate(written) if not f.is_number and wanted.issuperset(factors(split(f.value)[1]))}
    numbers = {i for i, f in enumerate(written) if f.is_number}
    for chosen in (kept | {i for i in numbers if written[i].value != ONE}, kept, *_choices(written)):
        if len(chosen) < len(written) and mul(written[i].value for i in chosen) == rest:
            return _in_order(written, chosen, stable)
    return None


def _choices(written: Sequence[Factor]) -> Iterator[set[int]]:
    """All choices of some of few factors, the most first: a difference is the same factor in either order."""
    if len(written) <= MOST_FACTORS:
        for size in range(len(written) - 1, 0, -1):
            yield from map(set, combinations(range(len(written)), size))


def _written(term: Term, *, divides: bool) -> Iterator[Factor]:
    match term:
        case App(op="mul", args=(a, b)) if _is_written_out(term):
            yield from _written(a, divides=divides)
            yield from _written(b, divides=divides)
        case App(op="div", args=(a, b)) if _is_written_out(term):
            yield from _written(a, divides=divides)
            yield from _written(b, divides=not divides)
        case App(op="neg", args=(App(op="mul" | "div") as a,)) if _is_written_out(term) and _is_written_out(a):
            yield Factor(MINUS_ONE, divides)
            yield from _written(a, divides=divides)
        case _:
            yield Factor(term, divides)


def _is_written_out(term: App) -> bool:
    """Whether a product is written where it stands, not under a name."""
    return term.steps is term.node


def _in_order(written: list[Factor], kept: set[int], stable: Term) -> Term:
    """The factors that are kept, with the stable form in the place of the first that is not."""
    place = next(i for i in range(len(written)) if i not in kept and written[i].term != ONE)
    total: Term | None = None
    turned = False
    for index, factor in enumerate(written):
        term = stable if index == place else factor.term
        if index != place and index not in kept:
            continue
        if factor.term == MINUS_ONE and index in kept:
            turned = not turned
        elif total is None:
            total = App("div", (ONE, term)) if factor.divides and index != place else term
        else:
            total = App("div" if factor.divides and index != place else "mul", (total, term))
    assert total is not None
    return App("neg", (total,)) if turned else total


def with_stable_weights(average: App) -> Term | None:
    """An average with weights `softmax(x)` for `exp(x)`: it divides by their sum itself."""
    x, weights = average.args
    grown = [f for f in factors(normal(expand(weights))) if isinstance(f, App) and f.op == "exp"]
    if len(grown) != 1:
        return None
    shares = softmax(grown[0].args[0], axis=average.attr("axis"))
    rest = mul([normal(expand(weights)), power(grown[0], MINUS_ONE)])
    new = shares if rest == ONE else arranged(weights, rest, shares)
    return (
        None if new is None else App(average.op, (x, new), average.attrs, average.node, average.library, average.steps)
    )


def one_dimension(average: App) -> str | None:
    """Why the weights of an average may not be shared out along its axis: they may have one dimension alone."""
    axis = average.attr("axis")
    if average.op != "weighted_average" or axis in (Lit(None), Const(0), Const(-1)):
        return None
    return "1-D weights have no such axis"


def without_shift(term: Term) -> Term:
    """A term whose shares are of exponents as they are: a maximum that is the same for all makes no difference."""
    if not isinstance(term, App) or SHARES.isdisjoint(term.ops):
        return term
    operands = tuple(map(without_shift, term.args))
    if term.op in SHARES:
        left = [a for a in addends(normal(expand(operands[0]))) if not _is_shift(a, term.attr("axis"))]
        if len(left) < len(addends(normal(expand(operands[0])))) and any(addend.variables for addend in left):
            operands = (add(left), *operands[1:])
    return App(term.op, operands, term.attrs, term.node, term.library, term.steps)


def _is_shift(addend: Term, axis: Term | None) -> bool:
    """Whether an addend is a maximum that all exponents along an axis have in common."""
    coefficient, top = split(addend)
    if coefficient > 0 or not isinstance(top, App) or top.op != "max":
        return False
    return top.attr("axis") == Lit(None) or (top.attr("axis") == axis and top.attr("keepdims") == Lit(True))
