"""Terms as rows of plain values, and back: each row speaks of the operands by their numbers, which come before it.

Where a term was read is left out: a template was not read from anyone's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from stabaudit.terms.term import App, Bounds, Const, Lit, Term, Var

#: What a row begins with.
APP, VAR, CONST, LIT = "app", "var", "const", "lit"


class Table:
    """Rows that terms are put into; equal ones once."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[str, int] = {}

    def number(self, term: Term) -> int:
        """The number of the row of a term, which is put in if it is new."""
        row = self._row(term)
        # The text of a row tells `True` from 1, which are equal.
        if (text := repr(row)) not in self._numbers:
            self._numbers[text] = len(self.rows)
            self.rows.append(row)
        return self._numbers[text]

    def numbers(self, terms: Iterable[Term]) -> list[int]:
        """The numbers of several terms, in the order of the numbers."""
        return sorted(map(self.number, terms))

    def _row(self, term: Term) -> list[Any]:
        match term:
            case App():
                args = [self.number(one) for one in term.args]
                return [APP, term.op, args, [[name, self.number(one)] for name, one in term.attrs], term.library]
            case Var():
                return [
                    VAR,
                    term.name,
                    [[*one] for one in term.stamp],
                    term.rank,
                    None if term.bounds is None else [*term.bounds],
                ]
            case Const():
                return [CONST, term.value.numerator, term.value.denominator]
            case Lit(value=None | bool() | str() | int()):
                return [LIT, term.value]
        raise ValueError(f"no rule or operation has such a term: {term!r}")


def read(rows: Iterable[Sequence[Any]]) -> list[Term]:
    """The terms of the rows of a table; raises `ValueError`, `TypeError` or `LookupError` for what is none."""
    terms: list[Term] = []
    for kind, *parts in rows:
        terms.append(_READ[kind](terms, *parts))
    return terms


def _app(terms: list[Term], op: str, args: list[int], attrs: list[tuple[str, int]], library: str | None) -> Term:
    return App(op, tuple([terms[n] for n in args]), tuple([(name, terms[n]) for name, n in attrs]), None, library)


def _var(_: list[Term], name: str, stamp: list[tuple[str, int]], rank: int | None, bounds: list[Any] | None) -> Term:
    between = None if bounds is None else Bounds(*bounds)
    return Var(name, tuple([(one, number) for one, number in stamp]), None, rank, between)


def _const(_: list[Term], numerator: int, denominator: int) -> Term:
    return Const(numerator if denominator == 1 else Fraction(numerator, denominator))


def _lit(_: list[Term], value: bool | str | int | None) -> Term:
    return Lit(value)


_READ: dict[str, Callable[..., Term]] = {APP: _app, VAR: _var, CONST: _const, LIT: _lit}
