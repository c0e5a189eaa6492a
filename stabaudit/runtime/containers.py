"""Arguments of reductions: any container in, the same kind of container out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from stabaudit.runtime.arrays import Array, floating, labelled, wrapper
from stabaudit.runtime.axes import Axis, axes_of
from stabaudit.runtime.blocks import size

NUMPY_2 = int(np.__version__.split(".")[0]) >= 2


def opened(x: Any, name: str, hole: float = -np.inf) -> tuple[Array, Callable[[Array], Any]]:
    """`x` as a floating-point array, and what turns a result of its shape into a container like `x`.

    Masked elements become `hole`, the number that the reduction does not see, and are masked in the result; so do
    missing values of pandas and xarray, which are missing in the result.
    """
    array = floating(x, name)
    if (missing := missing_in(x, array)) is not None:
        shut = wrapper(x) or scalar
        array = np.where(missing, array.dtype.type(hole), array)
        return array, lambda values: shut(np.where(missing, values.dtype.type(np.nan), values))
    if is_masked(x) and np.ma.getmask(x) is not np.ma.nomask:
        array = np.where(np.ma.getmaskarray(x), array.dtype.type(hole), array)
    wrap = wrapper(x)
    return array, scalar if wrap is None else wrap


def is_masked(x: Any) -> bool:
    """Whether `x` has masked elements, or could."""
    # NumPy imports it when it is asked for, which takes 20 ms.
    return "numpy.ma" in sys.modules and isinstance(x, np.ma.MaskedArray)


def missing_in(x: Any, array: Array) -> Array | None:
    """Where values are missing that the sums of `x` leave out, as those of pandas and xarray do; None if nowhere."""
    if type(x) in (np.ndarray, list, tuple, float, int) or not labelled(x):
        return None
    missing = np.isnan(array)
    return missing if missing.any() else None


def axes_in(x: Any, axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes meant by `axis` of `x`: by default all of them, and of a DataFrame the first, as its own sums do."""
    if type(x) is np.ndarray:
        return axes_of(axis, ndim)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(x, (pandas.Series, pandas.DataFrame)):
        if isinstance(axis, int) and axis >= ndim:
            # They have an error of their own.
            raise ValueError(f"No axis named {axis} for object type {type(x).__name__}")
        if axis is None and ndim == 2:
            return (0,)
    return axes_of(axis, ndim)


def running_axes(x: Any, axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes along which a running sum of `x` runs, one after the other: by default as those of pandas and xarray."""
    if axis is not None:
        return axes_of(axis, ndim)
    return tuple(range(ndim)) if type(x).__module__.startswith("xarray") else (0,)


def scalar(values: Array) -> Any:
    """`values`, a 0-d array as a scalar."""
    return values if values.ndim else values[()]


def lowered(x: Any, values: Array, axes: tuple[int, ...], keepdims: bool) -> Any:
    """The result `values` of a reduction of `x` that kept its axes, without them and labelled as `x` is."""
    flat = values if keepdims else values.squeeze(axes)
    if type(x) in (np.ndarray, list, tuple, float, int):
        return scalar(flat)
    if is_masked(x):
        mask = np.all(np.ma.getmaskarray(x), axis=axes, keepdims=keepdims)
        return np.ma.MaskedArray(flat, mask=mask) if flat.ndim else (np.ma.masked if mask else flat[()])
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(x, pandas.DataFrame) and flat.ndim == 1:
        return pandas.Series(flat, index=x.columns if axes == (0,) else x.index)
    xarray = sys.modules.get("xarray")
    if xarray is not None and isinstance(x, xarray.DataArray):
        if keepdims:
            first = x.isel({x.dims[a]: [0] for a in axes})
            return first.drop_vars([x.dims[a] for a in axes], errors="ignore").copy(data=flat)
        return x.isel({x.dims[a]: 0 for a in axes}, drop=True).copy(data=flat)
    if isinstance(x, np.matrix):
        return x.__array_wrap__(values) if len(axes) < 2 else scalar(flat)
    if isinstance(x, np.ndarray) and type(x) is not np.ndarray:
        # A subclass stays one without an axis, too.
        return x.__array_wrap__(flat, None, True) if NUMPY_2 else x.__array_wrap__(flat)
    if type(x).__module__.partition(".")[0] == "torch":
        # Of tensors NumPy's functions give tensors.
        return x.__array_wrap__(np.asarray(flat))
    return scalar(flat)


def counts(x: Any, shape: tuple[int, ...], axes: tuple[int, ...]) -> Array:
    """How many elements each result of a reduction is made of, masked ones left out."""
    if isinstance(x, np.ma.MaskedArray):
        return np.asarray(np.add.reduce(~np.ma.getmaskarray(x), axis=axes, keepdims=True, dtype=np.int64))
    if (missing := missing_in(x, floating(x, "counts"))) is not None:
        return np.asarray(np.add.reduce(~missing, axis=axes, keepdims=True, dtype=np.int64))
    n = size(tuple(shape[a] for a in axes))
    return np.full(tuple(1 if a in axes else k for a, k in enumerate(shape)), n)
