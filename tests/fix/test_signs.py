"""A difference keeps its meaning whatever sign stands in front of what is taken away."""

from __future__ import annotations

import pytest

from stabaudit.dialects import named
from stabaudit.fix.render import ATOM, SIGN, NotRenderable, Renderer, Text
from stabaudit.ops import infinity, log, sub
from stabaudit.terms import Term, Var

A, B = Var("a"), Var("b")


def rendered(term: Term, b: Text, library: str = "numpy") -> str:
    """The term in the words of a library, where b is spelled like this."""
    home = named(library)
    return Renderer({A: Text("a", ATOM), B: b}, lambda v: True, home, home, str, str).render(term).source


@pytest.mark.parametrize(
    ("b", "difference"),
    [
        (Text("b", ATOM), "a - b"),
        (Text("-c", SIGN), "a + c"),
        (Text("~c", SIGN), "a - ~c"),
        (Text("+c", SIGN), "a - +c"),
        (Text("-c(\n    d\n)", SIGN, open_ended=True), "a - (-c(\n    d\n))"),
    ],
)
def test_only_a_minus_is_taken_from_a_minus(b: Text, difference: str):
    assert rendered(sub(A, B), b) == difference


def test_a_library_that_takes_no_numbers_is_told_what_it_can_say():
    assert rendered(sub(A, log(2)), Text("b", ATOM), "torch") == "a - 0.6931471805599453"
    with pytest.raises(NotRenderable, match="infinity"):
        rendered(infinity(), Text("b", ATOM), "torch")
