"""What each name of the libraries does to the shapes of what it is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, reduce

from stabaudit.dialects import dialects
from stabaudit.sieve.bits import (
    PLAIN,
    added,
    divided,
    multiplied,
    number,
    quiet,
    raised,
    shared,
    tamed,
    under,
    wholes_of,
    without_numbers,
)
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.normal import VIEWS
from stabaudit.terms.ops import TABLE, expand

STEPS: dict[str, Callable[[int, int], int]] = {
    "add": added, "sub": added, "+": added, "mul": multiplied, "*": multiplied, "div": divided, "pow": raised,
    "^": raised,
}  # fmt: skip
#: What hands on the very value it is given.
LOOKS = VIEWS | {
    "neg", "same", "call", "built", "mapping", "ascending", "descending", "pair", "masked", "squeeze", "flip", "where",
}  # fmt: skip


@cache
def operations() -> dict[str, frozenset[str]]:
    """The operations that each name may spell, by the last part of its path: `np.maximum.reduce` is a `reduce`."""
    found: dict[str, frozenset[str]] = {}
    for dialect in dialects():
        every = (*dialect.functions.items(), *dialect.methods.items(), *dialect.objects.items())
        for path, spelling in every:
            name = path.rpartition(".")[2]
            found[name] = found.get(name, frozenset()) | {spelling.op}
    return found


@cache
def objects() -> frozenset[str]:
    """The last names of classes whose objects compute an operation."""
    return frozenset(path.rpartition(".")[2] for dialect in dialects() for path in dialect.objects)


@lru_cache(maxsize=1 << 14)
def applied(op: str, given: int) -> int:
    """The shapes of an operation on operands that left `given` together."""
    row, formula = TABLE[op], _formula(op)
    value = _value(formula, given)
    if not row.stable:
        return value
    # `log1p(exp(x))` is no stable form of anything, though `log1p` is.
    if not row.elementary:
        return tamed(quiet(without_numbers(value)), given) | wholes_of(given)
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
        return under(PLAIN[term.op], whole)
    return whole if term.op in LOOKS else without_numbers(whole)


@cache
def constants() -> frozenset[str]:
    """The last parts of the names of Euler's number."""
    return frozenset(p.rpartition(".")[2] for d in dialects() for p, c in d.constants.items() if c == "e")
