"""The compiled functions keep the bounds, special values and manners of the plain ones, by the same tests."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.runtime import samples, test_accuracy, test_manners, test_special_values, truth

if importlib.util.find_spec("numba") is None:
    pytest.skip("numba is not installed: pip install stabaudit[fast]", allow_module_level=True)

# numba asks only whether the file of a function itself has changed since it was compiled.
SOURCES = sorted((Path(__file__).parents[2] / "stabaudit" / "runtime").glob("jit*.py"))
VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()[:16]
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(tempfile.gettempdir()) / f"stabaudit-{VERSION}"))

from stabaudit import runtime  # noqa: E402
from stabaudit.runtime import fast  # noqa: E402

ROWS = ("softmax", "log_softmax", "logsumexp")
POINTS = ("sigmoid", "log_sigmoid", "softplus")


class Compiled:
    """The runtime with its compiled functions in the place of the plain ones."""

    __all__ = fast.__all__

    def __getattr__(self, name: str) -> Any:
        return getattr(fast if name in fast.__all__ else runtime, name)


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (test_accuracy, test_special_values, test_manners):
        for name in ("runtime", "precise"):
            monkeypatch.setattr(module, name, Compiled())


@pytest.mark.parametrize("kind", test_accuracy.KINDS)
@pytest.mark.parametrize("name", POINTS)
def test_points(name: str, kind: str) -> None:
    test_accuracy.test_float64_is_within_its_bound(name, kind)
    test_accuracy.test_precise_float32_is_correctly_rounded(name, kind)


@pytest.mark.parametrize("name", POINTS)
def test_float16(name: str) -> None:
    test_accuracy.test_every_float16_is_correctly_rounded(name)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("regime", samples.rows(np.float64, 600))
@pytest.mark.parametrize("axis", [0, -1])
def test_rows(name: str, regime: str, axis: int) -> None:
    test_accuracy.test_reductions_are_within_their_bounds(name, regime, axis)
    test_accuracy.test_float32_reductions_are_within_their_bounds(name, regime, axis)


@pytest.mark.parametrize("shape", [(100_000,), (300_000,), (40_000, 3), (3, 40_000), (700, 70)])
@pytest.mark.parametrize("axis", [0, -1])
@pytest.mark.parametrize("scale", [3, 300])
def test_long_axes(shape: tuple[int, ...], axis: int, scale: int) -> None:
    test_accuracy.test_long_axes_are_as_good_as_short_ones(shape, axis, scale)


@pytest.mark.parametrize("axis", [0, 1, None])
def test_sums(axis: int | None) -> None:
    test_accuracy.test_proportions_sum_to_one_on_every_axis(axis)


@pytest.mark.parametrize("case", [(n, *c) for n in POINTS for c in test_special_values.UNIVARIATE[n]])
def test_one_argument(case: tuple[str, float, float]) -> None:
    test_special_values.test_one_argument(case, fast)
    test_special_values.test_nan_stays_nan(case[0], fast)


@pytest.mark.parametrize(("name", "row", "expected"), [(n, *c) for n in ROWS for c in test_special_values.ROWS[n]])
def test_one_row(name: str, row: list[float], expected: Any) -> None:
    test_special_values.test_one_row(fast, name, row, expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.longdouble])
@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("width", [3, 100, 40_000])
def test_a_bad_row_spoils_no_other(name: str, dtype: Any, axis: int, width: int) -> None:
    test_special_values.test_a_bad_row_spoils_no_other(name, dtype, axis, width)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_empty_arrays_and_axes(name: str, shape: tuple[int, ...]) -> None:
    test_special_values.test_empty_arrays_and_axes(name, shape)


@pytest.mark.parametrize("name", fast.__all__)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("size", [3, 100, 50_000])
def test_no_harmless_flag_is_raised(name: str, dtype: Any, size: int) -> None:
    test_manners.test_no_harmless_flag_is_raised(name, dtype, size)


def test_threads() -> None:
    test_manners.test_threads_do_not_disturb_each_other()


@pytest.mark.parametrize("name", [*ROWS, "sigmoid", "softplus"])
@pytest.mark.parametrize(("shape", "axis"), [((4_000_000,), -1), ((4000, 1000), -1), ((4000, 1000), 0)])
def test_memory(name: str, shape: tuple[int, ...], axis: int) -> None:
    test_manners.test_memory_beyond_the_result_is_a_few_blocks(name, shape, axis)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("axis", [0, 1, 2, (0, 1), (1, 2), (0, 2), None])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, ">f8"])
def test_axes_and_layouts_are_those_of_the_plain_functions(name: str, axis: Any, dtype: Any) -> None:
    x = np.random.default_rng(0).normal(0, 3, (4, 70, 66)).astype(dtype)
    x[1, 2, 3], x[2, 3, 4], x[3, :, 5] = np.nan, np.inf, -np.inf
    x.flags.writeable = False
    for given in (x, x.T, x[::2, ::-1], x[:, :1], np.asfortranarray(x), np.ma.masked_greater(x, 2)):
        found, expected = getattr(fast, name)(given, axis=axis), getattr(runtime, name)(given, axis=axis)

        assert type(found) is type(expected)
        assert found.dtype == expected.dtype
        np.testing.assert_allclose(found, expected, rtol=8 * np.finfo(expected.dtype).eps)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("axis", [0, 1, None])
def test_out_may_be_the_input(name: str, axis: int | None) -> None:
    x = np.random.default_rng(0).normal(0, 300, (130, 90))
    x[5, 7] = np.nan
    expected = getattr(fast, name)(x, axis=axis)

    assert getattr(fast, name)(x, axis=axis, out=x) is x
    np.testing.assert_array_equal(x, expected)


@pytest.mark.parametrize("offset", [0, 1000, -1000, 9e4, 1e6])
@pytest.mark.parametrize("n", [5, 900])
def test_a_shift_by_powers_of_two_loses_nothing(offset: float, n: int) -> None:
    x = np.random.default_rng(0).normal(0, 30, (7, n)) + offset
    for name in ROWS:
        for axis in (0, -1):
            assert test_accuracy.row_error(getattr(fast, name), name, x, axis) <= test_accuracy.ROWS[name]


def test_the_exponential_is_within_its_bound() -> None:
    from stabaudit.runtime.jit_points import decay

    x = np.random.default_rng(0).uniform(-708, 0, 4000)
    found = [decay(v) for v in x.tolist()]

    assert truth.ulps(found, [truth.exp(v) for v in truth.numbers(x)], np.float64).max() <= 0.63
