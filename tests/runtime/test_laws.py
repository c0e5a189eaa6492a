"""What holds for all arrays: invariances, symmetries, inverses, agreement with the definition on any axes."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from stabaudit import runtime

EPS = np.finfo(float).eps


def for_all(*strategies: Any) -> Any:
    """`given` without a deadline: the machine may be busy."""
    quick = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    return lambda test: quick(given(*strategies)(test))


numbers = st.floats(-700, 700, width=64)
shapes = hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=5)
arrays = hnp.arrays(st.sampled_from([np.float64, np.float32]), shapes, elements=st.floats(-80, 80, width=32))
filled = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=6), elements=numbers)


def axes(ndim: int) -> list[Any]:
    """Every axis argument there is for an array of `ndim` dimensions."""
    several = [c for k in range(2, ndim + 1) for c in itertools.permutations(range(ndim), k)]
    return [None, *range(-ndim, ndim), *several]


def plain_softmax(x: Any, axis: Any) -> Any:
    """The definition in 80 bits."""
    wide = np.asarray(x, np.longdouble)
    with np.errstate(all="ignore"):
        e = np.exp(wide - np.max(wide, axis=axis, keepdims=True, initial=-np.inf))
        return e / np.sum(e, axis=axis, keepdims=True)


@for_all(arrays, st.data())
def test_any_axes_agree_with_the_definition(x: Any, data: Any) -> None:
    axis = data.draw(st.sampled_from(axes(x.ndim)))
    expected = plain_softmax(x, axis)
    eps = np.finfo(x.dtype).eps

    found = runtime.softmax(x, axis=axis)

    assert found.dtype == x.dtype
    np.testing.assert_allclose(found, expected, rtol=8 * eps, atol=float(np.finfo(x.dtype).tiny))
    for keepdims in (False, True):
        value = runtime.logsumexp(x, axis=axis, keepdims=keepdims)
        assert np.shape(value) == np.sum(x, axis=axis, keepdims=keepdims).shape
        with np.errstate(all="ignore"):
            top = np.max(np.asarray(x, np.longdouble), axis=axis, keepdims=True, initial=-np.inf)
            total = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
        np.testing.assert_allclose(np.ravel(value), np.ravel(total).astype(x.dtype), rtol=8 * eps, atol=8 * eps)


@for_all(filled, st.data())
def test_steps_agree_with_each_other(x: Any, data: Any) -> None:
    axis = data.draw(st.sampled_from(axes(x.ndim)))
    logs = runtime.log_softmax(x, axis=axis)

    np.testing.assert_allclose(logs, x - runtime.logsumexp(x, axis=axis, keepdims=True), atol=1e-12)
    np.testing.assert_allclose(np.exp(logs), runtime.softmax(x, axis=axis), rtol=1e-12, atol=1e-300)
    mirrored = runtime.softmax(-x, axis=axis)
    np.testing.assert_allclose(runtime.softmin(x, axis=axis), mirrored, rtol=2 * EPS, atol=1e-323)


@for_all(filled, st.integers(-(2**9), 2**9))
def test_a_shift_changes_no_proportion(x: Any, c: int) -> None:
    grid = np.round(x * 64) / 64

    shifted, straight = runtime.softmax(grid + c, axis=-1), runtime.softmax(grid, axis=-1)

    np.testing.assert_allclose(shifted, straight, rtol=8 * EPS, atol=1e-307)


@for_all(filled)
def test_proportions_are_between_zero_and_one_and_sum_to_one(x: Any) -> None:
    y = runtime.softmax(x, axis=-1)

    assert ((y >= 0) & (y <= 1)).all()
    assert all(abs(math.fsum(row.tolist()) - 1) <= 2 * EPS for row in y.reshape(-1, y.shape[-1]))


@for_all(filled)
def test_proportions_keep_the_order(x: Any) -> None:
    y = runtime.softmax(x)
    order = np.argsort(x, axis=None)

    assert (np.diff(y.ravel()[order]) >= 0).all()


@for_all(filled, st.randoms(use_true_random=False))
def test_the_order_of_a_row_changes_no_bit(x: Any, random: Any) -> None:
    row = x.ravel()
    order = list(range(row.size))
    random.shuffle(order)

    np.testing.assert_array_equal(runtime.softmax(row[order]), runtime.softmax(row)[order])
    assert runtime.logsumexp(row[order]) == runtime.logsumexp(row)


@pytest.mark.parametrize("scale", [1, 60, 600])
def test_the_order_of_a_long_row_changes_no_bit(scale: float) -> None:
    rng = np.random.default_rng(1)
    row = rng.normal(0, scale, 3000)
    order = rng.permutation(row.size)

    np.testing.assert_array_equal(runtime.softmax(row[order]), runtime.softmax(row)[order])
    np.testing.assert_array_equal(runtime.log_softmax(row[order]), runtime.log_softmax(row)[order])


@for_all(filled)
def test_a_sum_lies_between_the_largest_and_that_plus_log_n(x: Any) -> None:
    value = runtime.logsumexp(x)

    assert x.max() <= value <= (x.max() + math.log(x.size)) * (1 + 4 * EPS) + 4 * EPS or x.max() < 0
    assert x.max() - 1e-12 <= value <= x.max() + math.log(x.size) + 1e-12


@for_all(numbers)
def test_the_logistic_function_is_symmetric(x: float) -> None:
    assert abs(runtime.sigmoid(x) + runtime.sigmoid(-x) - 1) <= EPS
    np.testing.assert_allclose(runtime.softplus(x) - runtime.softplus(-x), x, rtol=4 * EPS, atol=4 * EPS)
    assert runtime.log_sigmoid(x) == -runtime.softplus(-x)
    assert runtime.logcosh(x) == runtime.logcosh(-x)
    assert runtime.tanh(x) == -runtime.tanh(-x)


@for_all(numbers, numbers)
def test_what_should_grow_grows(x: float, y: float) -> None:
    low, high = sorted((x, y))

    for name in ("sigmoid", "softplus", "log_sigmoid", "tanh", "exprel"):
        a, b = getattr(runtime, name)(low), getattr(runtime, name)(high)
        # Within the error bound of either.
        assert a <= b or abs(a - b) <= 3 * np.spacing(abs(b)), name


@for_all(st.floats(1e-300, 700))
def test_inverses_go_back(x: float) -> None:
    np.testing.assert_allclose(runtime.softplus(runtime.inverse_softplus(x)), x, rtol=1e-12)
    np.testing.assert_allclose(runtime.log1mexp(runtime.log1mexp(-x)) if x > 1e-15 else -x, -x, rtol=1e-9, atol=1e-15)


@for_all(st.floats(1e-300, 1 - 1e-9))
def test_logit_undoes_the_logistic_function(p: float) -> None:
    np.testing.assert_allclose(runtime.sigmoid(runtime.logit(p)), p, rtol=1e-12)


@for_all(numbers, numbers)
def test_sums_and_differences_undo_each_other(a: float, b: float) -> None:
    whole = runtime.logaddexp(a, b)

    assert whole == runtime.logaddexp(b, a)
    np.testing.assert_allclose(whole, runtime.logsumexp([a, b]), rtol=8 * EPS, atol=1e-300)
    if abs(a - b) < 20:
        np.testing.assert_allclose(runtime.logdiffexp(whole, b), a, rtol=1e-5, atol=1e-5)


@for_all(filled)
def test_a_mean_is_a_sum_less_log_n(x: Any) -> None:
    found = runtime.logmeanexp(x, axis=0)

    np.testing.assert_allclose(found, runtime.logsumexp(x, axis=0) - math.log(x.shape[0]), rtol=8 * EPS, atol=1e-14)


@for_all(filled)
def test_a_running_sum_ends_with_the_whole(x: Any) -> None:
    running = runtime.logcumsumexp(x, axis=-1)

    assert (np.diff(running, axis=-1) >= 0).all()
    np.testing.assert_allclose(running[..., -1], runtime.logsumexp(x, axis=-1), rtol=16 * EPS, atol=1e-14)
    np.testing.assert_array_equal(running[..., 0], x[..., 0])


@for_all(st.data(), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_a_product_of_matrices_is_one_of_sums(data: Any, n: int, k: int, m: int) -> None:
    small = st.floats(-50, 50)
    a = data.draw(hnp.arrays(np.float64, (n, k), elements=small))
    b = data.draw(hnp.arrays(np.float64, (k, m), elements=small))

    found = runtime.logmatmulexp(a, b)

    np.testing.assert_allclose(found, np.log(np.exp(a) @ np.exp(b)), rtol=1e-12, atol=1e-12)
    # BLAS sums the products of a vector in another order than those of a matrix: a rounding more or less.
    np.testing.assert_allclose(runtime.logmatmulexp(a[0], b), found[0], rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(runtime.logmatmulexp(a, b[:, 0]), found[:, 0], rtol=1e-14, atol=1e-14)


@for_all(filled)
def test_weights_of_one_change_nothing(x: Any) -> None:
    plain = runtime.logsumexp(x, axis=0)

    weighted, sign = runtime.logsumexp(x, axis=0, b=np.ones_like(x), return_sign=True)

    np.testing.assert_allclose(weighted, plain, rtol=8 * EPS, atol=1e-15)
    assert (np.asarray(sign) == 1).all()


@for_all(filled)
def test_cross_entropy_is_log_softmax_at_the_class(x: Any) -> None:
    rows = x.reshape(-1, x.shape[-1])
    classes = np.arange(len(rows)) % rows.shape[1]
    expected = -runtime.log_softmax(rows, axis=1)[np.arange(len(rows)), classes]

    np.testing.assert_array_equal(runtime.softmax_cross_entropy(rows, classes), expected)
    np.testing.assert_array_equal(runtime.softmax_cross_entropy(rows, np.eye(rows.shape[1])[classes]), expected)


@for_all(hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(1e-6, 1)))
def test_relative_entropy_is_no_less_than_zero_for_distributions(w: Any) -> None:
    p = w / w.sum()
    q = np.full_like(p, 1 / p.size)

    assert runtime.relative_entropy(p, p) == 0
    assert runtime.relative_entropy(p, q) >= -4 * EPS
    np.testing.assert_allclose(runtime.entropy(p) + runtime.relative_entropy(p, q), math.log(p.size), atol=1e-14)


@for_all(filled, st.integers(-900, 900))
def test_lengths_scale(x: Any, k: int) -> None:
    unit = runtime.norm(x)

    with np.errstate(under="ignore", over="ignore"):
        scaled = np.ldexp(x, k)
        expected = np.ldexp(unit, k)
    found = runtime.norm(scaled)

    if np.isfinite(scaled).all():
        np.testing.assert_allclose(found, expected, rtol=4 * EPS, atol=1e-320)


@for_all(filled, st.integers(-(2**30), 2**30))
def test_a_shift_changes_no_variance(x: Any, c: int) -> None:
    grid = np.round(x)

    np.testing.assert_allclose(runtime.variance(grid + c), runtime.variance(grid), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(runtime.variance(x), np.var(x), rtol=1e-12, atol=1e-20)
