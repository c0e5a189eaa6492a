"""What has an arithmetic of its own goes through the formula itself: complex numbers, units, other libraries."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stabaudit import runtime

Function = Callable[..., Any]

FORMULAS: dict[str, Function] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "log_sigmoid": lambda x: -np.log(1 + np.exp(-x)),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "inverse_softplus": lambda x: np.log(np.exp(x) - 1),
    "log1mexp": lambda x: np.log(1 - np.exp(x)),
    "logcosh": lambda x: np.log(np.cosh(x)),
    "exp": np.exp,
    "expm1": lambda x: np.exp(x) - 1,
    "log1p": lambda x: np.log(1 + x),
    "tanh": np.tanh,
}
SUMS: dict[str, Function] = {
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(),
    "log_softmax": lambda x: x - np.log(np.exp(x).sum()),
    "logsumexp": lambda x: np.log(np.exp(x).sum()),
    "logmeanexp": lambda x: np.log(np.exp(x).mean()),
    "logcumsumexp": lambda x: np.log(np.cumsum(np.exp(x))),
}
PAIRS: dict[str, Function] = {
    "logaddexp": lambda a, b: np.log(np.exp(a) + np.exp(b)),
    "logdiffexp": lambda a, b: np.log(np.exp(a) - np.exp(b)),
    "xlogy": lambda a, b: a * np.log(b),
}


@pytest.mark.parametrize("name", [*FORMULAS, *SUMS])
@pytest.mark.parametrize("x", [np.asarray([0.5 + 0.25j, 1.5 - 2j]), np.asarray([1j, 2], np.complex64), [1j, 2.0]])
def test_complex_numbers_are_computed_by_the_formula(name: str, x: Any) -> None:
    found = getattr(runtime, name)(x)

    expected = (FORMULAS | SUMS)[name](np.asarray(x))
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, rtol=1e-14 if found.dtype.itemsize in (16,) else 1e-5)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("x", [0.5 + 0.25j, np.complex128(0.5 + 0.25j), np.asarray(0.5 + 0.25j)])
def test_one_complex_number_gives_one(name: str, x: Any) -> None:
    found = getattr(runtime, name)(x)

    assert isinstance(found, np.complex128)
    assert found == pytest.approx(FORMULAS[name](complex(x)), rel=1e-14)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_complex_step_gives_the_derivative(name: str) -> None:
    step, x = 1e-100, -0.7 if name == "log1mexp" else 0.7

    slope = getattr(runtime, name)(x + step * 1j).imag / step

    difference = (getattr(runtime, name)(x + 1e-6) - getattr(runtime, name)(x - 1e-6)) / 2e-6
    assert slope == pytest.approx(difference, rel=1e-8)


def test_sums_of_complex_exponentials_do_not_overflow() -> None:
    x = np.asarray([[800 + 1j, 799.0], [-800 + 3j, -801 - 1j]])

    shifted = np.exp(x - np.asarray([[800], [-800]]))
    np.testing.assert_allclose(runtime.softmax(x, axis=1).sum(axis=1), 1)
    np.testing.assert_allclose(runtime.logsumexp(x, axis=1), np.asarray([800, -800]) + np.log(shifted.sum(1)))
    assert runtime.logsumexp(x, axis=1, keepdims=True).shape == (2, 1)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(("a", "b"), [(1.5 + 1j, 0.5), (2.0, np.asarray([1j, 0.25])), (np.asarray([1 + 1j]), [0.5])])
def test_a_pair_with_a_complex_number_is_complex(name: str, a: Any, b: Any) -> None:
    np.testing.assert_allclose(getattr(runtime, name)(a, b), PAIRS[name](np.asarray(a), np.asarray(b)), rtol=1e-14)


class Value:
    """A number of somebody's own, with an exponential and no `expm1`."""

    def __init__(self, value: float) -> None:
        self.value = value

    def exp(self) -> Value:
        return Value(math.exp(self.value))

    def log(self) -> Value:
        return Value(math.log(self.value))

    def __add__(self, other: Any) -> Value:
        return Value(self.value + getattr(other, "value", other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Value:
        return Value(self.value - getattr(other, "value", other))

    def __neg__(self) -> Value:
        return Value(-self.value)

    def __rtruediv__(self, other: Any) -> Value:
        return Value(other / self.value)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "exp", "expm1", "log1p"])
def test_a_class_with_an_exponential_stays_what_it_is(name: str) -> None:
    single, row = getattr(runtime, name)(Value(0.5)), getattr(runtime, name)(np.asarray([Value(0.5)], object))

    assert isinstance(single, Value)
    assert single.value == row[0].value == pytest.approx(FORMULAS[name](0.5))


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "expm1", "log1p"])
def test_units_are_converted(name: str) -> None:
    units = pytest.importorskip("astropy.units")
    ratio = [100.0, 200.0] * units.m / (0.1 * units.km)

    found = getattr(runtime, name)(ratio)

    assert found.unit == units.dimensionless_unscaled
    np.testing.assert_allclose(found.value, FORMULAS[name](np.asarray([1.0, 2.0])))
    with pytest.raises(units.UnitsError):
        getattr(runtime, name)(2 * units.m)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "expm1", "log1p", "softmax", "logsumexp"])
def test_quantities_of_pint_are_converted(name: str) -> None:
    units = pytest.importorskip("pint").UnitRegistry()
    ratio = np.asarray([100.0, 200.0]) * units.m / (0.1 * units.km)

    found = getattr(runtime, name)(ratio)

    assert found.dimensionless
    np.testing.assert_allclose(found.magnitude, (FORMULAS | SUMS)[name](np.asarray([1.0, 2.0])))


@pytest.mark.parametrize("name", [*FORMULAS, *SUMS])
def test_a_dask_array_stays_lazy(name: str) -> None:
    dask = pytest.importorskip("dask.array")
    x = np.asarray([-0.5, -1.5]) if name == "log1mexp" else np.asarray([0.5, 1.5])
    if name == "logcumsumexp":
        pytest.skip("a running sum of dask needs an axis")

    found = getattr(runtime, name)(dask.from_array(x, chunks=1))

    assert isinstance(found, dask.Array)
    np.testing.assert_allclose(found.compute(), getattr(runtime, name)(x))


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "expm1", "log1p", "softmax", "logsumexp", "log_softmax"])
def test_a_series_of_polars_stays_one(name: str) -> None:
    polars = pytest.importorskip("polars")
    x = polars.Series("p", [0.5, 1.5])

    found = getattr(runtime, name)(x)

    expected = getattr(runtime, name)(np.asarray([0.5, 1.5]))
    assert isinstance(found, float if name == "logsumexp" else polars.Series)
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("dtype", ["Float32", "Float64", "Int64", "Int8", "double[pyarrow]", "int64[pyarrow]"])
@pytest.mark.parametrize("name", ["sigmoid", "softplus", "softmax", "logsumexp"])
def test_the_types_of_pandas_keep_what_is_missing(name: str, dtype: str) -> None:
    pandas = pytest.importorskip("pandas")
    if "pyarrow" in dtype:
        pytest.importorskip("pyarrow")
    x = pandas.Series([1, None, 2], dtype=dtype, name="s")

    found = getattr(runtime, name)(x)

    numbers = (FORMULAS | SUMS)[name](x.dropna().astype(float))
    if name == "logsumexp":
        assert found == pytest.approx(numbers, rel=1e-2)
        return
    assert (found.name, list(found.isna())) == ("s", [False, True, False])
    assert not isinstance(found.dtype, np.dtype)
    np.testing.assert_allclose(found.dropna().astype(float), numbers, rtol=1e-2)
