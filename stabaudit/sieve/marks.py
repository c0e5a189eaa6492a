"""Marks: what a value could be in normal form, as far as patterns care.

A mark is an operation of the patterns (`exp`), the number one (`1`, of either sign), an operation directly above
another in the normal form (`log>+`, no matter what products and views stand between), a factor beside a quotient
(`*:exp`), or two exponentials in one sum (`exp+exp`). Each pattern says which marks the code must leave before it can
match. Other numbers (`#`), nothing (`0`) and a coefficient (`%`) are marks for what may become of them: `2 + 2 * x` is a
multiple of `1 + x`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from stabaudit.compiled import compiled
from stabaudit.match import Pattern
from stabaudit.rule import load
from stabaudit.terms import App, Const, Term
from stabaudit.terms.arithmetic import addends, factors
from stabaudit.terms.normal import VIEWS

#: What leaves no mark: views move about in the normal form, and products are everywhere.
UNMARKED = VIEWS | {"*"}
ONE, NUMBER, ZERO, COEFFICIENT, TWICE = "1", "#", "0", "%", "exp+exp"

#: Of a clause one mark at least must be there; a need is met when all its clauses are.
Clause = tuple[str, ...]
Need = tuple[Clause, ...]


@cache
def telling() -> tuple[str, ...]:
    """The operations that leave a mark, in the order of their bits."""
    return _table()[0]


@cache
def needs() -> tuple[Need, ...]:
    """What code must leave before any pattern matches: all of one of these."""
    return _table()[1]


@cache
def _table() -> tuple[tuple[str, ...], tuple[Need, ...]]:
    # A file that holds nothing pays for no rule.
    return compiled("marks", lambda: (_telling(), _needs()))


def _telling() -> tuple[str, ...]:
    found = {op for p in _patterns() for op in p.term.ops}
    return tuple(sorted((found | {"+", "^"}) - UNMARKED))


def _needs() -> tuple[Need, ...]:
    every = {tuple(sorted(set(_clauses(p.term, "", beside=False)))) for p in _patterns()}
    # What asks for more than another is never the first to be met.
    return tuple(sorted(n for n in every if not any(set(o) < set(n) for o in every)))


def _patterns() -> tuple[Pattern, ...]:
    return tuple(p for r in load() for f in r.forms for p in f.patterns)


def _clauses(term: Term, above: str, *, beside: bool) -> Iterator[Clause]:
    """The clauses of a term directly under the operation `above`; `beside`: it is a factor of a product."""
    if not isinstance(term, App):
        return
    op, operands = term.op, term.args
    if op == "^":
        operands = term.args[:1]
    if op == "*":
        yield from _factors(term)
    # `x * x` is a power, too, and a product of exponentials is the exponential of a sum.
    unmarked = op in UNMARKED or (op == "^" and not _divides(term)) or (op in ("+", "^") and above == "exp")
    if not unmarked:
        yield _made_from(op)
        if above:
            # `e ** x` is an exponential.
            makers = (above, "^") if above == "exp" else _made_from(above)
            yield tuple(f"{maker}>{made}" for maker in makers for made in _made_from(op))
        if op == "+":
            yield from _addends(term, beside or above == "^")
    for operand in operands:
        yield from _clauses(operand, above if unmarked else op, beside=op == "*")


def _factors(product: App) -> Iterator[Clause]:
    """What stands beside a quotient."""
    if any(isinstance(f, App) and f.op == "^" and _divides(f) for f in product.args):
        for factor in map(_viewed, product.args):
            if isinstance(factor, App) and factor.op not in UNMARKED | {"^"}:
                yield tuple(f"*:{made}" for made in _made_from(factor.op))


def _addends(total: App, beside: bool) -> Iterator[Clause]:
    """Numbers and exponentials in a sum."""
    parts = addends(total)
    twice = sum(any(isinstance(f, App) and f.op == "exp" for f in factors(a)) for a in parts) > 1
    if numbers := [a.value for a in parts if isinstance(a, Const)]:
        # The common factor of two exponentials goes out of a sum that is a factor itself, and leaves a number.
        number = (f"+>{ONE}",) if abs(numbers[0]) == 1 else (f"+>{ONE}", f"+>{NUMBER}")
        yield (*number, TWICE) if beside else number
    if twice:
        yield (TWICE,)


def _viewed(factor: Term) -> Term:
    """What a factor is a view of."""
    while isinstance(factor, App) and factor.op in VIEWS:
        factor = factor.args[0]
    return factor


def _made_from(op: str) -> Clause:
    """The marks of what an operation of the normal form was made from."""
    return ("cumsum",) if op == "revcumsum" else (op,)


def _divides(power: App) -> bool:
    exponent = power.args[1]
    return isinstance(exponent, Const) and exponent.value < 0
