"""The parts the runtime is built of, and where its thresholds come from."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from stabaudit.runtime import twofold
from stabaudit.runtime.constants import split_ln2
from stabaudit.runtime.log1mexp import log1mexp
from stabaudit.runtime.shift import shifted
from stabaudit.runtime.softmax import HIGH, softmax
from stabaudit.runtime.total import plain, rest, total
from tests.runtime import truth

RNG = np.random.default_rng(0)
WIDE = np.exp2(RNG.uniform(-40, 40, (2, 300))) * RNG.choice([-1, 1], (2, 300))


def exactly(values: Any) -> list[Fraction]:
    return [Fraction(float(v)) for v in values]


def test_a_twofold_sum_and_product_lose_nothing() -> None:
    a, b = WIDE
    for found, operation in (
        (twofold.two_sum(a, b), Fraction.__add__),
        (twofold.two_product(a, b), Fraction.__mul__),
    ):
        high, low = found
        expected = [operation(x, y) for x, y in zip(exactly(a), exactly(b), strict=True)]

        assert [x + y for x, y in zip(exactly(high), exactly(low), strict=True)] == expected


@pytest.mark.parametrize("name", ["exp", "expm1"])
def test_a_twofold_exponential_has_a_hundred_bits(name: str) -> None:
    tiny = -(10.0 ** RNG.uniform(-20, 0, 200))
    x = np.concatenate([RNG.uniform(-600, 600, 200), RNG.normal(0, 1, 200), tiny, [0.0]])
    high, low = getattr(twofold, name)(x)

    for v, h, t in zip(x, high, low, strict=True):
        exact = getattr(truth, name)(truth.number(float(v)))
        unit = max(truth.number(1), truth.exp(truth.number(float(v)))) if name == "expm1" else exact
        assert abs(truth.number(float(h)) + truth.number(float(t)) - exact) <= unit * truth.number(2) ** -98


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble])
def test_ln_2_is_split_to_twice_the_precision(dtype: Any) -> None:
    high, low = split_ln2(np.dtype(dtype))
    exact = truth.log(truth.number(2))
    parts = [high, low]
    # A longdouble goes over in halves.
    numbers = [truth.number(float(p)) + truth.number(float(p - dtype(float(p)))) for p in parts]

    assert abs(sum(numbers, start=truth.number(0)) - exact) <= exact * truth.number(2) ** (-2 * np.finfo(dtype).nmant)
    assert abs(low) <= np.spacing(high) / 2


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("scale", [1e-200, 1e-3, 1, 1e6, 1e200])
def test_a_sum_is_as_good_as_correctly_rounded(axis: int, scale: float) -> None:
    for n in (1, 7, 100, 3000):
        e = np.exp(RNG.normal(0, 4, (5, n))) * scale
        head, tail = total(e if axis == 1 else np.ascontiguousarray(e.T), axis)

        for row, h, t in zip(e, head, tail, strict=True):
            exact = sum(exactly(row))
            assert abs(Fraction(float(h)) + Fraction(float(t)) - exact) <= exact * Fraction(1, 2**58)
            assert h + t == pytest.approx(math.fsum(row.tolist()), rel=2.3e-16, abs=0)


def test_a_plain_sum_would_not_do() -> None:
    e = np.tile(np.concatenate([[1.0], np.full(100_000, 2.0**-54)])[:, None], 2)
    head, tail = total(e, 0)

    assert (plain(e, 0) == 1).all()
    assert (head + tail == 1 + 100_000 * 2.0**-54).all()


def test_what_comes_on_top_of_one_keeps_its_bits() -> None:
    for size in (1e-30, 1e-12, 1e-7, 1e-3, 1.0):
        e = np.concatenate([[1.0], RNG.uniform(0, size, 200)])[None]
        exact = sum(exactly(e[0, 1:]))

        assert abs(Fraction(float(rest(e, 1)[0])) - exact) <= exact * Fraction(1, 2**50)


def test_a_shift_keeps_what_it_rounds_off() -> None:
    x, m = WIDE[0] * 1e-9, np.asarray(600.1)
    d, low = shifted(x, m)
    sums = [a + b for a, b in zip(exactly(d), exactly(low), strict=True)]

    assert sums == [a - Fraction(float(m)) for a in exactly(x)]


def test_the_bounds_without_a_shift_come_from_the_range() -> None:
    largest, least = np.finfo(float).max, np.finfo(float).tiny

    # Exponentials down to -700 are normal numbers; 10^9 elements at 690 still have a finite sum.
    assert math.exp(-700) > least
    assert math.exp(690) * 1e8 < largest
    assert HIGH * 1e9 < largest
    assert math.exp(-80) > np.finfo(np.float32).tiny
    assert math.exp(80) * 1e3 < np.finfo(np.float32).max


@pytest.mark.parametrize("top", [-745.0, -701.0, -700.0, -1.0, 0.0, 689.0, 690.0, 691.0, 710.0, 1e4])
def test_no_result_changes_its_quality_at_a_bound(top: float) -> None:
    x = top + np.linspace(-3, 0, 150)
    exact = truth.softmax(truth.numbers(x))

    assert truth.ulps(softmax(x), exact).max() <= 3.1
    assert truth.ulps(softmax(np.tile(x, (80, 1)), axis=1)[7], exact).max() <= 3.1


def test_the_cut_of_log1mexp_is_where_both_branches_lose_least() -> None:
    x = -np.linspace(0.3, 1.5, 2000)
    exact = [truth.UNIVARIATE["log1mexp"](v) for v in truth.numbers(x)]
    left = truth.ulps(np.log1p(-np.exp(x)), exact)
    right = truth.ulps(np.log(-np.expm1(x)), exact)
    chosen = truth.ulps(log1mexp(x), exact)
    below, above = x < -math.log(2), x >= -math.log(2)

    assert chosen.max() <= 1.65
    # On its wrong side either branch is worse than the one that is taken.
    assert left[above].max() > chosen[above].max()
    assert right[below].max() > chosen[below].max()
