"""What each name of the libraries does to the shapes of what it is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, reduce

from stabaudit.catalogue.compiled import compiled
from stabaudit.records import Record
from stabaudit.sieve.bits import (
    PLAIN,
    added,
    blamed,
    chosen_from,
    divided,
    multiplied,
    number,
    quiet,
    raised,
    shared,
    subtracted,
    tamed,
    under,
    wholes_of,
    without_numbers,
)
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.normal import VIEWS
from stabaudit.terms.ops import TABLE, expand

STEPS: dict[str, Callable[[int, int], int]] = {
    "add": added, "sub": subtracted, "+": added, "mul": multiplied, "*": multiplied, "div": divided, "pow": raised,
    "^": raised,
}  # fmt: skip
#: What hands on the very value it is given.
LOOKS = VIEWS | {
    "neg", "same", "call", "built", "mapping", "ascending", "descending", "pair", "masked", "squeeze", "flip", "where",
}  # fmt: skip


class Names(Record):
    """The last names that all dialects have for something: what is in them is seldom asked for."""

    operations: dict[str, frozenset[str]]
    objects: frozenset[str]
    constants: frozenset[str]


def operations() -> dict[str, frozenset[str]]:
    """The operations that each name may spell, by the last part of its path: `np.maximum.reduce` is a `reduce`."""
    return _names().operations


def objects() -> frozenset[str]:
    """The last names of classes whose objects compute an operation."""
    return _names().objects


def constants() -> frozenset[str]:
    """The last parts of the names of Euler's number."""
    return _names().constants


@cache
def _names() -> Names:
    # A file that holds nothing pays for no dialect.
    return compiled("names", _collected, _packed, _unpacked)


def _collected() -> Names:
    from stabaudit.dialects import OF_TWO, dialects

    operations: dict[str, frozenset[str]] = {}
    for dialect in dialects():
        every = (*dialect.functions.items(), *dialect.methods.items(), *dialect.objects.items())
        for path, spelling in every:
            name = path.rpartition(".")[2]
            of_two = OF_TWO.get(spelling.op, spelling.op)
            operations[name] = operations.get(name, frozenset()) | {spelling.op, of_two}
    objects = frozenset(path.rpartition(".")[2] for dialect in dialects() for path in dialect.objects)
    numbers = (path for dialect in dialects() for path, number in dialect.constants.items() if number == "e")
    return Names(operations, objects, frozenset(path.rpartition(".")[2] for path in numbers))


def _packed(names: Names) -> str:
    # To import `json` takes a millisecond.
    operations = (" ".join([name, *sorted(own)]) for name, own in names.operations.items())
    return "\n".join([*(" ".join(sorted(some)) for some in names[1:]), *operations])


def _unpacked(text: str) -> Names:
    objects, constants, *operations = (line.split() for line in text.split("\n"))
    return Names({name: frozenset(own) for name, *own in operations}, frozenset(objects), frozenset(constants))


#: Operations that keep a value in bounds, which are seen through.
BOUNDING = frozenset({"maximum", "minimum"})


@lru_cache(maxsize=1 << 14)
def applied(op: str, given: int) -> int:
    """The shapes of an operation on operands that left `given` together."""
    row, formula = TABLE[op], _formula(op)
    value = _value(formula, given)
    if op == "where":
        return chosen_from(value)
    if not row.stable:
        return value
    # `log1p(exp(x))` is no stable form of anything, though `log1p` is.
    if not row.elementary:
        return tamed(quiet(without_numbers(value)), given) | wholes_of(given) | blamed(op)
    return quiet(value) | wholes_of(value & ~_value(formula, 0) | given) | shared(value, given)


@cache
def _formula(op: str) -> Term:
    row = TABLE[op]
    return expand(row(*(Var(n) for n in row.operands), **dict.fromkeys(row.settings, Lit(None))))


def _value(term: Term, given: int) -> int:
    """The shapes of a formula whose variables left `given`."""
    if isinstance(term, Const):
        return number(float(term.value))
    if not isinstance(term, App):
        return given
    operands = [_value(a, given) for a in term.args]
    if term.op in STEPS:
        return reduce(STEPS[term.op], operands)
    whole = reduce(int.__or__, operands, 0)
    if term.op in PLAIN:
        made = under(PLAIN[term.op], whole)
        # `e / maximum(e.sum(), 1e-12)` is read as what is kept above a guard, too.
        return made | without_numbers(whole) if term.op in BOUNDING else made
    return whole if term.op in LOOKS else without_numbers(whole)
