"""Infinities, nan, signed zeros and empty arrays: C99 Annex F where it speaks, otherwise the limit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from stabaudit import runtime
from stabaudit.runtime import precise, scalar

inf, nan = math.inf, math.nan
LN2 = math.log(2)
LEAST = 5e-324

UNIVARIATE = {
    "cosm1": [(0.0, 0.0), (inf, nan), (-inf, nan)],
    "exprel": [
        (0.0, 1.0),
        (-0.0, 1.0),
        (LEAST, 1.0),
        (inf, inf),
        (-inf, 0.0),
        (710.0, 3.1464715016362133e305),
    ],
    "inverse_softplus": [(0.0, -inf), (inf, inf), (-1.0, nan), (LEAST, -744.4400719213812), (1e308, 1e308)],
    "log1mexp": [
        (0.0, -inf),
        (-0.0, -inf),
        (-inf, -0.0),
        (1.0, nan),
        (-LEAST, -744.4400719213812),
        (-745.0, -LEAST),
    ],
    "log_sigmoid": [(inf, -0.0), (-inf, -inf), (0.0, -LN2), (745.0, -LEAST), (-1e308, -1e308)],
    "logcosh": [(0.0, 0.0), (inf, inf), (-inf, inf), (1e308, 1e308)],
    "logit": [(0.0, -inf), (1.0, inf), (0.5, 0.0), (-0.1, nan), (1.1, nan), (LEAST, -744.4400719213812)],
    "sigmoid": [(inf, 1.0), (-inf, 0.0), (0.0, 0.5), (-745.0, LEAST), (1e308, 1.0), (-1e308, 0.0)],
    "softplus": [(inf, inf), (-inf, 0.0), (0.0, LN2), (-745.0, LEAST), (1e308, 1e308)],
    "sqrt1pm1": [(0.0, 0.0), (-0.0, -0.0), (-1.0, -1.0), (inf, inf), (-2.0, nan), (LEAST, LEAST / 2)],
    "tanh": [(0.0, 0.0), (-0.0, -0.0), (inf, 1.0), (-inf, -1.0), (LEAST, LEAST)],
}

BIVARIATE = {
    "hypot": [
        (inf, nan, inf),
        (nan, -inf, inf),
        (nan, 0.0, nan),
        (-0.0, 0.0, 0.0),
        (1e308, 1e308, 1.414213562373095e308),
    ],
    "logaddexp": [
        *[(inf, inf, inf), (-inf, -inf, -inf), (inf, -inf, inf), (-inf, 3.0, 3.0), (0.0, 0.0, LN2)],
        *[(nan, inf, nan), (nan, -inf, nan), (1e308, 1e308, 1e308), (-1e308, -1e308, -1e308)],
    ],
    "logdiffexp": [
        *[(0.0, 0.0, -inf), (inf, inf, nan), (-inf, -inf, -inf), (inf, 0.0, inf), (3.0, -inf, 3.0)],
        *[(0.0, 1.0, nan), (nan, 0.0, nan), (0.0, nan, nan), (-inf, 0.0, nan), (1e308, -1e308, 1e308)],
    ],
    "sigmoid_cross_entropy": [
        (inf, 1.0, 0.0),
        (inf, 0.0, inf),
        (-inf, 0.0, 0.0),
        (-inf, 1.0, inf),
        (nan, 0.0, nan),
    ],
    "xlog1py": [
        (0.0, -1.0, 0.0),
        (0.0, inf, 0.0),
        (0.0, -2.0, 0.0),
        (0.0, nan, nan),
        (1.0, -1.0, -inf),
        (nan, 0.0, nan),
    ],
    "xlogy": [
        (0.0, 0.0, 0.0),
        (0.0, inf, 0.0),
        (0.0, -1.0, 0.0),
        (0.0, nan, nan),
        (2.0, 0.0, -inf),
        (nan, 1.0, nan),
    ],
}

ROWS = {
    "softmax": [
        ([], []),
        ([7.0], [1.0]),
        ([-inf, 0.0], [0.0, 1.0]),
        ([-inf, -inf], [nan, nan]),
        ([inf, 0.0], [nan, 0.0]),
        ([inf, -inf], [nan, 0.0]),
        ([inf, inf, 0.0], [nan, nan, 0.0]),
        ([inf, nan, 0.0], [nan, nan, nan]),
        ([nan, 0.0], [nan, nan]),
        ([1e308, -1e308], [1.0, 0.0]),
        ([-1e308, -1e308], [0.5, 0.5]),
    ],
    "softmin": [([inf, 0.0], [0.0, 1.0]), ([-inf, 0.0], [nan, 0.0]), ([], [])],
    "log_softmax": [
        ([], []),
        ([7.0], [0.0]),
        ([-inf, 0.0], [-inf, 0.0]),
        ([-inf, -inf], [nan, nan]),
        ([inf, 0.0], [nan, -inf]),
        ([inf, nan], [nan, nan]),
        ([nan, 0.0], [nan, nan]),
        ([1e308, -1e308], [0.0, -inf]),
    ],
    "logsumexp": [
        ([], -inf),
        ([-inf, -inf], -inf),
        ([inf, 0.0], inf),
        ([inf, -inf], inf),
        ([nan, inf], nan),
        ([nan, -inf], nan),
        ([1e308, 1e308], 1e308),
        ([-1e308], -1e308),
    ],
    "logmeanexp": [([], nan), ([-inf, -inf], -inf), ([inf, 0.0], inf), ([nan, 0.0], nan), ([3.0, 3.0], 3.0)],
    "logcumsumexp": [([], []), ([-inf, 0.0, inf], [-inf, 0.0, inf]), ([0.0, nan, 1.0], [0.0, nan, nan])],
    "entropy": [([], 0.0), ([0.0, 1.0], 0.0), ([0.0, 0.0], 0.0), ([-1.0, 0.5], nan), ([nan, 0.5], nan)],
    "norm": [
        ([], 0.0),
        ([inf, nan], inf),
        ([nan, 1.0], nan),
        ([3e300, 4e300], 5e300),
        ([3e-310, 4e-310], 5e-310),
    ],
    "variance": [([], nan), ([1.0], 0.0), ([inf, 0.0], nan), ([nan, 0.0], nan), ([1e9 + 1, 1e9 - 1], 1.0)],
}


def same(found: Any, expected: Any) -> bool:
    """Equal, nan with nan, zeros with their sign, others to four digits."""
    a, b = np.atleast_1d(np.asarray(found, float)), np.atleast_1d(np.asarray(expected, float))
    close = np.isclose(a, b, rtol=2e-4, atol=0, equal_nan=True)
    zero = (b != 0) | (np.signbit(a) == np.signbit(b)) | ~np.signbit(b)
    return a.shape == b.shape and bool((close & zero).all())


def value(module: Any, name: str, *given: float) -> Any:
    """What a function gives for some numbers; where it has no value those of `math` raise, and `math` alone."""
    try:
        with np.errstate(all="raise"):
            return getattr(module, name)(*given)
    except ValueError:
        if module is not scalar or any(map(math.isnan, given)):
            raise
        return nan


@pytest.mark.parametrize("case", [(n, *c) for n, cases in UNIVARIATE.items() for c in cases])
@pytest.mark.parametrize("module", [runtime, precise, scalar])
def test_one_argument(case: tuple[str, float, float], module: Any) -> None:
    name, x, expected = case

    assert same(value(module, name, x), expected)


@pytest.mark.parametrize("name", UNIVARIATE)
@pytest.mark.parametrize("module", [runtime, precise, scalar])
def test_nan_stays_nan(name: str, module: Any) -> None:
    assert math.isnan(getattr(module, name)(nan))


def everywhere(table: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The cases of a table, for the array functions and for the scalar replacements there are."""
    modules = (runtime, scalar)
    return [(m, n, *c) for m in modules for n, cases in table.items() if n in m.__all__ for c in cases]


@pytest.mark.parametrize(("module", "name", "a", "b", "expected"), everywhere(BIVARIATE))
def test_two_arguments(module: Any, name: str, a: float, b: float, expected: float) -> None:

    assert same(value(module, name, a, b), expected)


@pytest.mark.parametrize(("module", "name", "row", "expected"), everywhere(ROWS))
def test_one_row(module: Any, name: str, row: list[float], expected: Any) -> None:

    with np.errstate(all="raise"):
        found = getattr(module, name)(row)

    assert same(found, expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.longdouble])
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("width", [3, 100, 40_000])
def test_a_bad_row_spoils_no_other(name: str, dtype: Any, axis: int, width: int) -> None:
    x = np.random.default_rng(0).normal(0, 3, (6, width)).astype(dtype)
    bad = x.copy()
    bad[1, 0], bad[2, 1], bad[3, :] = nan, inf, -inf
    keep = [0, 4, 5]
    function = getattr(runtime, name)
    if axis == 0:
        x, bad = np.ascontiguousarray(x.T), np.ascontiguousarray(bad.T)

    with np.errstate(all="raise"):
        clean, spoilt = function(x, axis=axis), function(bad, axis=axis)
    if axis == 0 and clean.ndim == 2:
        clean, spoilt = clean.T, spoilt.T

    np.testing.assert_allclose(spoilt[keep], clean[keep], rtol=4 * np.finfo(dtype).eps)
    assert np.isnan(spoilt[1]).all()
    if name == "logsumexp":
        assert spoilt[2] == inf
        assert spoilt[3] == -inf
    else:
        assert np.isnan(spoilt[2, 1])
        assert (np.delete(spoilt[2], 1) == (0 if name == "softmax" else -inf)).all()
        assert np.isnan(spoilt[3]).all()


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp", "logmeanexp", "softmin"])
@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_empty_arrays_and_axes(name: str, shape: tuple[int, ...]) -> None:
    x = np.empty(shape, np.float32)
    for axis in (None, 0, -1):
        result = np.asarray(getattr(runtime, name)(x, axis=axis))
        expected = shape if "softm" in name else np.sum(x, axis=axis).shape

        assert result.shape == expected
        assert result.dtype == np.float32


def test_weights_of_zero_take_their_element_out() -> None:
    with np.errstate(all="raise"):
        assert runtime.logsumexp([inf, 1.0], b=[0.0, 1.0]) == 1.0
        assert runtime.logsumexp([nan, 1.0], b=[0.0, 1.0]) == 1.0
        assert runtime.logsumexp([1.0, 2.0], b=[0.0, 0.0]) == -inf
        assert math.isnan(runtime.logsumexp([1.0, 2.0], b=[1.0, -1.0]))
        value, sign = runtime.logsumexp([1.0, 2.0], b=[1.0, -1.0], return_sign=True)
        assert (sign, value) == (-1.0, pytest.approx(runtime.logdiffexp(2.0, 1.0)))
        value, sign = runtime.logsumexp([1.0, 1.0], b=[1.0, -1.0], return_sign=True)
        assert (sign, value) == (0.0, -inf)
        assert runtime.logsumexp([800.0, 0.0], b=[1e-320, 1.0]) == pytest.approx(800 + math.log(1e-320))
