from __future__ import annotations

import numpy as np
import pytest

from stabaudit.proof.unit import unit
from stabaudit.terms import Lit, Var
from stabaudit.terms.ops import (
    exp,
    expm1,
    inverse_softplus,
    log,
    log1p,
    logaddexp,
    logsumexp,
    max_,
    sigmoid,
    softplus,
)

a, b, x = Var("a"), Var("b"), Var("x")
ROW = Lit(None)


@pytest.mark.parametrize("term", [softplus(x), log1p(exp(x)), exp(x) - 1, log(1 + exp(x)), sigmoid(-x), expm1(x)])
@pytest.mark.parametrize("value", [-700.0, -1e-3, 1e-10, 2.0, 30.0])
def test_steps_that_go_into_no_exponential_are_no_excuse(term: object, value: float):
    assert unit(term, {x: np.float64(value)}, np.float64) == 1.0


def test_an_exponent_that_is_handed_on_counts_with_its_size():
    form = exp(a - logsumexp(b, axis=ROW, keepdims=False))
    at = {a: np.float64(1000.0), b: np.array([1000.0, 999.0])}
    # One ULP of 1000 is 1.1e-13, that is 512 ULP of a number just below 1.
    assert 400 < unit(form, at, np.float64) < 1100
    at = {a: np.float64(0.5), b: np.array([0.25, 0.125])}
    assert 1 < unit(form, at, np.float64) < 10


def test_a_difference_of_logarithms_is_no_excuse():
    form = logsumexp(x, axis=ROW, keepdims=False) - max_(x, axis=ROW, keepdims=False)
    assert unit(form, {x: np.array([1000.0, 980.0])}, np.float64) == 1.0


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_near_a_zero_that_nobody_can_know_the_size_around_it_counts(kind: type):
    near = unit(inverse_softplus(x), {x: kind(np.log(2))}, kind)
    assert near > 1e5
    assert unit(inverse_softplus(x), {x: kind(3.0)}, kind) == 1.0


def test_a_logarithm_of_a_sum_has_such_a_zero_and_a_softplus_has_none():
    half = {a: np.float64(-np.log(2)), b: np.float64(-np.log(2))}
    assert unit(logaddexp(a, b), half, np.float64) > 1e5
    assert unit(softplus(x), {x: np.float64(-700.0)}, np.float64) == 1.0
