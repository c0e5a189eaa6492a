from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from mpmath import iv, mp, mpf

from stabaudit.proof.error import rounded
from stabaudit.proof.exact import NOTHING, PRECISIONS, exact
from stabaudit.proof.intervals import exp as _exp
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.terms import Const, Lit, Term, Var
from stabaudit.terms.ops import (
    exp,
    expm1,
    floor,
    gt,
    log,
    log1mexp,
    log1p,
    logsumexp,
    max_,
    sign,
    softmax,
    sqrt,
    sum_,
    tanh,
    where,
)

x, y = Var("x"), Var("y")


def near(value: object, truth: object) -> bool:
    with mp.workprec(400):
        return abs(mpf(value) - mpf(truth)) <= mpf(2) ** -70 * abs(mpf(truth))


@pytest.mark.parametrize("tiny", [1e-17, 1e-300, -1e-300, 5e-324])
def test_a_tiny_number_beside_a_one_is_not_lost_at_any_fixed_precision(tiny: float):
    with mp.workprec(4000):
        assert near(exact(log1p(x), {x: tiny}), mp.log1p(mpf(tiny)))
        assert near(exact(expm1(x), {x: tiny}), mp.expm1(mpf(tiny)))


@pytest.mark.parametrize("bits", [bits for bits in PRECISIONS if 2.0 ** -(bits + 15)])
@pytest.mark.parametrize("sign", [1, -1])
def test_exp_is_right_where_the_intervals_of_mpmath_miss_the_truth(bits: int, sign: int):
    # In this octave `iv.exp` gives the point 1: an answer that looks decided.
    argument = 0.75 * 2.0 ** -(bits + 14)
    with mp.workprec(4 * bits):
        assert near(exact(exp(x) - 1, {x: sign * argument}), mp.expm1(mpf(sign * argument)))


def test_the_fault_of_mpmath_that_is_worked_around_is_still_there():
    before, iv.prec = iv.prec, 160
    try:
        value = iv.exp(iv.mpf(0.75 * 2.0**-174))
    finally:
        iv.prec = before
    assert value.a == value.b == 1


def test_the_far_ends_of_the_domain_are_decided():
    with mp.workprec(40000):
        assert near(exact(log(1 + exp(x)), {x: -1e4}), mp.log1p(mp.exp(mpf(-1e4))))
        assert near(exact(log(1 + exp(x)), {x: 1e4}), mp.log1p(mp.exp(mpf(1e4))))


def test_a_decimal_in_a_template_is_the_decimal_and_a_float_input_is_the_float():
    with mp.workprec(400):
        assert near(exact(x + Fraction(1, 10), {x: 0.0}), mpf(1) / 10)
        assert near(exact(x + 0, {x: 0.1}), mpf(0.1))


@pytest.mark.parametrize(
    ("term", "value"),
    [(log(x), 0.0), (log(x), -1.0), (1 / x, 0.0), (sqrt(x), -1.0), (log1mexp(x), 1.0), (x**-1, 0.0)],
)
def test_where_there_is_no_real_value_it_is_undefined(term: object, value: float):
    with pytest.raises((Undefined, NotEvaluable)):
        exact(term, {x: value})


def test_a_branch_that_is_not_taken_needs_no_value():
    chosen = where(gt(x, 0), log(x), x)
    assert float(exact(chosen, {x: -2.0})) == -2.0
    values = exact(chosen, {x: np.array([1.0, 4.0])})
    with mp.workprec(200):
        assert near(values[1], mp.log(4))


@pytest.mark.parametrize("term", [log(exp(x) / exp(x)), exp(-exp(exp(x))), log(1 + exp(-exp(x)))])
def test_what_no_float_could_tell_from_nothing_is_nothing(term: Term):
    with pytest.raises(NotEvaluable):
        exact(term, {x: 10.0})
    assert exact(term, {x: 10.0}, NOTHING) == 0
    # What can be told from it is.
    with mp.workprec(200):
        assert near(exact(exp(x), {x: -1e4}, NOTHING), mp.exp(-10000))


@pytest.mark.parametrize("argument", [1e20, -1e20, 1e300, -1e300, 2.0**1000, 12345.678e50])
@pytest.mark.parametrize("bits", [160, 1280, 5120])
def test_the_exponential_of_a_large_number_is_within_the_bounds(argument: float, bits: int):
    before, iv.prec = iv.prec, bits
    try:
        low, high = (mp.make_mpf(bound) for bound in _exp(iv.mpf(argument))._mpi_)
    finally:
        iv.prec = before
    with mp.workprec(bits + 1100):
        # The logarithm of the bounds, whose own exponents have a thousand bits.
        assert mp.log(low) < mpf(argument) < mp.log(high)
        assert mp.log(high) - mp.log(low) < mpf(2) ** (2 - bits)


def test_a_tower_of_exponentials_is_decided_without_a_power_of_so_many_digits():
    with mp.workprec(20000):
        assert near(exact(log(1 + exp(exp(x))), {x: 1e4}), mp.exp(mpf(1e4)))


def test_an_operation_without_interval_meaning_says_so():
    with pytest.raises(NotEvaluable, match="floor"):
        exact(floor(x), {x: 1.5})


@pytest.mark.parametrize("axis", [None, 0, 1, -1, (0, 1)])
@pytest.mark.parametrize("keepdims", [True, False])
def test_reductions_have_the_shape_and_value_that_numpy_gives(axis: object, keepdims: bool):
    values = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, -4.0]])
    for ours, theirs in ((sum_, np.sum), (max_, np.max)):
        got = rounded(exact(ours(x, axis=Lit(axis), keepdims=keepdims), {x: values}))
        assert np.array_equal(got, theirs(values, axis=axis, keepdims=keepdims))


def test_settings_are_read_from_the_values():
    values = np.array([[1000.0, 0.0], [-1000.0, -1000.0]])
    got = rounded(exact(logsumexp(x, axis=Var("axis"), keepdims=Var("k")), {x: values, Var("axis"): 1, Var("k"): True}))
    assert np.array_equal(got, [[1000.0], [-1000 + np.log(2)]])


def test_proportions_of_far_apart_numbers_are_right_to_the_last_place():
    got = exact(softmax(x, axis=Lit(None)), {x: np.array([0.0, -5000.0])})
    with mp.workprec(200):
        assert near(got[1], mp.exp(-5000) / (1 + mp.exp(-5000)))
    assert near(exact(tanh(x), {x: 1e-12}), mp.tanh(mpf(1e-12)))


@pytest.mark.parametrize("exponent", [10**19 + 1, -(10**19 + 1), 3**200])
def test_an_odd_power_of_many_digits_of_a_negative_number_is_negative(exponent: int):
    assert exact(sign(x ** Const(Fraction(exponent))), {x: -2.0}) == -1
    with pytest.raises(Undefined):
        exact(log(x ** Const(Fraction(exponent))), {x: -2.0})


def test_what_has_more_digits_than_there_is_memory_is_not_evaluated():
    with pytest.raises(NotEvaluable):
        exact(exp(exp(exp(exp(x)))), {x: np.float64(700.0)})
