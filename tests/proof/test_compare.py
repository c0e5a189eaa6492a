"""What a value is compared with that takes the place of another one."""

from __future__ import annotations

import pytest

from stabaudit.proof import compare as comparison
from stabaudit.proof.exact import exact
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Site
from stabaudit.proof.shared_verdicts import compare
from stabaudit.terms import App, Const, Var

X, Y = Var("x"), Var("y")
ONE = Const(1)
SIGMOID = App("div", (ONE, App("add", (ONE, App("exp", (App("neg", (X,)),))))))
STABLE = App("sigmoid", (X,))


def test_a_variable_without_a_value_has_no_exact_value():
    with pytest.raises(NotEvaluable, match="`y` has no value"):
        exact(App("add", (X, Y)), {X: 1.0})


@pytest.mark.parametrize("error", [NotEvaluable("no value"), KeyError("x"), ZeroDivisionError(), ValueError("shapes")])
def test_what_cannot_be_computed_is_not_shown_to_be_right(monkeypatch: pytest.MonkeyPatch, error: Exception):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(comparison, "compare", fails)
    short = compare(Site(SIGMOID), STABLE)
    assert short is not None
    assert short.fault == "as wrong"
    assert "could not be shown to be right" in short.reason


def test_a_difference_with_another_variable_may_cancel():
    site = Site(App("sub", (Y, SIGMOID)), digits=True)
    after = App("sub", (Y, STABLE))
    assert compare(site, after, itself=True) is not None
    assert compare(site, after, itself=True, own=frozenset({X})) is None


def test_a_value_that_is_wrong_whatever_another_variable_is_falls_short():
    site = Site(App("pow", (App("sub", (ONE, SIGMOID)), Y)), digits=True)
    short = compare(site, App("pow", (App("sub", (ONE, STABLE)), Y)), itself=True, own=frozenset({X}))
    assert short is not None
    assert short.fault == "as wrong"
