"""Any container in, the same kind out."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from stabaudit import runtime

UNARY = ["cosm1", "exprel", "log_sigmoid", "logcosh", "sigmoid", "softplus", "sqrt1pm1", "tanh"]
ROWS = ["softmax", "log_softmax", "softmin", "logcumsumexp"]
REDUCED = ["logsumexp", "logmeanexp", "entropy", "norm", "variance"]
X = [[0.5, 1.5, 2.5], [0.25, 0.125, 3.0]]


@pytest.mark.parametrize("name", UNARY + ROWS + REDUCED)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_the_type_is_kept(name: str, dtype: Any) -> None:
    assert getattr(runtime, name)(np.asarray(X, dtype)).dtype == dtype


@pytest.mark.parametrize("name", UNARY + ROWS + REDUCED)
@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int64, np.uint64])
def test_integers_are_float64_before_any_arithmetic(name: str, dtype: Any) -> None:
    x = np.asarray([[0, 1], [255 % 2, 1]] if dtype is bool else [[0, 127], [3, 100]], dtype)

    found = getattr(runtime, name)(x)

    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, getattr(runtime, name)(x.astype(np.float64)))


def test_small_integers_do_not_wrap() -> None:
    assert runtime.softmax(np.asarray([0, 255], np.uint8))[1] == 1
    assert runtime.softmax(np.asarray([127, -128], np.int8))[0] == 1


@pytest.mark.parametrize("name", UNARY + ROWS + REDUCED)
def test_lists_tuples_and_objects_are_taken(name: str) -> None:
    expected = getattr(runtime, name)(np.asarray(X))

    for x in (X, tuple(map(tuple, X)), np.asarray(X, dtype=object)):
        np.testing.assert_array_equal(getattr(runtime, name)(x), expected)
    exact = [[Fraction(v) for v in X[0]], [Decimal(v) for v in X[1]]]
    np.testing.assert_array_equal(getattr(runtime, name)(exact), expected)


@pytest.mark.parametrize("name", UNARY + ROWS + REDUCED)
@pytest.mark.parametrize("x", [["1"], np.asarray(["2020-01-01"], "M8[D]"), [None, object()]])
def test_what_is_no_real_number_is_refused(name: str, x: Any) -> None:
    with pytest.raises(TypeError, match=name):
        getattr(runtime, name)(x)


@pytest.mark.parametrize("name", UNARY)
def test_a_float_gives_a_float(name: str) -> None:
    for x in (0.5, np.float64(0.5), np.asarray(0.5)):
        assert isinstance(getattr(runtime, name)(x), float)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_a_single_number_is_a_row_of_one(name: str) -> None:
    assert getattr(runtime, name)(3.5) == {"softmax": 1.0, "log_softmax": 0.0, "logsumexp": 3.5}[name]


@pytest.mark.parametrize("name", UNARY + ROWS)
@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.astype(">f8"),
        lambda x: np.asfortranarray(x),
        lambda x: np.repeat(np.repeat(x, 2, 0), 3, 1)[::2, ::3],
        lambda x: np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1],
        lambda x: np.broadcast_to(x, (2, *x.shape))[1],
    ],
    ids=["big-endian", "Fortran", "strided", "reversed", "broadcast"],
)
@pytest.mark.parametrize("shape", [(2, 3), (300, 70), (3, 40_000)])
def test_the_layout_changes_nothing(name: str, change: Any, shape: tuple[int, int]) -> None:
    x = np.random.default_rng(1).normal(0, 3, shape)
    given = change(x)
    before = given.copy()
    given.flags.writeable = False
    options = [{}] if name in UNARY else [{"axis": 0}, {"axis": 1}]

    for option in options:
        expected = getattr(runtime, name)(x, **option)
        found = getattr(runtime, name)(given, **option)

        assert found.dtype == np.float64
        # Which rows of a block `log_softmax` shifts depends on the block: the last bit of the
        # others may follow.
        np.testing.assert_allclose(found, expected, rtol=1e-15 if name == "log_softmax" else 0)
        np.testing.assert_array_equal(given, before)


@pytest.mark.parametrize("name", [*UNARY, "softmax", "log_softmax", "softmin"])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(5,), (300, 70), (3, 40_000)])
def test_out_is_filled_and_given_back(name: str, dtype: Any, shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(2).normal(0, 3, shape).astype(dtype)
    for option in [{}] if name in UNARY else [{"axis": 0}, {"axis": -1}, {}]:
        function = getattr(runtime, name)
        expected = function(x, **option)
        plain, fortran, place = np.empty_like(x), np.empty(shape, dtype, order="F"), x.copy()

        for out in (plain, fortran, np.empty((*shape, 2), dtype)[..., 0]):
            assert function(x, out=out, **option) is out
            np.testing.assert_allclose(out, expected, rtol=1e-15)
        assert function(place, out=place, **option) is place
        np.testing.assert_allclose(place, expected, rtol=1e-15)


def test_an_out_of_another_shape_or_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        runtime.softmax([1.0, 2.0], out=np.empty(3))
    with pytest.raises(TypeError, match="int64"):
        runtime.sigmoid([1.0, 2.0], out=np.empty(2, np.int64))


@pytest.mark.parametrize("name", UNARY)
def test_a_masked_array_keeps_its_mask(name: str) -> None:
    x = np.ma.masked_greater(np.asarray(X), 2)

    found = getattr(runtime, name)(x)

    assert isinstance(found, np.ma.MaskedArray)
    np.testing.assert_array_equal(found.mask, x.mask)
    np.testing.assert_array_equal(found.compressed(), getattr(runtime, name)(x.compressed()))


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmin"])
def test_a_row_does_not_see_its_masked_elements(name: str) -> None:
    x = np.ma.masked_greater(np.asarray(X), 2)

    found = getattr(runtime, name)(x, axis=1)

    np.testing.assert_array_equal(found.mask, x.mask)
    np.testing.assert_array_equal(found[0].compressed(), getattr(runtime, name)(X[0][:2]))


@pytest.mark.parametrize("name", REDUCED)
def test_a_reduction_does_not_see_masked_elements(name: str) -> None:
    x = np.ma.masked_greater(np.asarray(X), 2)

    found = getattr(runtime, name)(x, axis=1)

    assert found[0] == pytest.approx(getattr(runtime, name)(X[0][:2]), rel=1e-15)


def test_a_fully_masked_row_is_masked() -> None:
    x = np.ma.MaskedArray([[1.0, 2.0], [3.0, 4.0]], mask=[[False, False], [True, True]])

    for name in REDUCED:
        found = getattr(runtime, name)(x, axis=1)

        assert isinstance(found, np.ma.MaskedArray), name
        np.testing.assert_array_equal(np.ma.getmaskarray(found), [False, True], err_msg=name)


def test_a_subclass_stays_what_it_is() -> None:
    class Labelled(np.ndarray[Any, Any]):
        pass

    x = np.asarray(X).view(Labelled)

    for name in UNARY + ROWS[:3]:
        assert type(getattr(runtime, name)(x)) is Labelled


def test_pandas_keeps_its_labels() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, index=["a", "b"], columns=["u", "v", "w"])
    row = pandas.Series(X[0], index=["u", "v", "w"], name="a")

    for name in [*UNARY, "softmax", "log_softmax"]:
        found = getattr(runtime, name)(frame)
        assert list(found.columns) == ["u", "v", "w"]
        assert list(found.index) == ["a", "b"]
        found = getattr(runtime, name)(row)
        assert (list(found.index), found.name) == (["u", "v", "w"], "a")
    for name in REDUCED:
        np.testing.assert_array_equal(getattr(runtime, name)(frame, axis=1).index, ["a", "b"])
        np.testing.assert_array_equal(getattr(runtime, name)(frame, axis=0).index, ["u", "v", "w"])
        assert math.isfinite(getattr(runtime, name)(row))
    assert list(runtime.logaddexp(row, 1.0).index) == ["u", "v", "w"]


def test_xarray_keeps_its_coordinates() -> None:
    xarray = pytest.importorskip("xarray")
    x = xarray.DataArray(X, dims=("row", "column"), coords={"row": ["a", "b"]})

    for name in [*UNARY, "softmax", "log_softmax"]:
        found = getattr(runtime, name)(x)
        assert found.dims == ("row", "column")
        assert list(found.coords["row"].values) == ["a", "b"]
    for name in REDUCED:
        found = getattr(runtime, name)(x, axis=1)
        assert found.dims == ("row",)
        assert list(found.coords["row"].values) == ["a", "b"]


def test_a_masked_array_masks_what_has_no_value() -> None:
    x = np.ma.masked_array([1.0, -2.0, -3.0], mask=[False, False, True])

    found = runtime.inverse_softplus(x)

    np.testing.assert_array_equal(np.ma.getmaskarray(found), [False, True, True])


def test_a_matrix_stays_of_two_dimensions() -> None:
    x = np.asarray(X).view(np.matrix)

    for axis, shape in [(0, (1, 3)), (1, (2, 1))]:
        found = runtime.logsumexp(x, axis=axis)
        assert (type(found), found.shape) == (np.matrix, shape)
    assert isinstance(runtime.logsumexp(x), float)


def test_what_is_missing_in_a_series_is_missing_in_the_result_alone() -> None:
    pandas = pytest.importorskip("pandas")
    row, full = pandas.Series([0.5, math.nan, 2.5]), pandas.Series([0.5, 2.5])

    assert runtime.logsumexp(row) == runtime.logsumexp(full)
    assert runtime.logmeanexp(row) == runtime.logmeanexp(full)
    np.testing.assert_array_equal(runtime.softmax(row).dropna(), runtime.softmax(full))
    np.testing.assert_array_equal(runtime.softmax(row).isna(), [False, True, False])


def test_a_frame_is_summed_along_its_first_axis_unless_told_otherwise() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, columns=["u", "v", "w"])

    np.testing.assert_array_equal(runtime.softmax(frame), runtime.softmax(X, axis=0))
    np.testing.assert_array_equal(runtime.logsumexp(frame), runtime.logsumexp(X, axis=0))


def test_labels_of_two_series_are_brought_together() -> None:
    pandas = pytest.importorskip("pandas")
    a, b = pandas.Series([1.0, 2.0], index=["a", "b"]), pandas.Series([3.0, 5.0], index=["b", "a"])

    np.testing.assert_array_equal(runtime.logaddexp(a, b), runtime.logaddexp([1.0, 2.0], [5.0, 3.0]))


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "softmax", "logsumexp"])
def test_floats_that_numpy_has_by_another_package_stay_what_they_are(name: str):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    x = np.array([0.5, -1.0], dtype=ml_dtypes.bfloat16)
    assert np.asarray(getattr(runtime, name)(x)).dtype == ml_dtypes.bfloat16
