from __future__ import annotations

import numpy as np
import pytest

from stabaudit import runtime
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.terms import Data, Lit, Var
from stabaudit.terms.ops import (
    exp,
    gt,
    log,
    log1p,
    logsumexp,
    max_,
    sigmoid,
    softmax,
    sum_,
    weighted_logsumexp,
    where,
)

x, w, axis = Var("x"), Var("w"), Var("axis")


def test_the_user_s_own_steps_are_taken_in_the_user_s_own_type():
    for kind in (np.float32, np.float64):
        value = Floats({x: kind(0.1)}, kind).run(log(1 + exp(x)))
        assert value.dtype == kind
        assert value == np.log(kind(1) + np.exp(kind(0.1)))


def test_an_overflow_on_the_way_is_seen_although_the_result_is_a_number():
    run = Floats({x: np.float64(-800.0)})
    assert run.run(1 / (1 + exp(-x))) == 0.0
    assert run.overflow
    run = Floats({x: np.float64(800.0)})
    assert run.run(1 / (1 + exp(-x))) == 1.0
    assert not run.overflow


def test_an_overflow_is_seen_at_the_elements_where_it_is():
    run = Floats({x: np.array([0.0, 800.0, -800.0])})
    run.run(1 / (1 + exp(x)))
    assert run.overflow.tolist() == [False, True, False]


def test_an_overflow_in_float32_alone_is_none_in_float64():
    for kind, overflows in ((np.float32, True), (np.float64, False)):
        run = Floats({x: kind(100.0)}, kind)
        run.run(exp(x))
        assert bool(run.overflow) is overflows


def test_an_infinity_that_came_in_is_no_overflow():
    run = Floats({x: np.float64(np.inf)})
    run.run(exp(x) + 1)
    assert not run.overflow


def test_logarithms_of_nothing_and_divisions_by_zero_are_seen():
    run = Floats({x: np.array([0.0, 1.0, -1.0])})
    run.run(log(x))
    assert run.domain.tolist() == [True, False, True]
    run = Floats({x: np.array([-1.0, 0.0])})
    run.run(log1p(x))
    assert run.domain.tolist() == [True, False]
    run = Floats({x: np.array([0.0, 2.0])})
    run.run(1 / x)
    assert run.zero_division.tolist() == [True, False]


def test_steps_in_the_branch_that_is_not_taken_do_no_harm():
    run = Floats({x: np.array([800.0, -800.0])})
    value = run.run(where(gt(x, 0), 1 / (1 + exp(-x)), exp(x)))
    assert value.tolist() == [1.0, 0.0]
    assert not np.any(run.overflow)


@pytest.mark.parametrize("other", [None, "none"])
def test_a_branch_that_is_no_number_is_a_value_only_where_it_is_not_taken(other: object):
    # `None if fixed is not None else 1 / (1 + exp(-x))`
    chosen = where(gt(x, 0), 1 / (1 + exp(-x)), Lit(other))

    assert Floats({x: np.array([1.0, 2.0])}).run(chosen)[0] == 1 / (1 + np.exp(-1.0))
    with pytest.raises(NotEvaluable, match="is no number"):
        Floats({x: np.array([1.0, -2.0])}).run(chosen)


@pytest.mark.parametrize("where_to", [None, 0, 1, -1])
def test_stable_operations_are_computed_by_the_runtime(where_to: int | None):
    values = np.array([[1000.0, 0.0], [1.0, 2.0]])
    given = {x: values, axis: where_to, w: np.array([[1.0, 2.0], [0.5, 3.0]])}
    assert np.array_equal(Floats(given).run(softmax(x, axis=axis)), runtime.softmax(values, axis=where_to))
    assert np.array_equal(
        Floats(given).run(logsumexp(x, axis=axis, keepdims=True)),
        runtime.logsumexp(values, axis=where_to, keepdims=True),
    )
    assert np.array_equal(
        Floats(given).run(weighted_logsumexp(x, w, axis=axis)),
        runtime.logsumexp(values, axis=where_to, b=given[w]),
    )
    assert Floats({x: np.float64(-800.0)}).run(sigmoid(x)) == runtime.sigmoid(-800.0)


def test_an_array_in_the_source_is_an_array_of_the_type():
    assert Floats({}, np.float32).run(Data((1.0, 2.0)) + 1).dtype == np.float32


@pytest.mark.parametrize(
    "term",
    [sum_(x, axis=Lit(1)), x + Var("missing") * 0, max_(x, axis=Lit(7))],
    ids=["no such axis", "no such value", "far from any axis"],
)
def test_what_cannot_be_computed_says_so(term: object):
    with pytest.raises((NotEvaluable, KeyError)):
        Floats({x: np.array([1.0, 2.0])}).run(term)


def test_nothing_is_warned_of():
    Floats({x: np.array([1e4, -1e4, 0.0])}).run(log(exp(x)) / x)
