"""Calls of a function that is read anew are paired with those of the first reading, in their order."""

from __future__ import annotations

from stabaudit.check.same_names import Names
from stabaudit.lift.reread import Entry
from stabaudit.syntax.expressions import Name
from stabaudit.terms import App, Term, Var


def total(first: int, count: int) -> Term:
    """`f(x) + f(x) + ...`: each call is a value of its own."""
    found: Term = Var("f(x)", (("#", first),))
    for number in range(first + 1, first + count):
        found = App("add", (found, Var("f(x)", (("#", number),))))
    return found


def test_hundreds_of_equal_calls_are_paired_one_by_one() -> None:
    """Each held against all others took 12 s of CPU for 380 of them."""
    old, new = App("log", (total(0, 300),)), App("log1p", (total(5_000, 300),))
    entry = Entry(Name("x"), old, (), False, {})
    assert Names([]).translated(new, entry, {}) == App("log1p", old.args)
