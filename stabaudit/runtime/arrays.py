"""What callers pass, as floating-point arrays, and the way back to what they passed."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[Any]
FLOATS = frozenset("efdg")


def floating(x: ArrayLike, name: str) -> Array:
    """`x` as a native floating-point array: integers, bools and objects become float64 before any arithmetic.

    Complex, text and dates raise `TypeError`: what they are is not asked here.
    """
    array = np.asarray(x) if type(x) is np.ndarray else opened_column(x)
    kind = array.dtype.kind
    if kind == "f":
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    if kind in "iub":
        return array.astype(np.float64)
    if kind == "O":
        return objects(array, name)
    raise TypeError(f"`{name}` takes real numbers, not {array.dtype}")


def opened_column(x: Any) -> Array:
    """`x` as an array, missing values of pandas' own types as nan."""
    if not has_missing_type(x):
        return np.asarray(x)
    return np.asarray(x.to_numpy(np.float32 if str(x.dtype) == "Float32" else np.float64, na_value=np.nan))


def has_missing_type(x: Any) -> bool:
    """Whether `x` is a column of a type of pandas' own, in which values may be missing."""
    dtype = getattr(x, "dtype", None)
    return dtype is not None and not isinstance(dtype, np.dtype) and labelled(x)


def objects(array: Array, name: str) -> Array:
    """An object array (Fraction, Decimal, mixed integers) as float64."""
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as problem:
        raise TypeError(f"`{name}` takes real numbers, not these objects") from problem


def common(name: str, *operands: Any) -> list[Array]:
    """The operands as floating-point arrays of the type NumPy's own promotion gives them.

    A Python number does not widen a float32 array, as in `x + 1.0`.
    """
    kept = [x if type(x) in (int, float, bool) else floating(x, name) for x in operands]
    typed = [x for x in kept if isinstance(x, np.ndarray)]
    dtype = np.result_type(*typed) if typed else np.dtype(np.float64)
    return [np.asarray(x, dtype=dtype) for x in kept]


def wrapper(x: Any) -> Any:
    """What turns a plain array of the shape of `x` back into the kind of container that `x` is, or None.

    xarray and ndarray subclasses offer `__array_wrap__`; a plain array needs nothing.
    """
    if type(x) in (np.ndarray, float, int, bool, list, tuple) or isinstance(x, np.generic):
        return None
    if isinstance(x, np.ma.MaskedArray):
        return lambda values: masked(x, values)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(x, (pandas.Series, pandas.DataFrame)):
        return lambda values: relabelled(x, values)
    xarray = sys.modules.get("xarray")
    if xarray is not None and isinstance(x, xarray.DataArray):
        return lambda values: x.copy(data=values)
    return getattr(x, "__array_wrap__", None)


def masked(x: Any, values: Array) -> Any:
    """A plain array with the mask of `x`, its fill value and what else it has of its own."""
    result = values.view(type(x))
    result._update_from(x)
    result.mask = np.ma.getmaskarray(x) | undefined(x, values)
    result.unshare_mask()
    return result


def relabelled(x: Any, values: Array) -> Any:
    """A plain array as a Series or DataFrame like `x`, in which the columns may be of different types."""
    if x.ndim == 1:
        result = type(x)(values, index=x.index, name=x.name)
        if not isinstance(x.dtype, np.dtype):
            # A type of pandas' own, in which values may be missing.
            result = result.astype("Float32" if str(x.dtype) == "Float32" else "Float64")
        return result.__finalize__(x)
    result = type(x)(values, index=x.index, columns=x.columns)
    for i, dtype in enumerate(x.dtypes):
        if dtype != values.dtype and dtype.kind == "f":
            result.isetitem(i, result.iloc[:, i].astype(dtype))
    return result.__finalize__(x)


def undefined(x: Any, values: Array) -> Any:
    """Where a function has no value: there the logarithm of a masked array is masked, too."""
    with np.errstate(invalid="ignore"):
        return ~np.isfinite(values) & np.isfinite(np.ma.getdata(x))


def labelled(x: Any) -> bool:
    """Whether the axes of `x` have labels: a Series, a DataFrame, a DataArray."""
    pandas, xarray = sys.modules.get("pandas"), sys.modules.get("xarray")
    if pandas is not None and isinstance(x, (pandas.Series, pandas.DataFrame)):
        return True
    return xarray is not None and isinstance(x, xarray.DataArray)


def aligned(a: Any, b: Any) -> tuple[Any, Any]:
    """The operands with their labels brought together, as arithmetic does."""
    if not (labelled(a) and labelled(b)):
        return a, b
    if type(a).__module__.startswith("xarray"):
        xarray = sys.modules["xarray"]
        first, second = xarray.broadcast(*xarray.align(a, b, join="inner"))
        return first, second
    if a.ndim < b.ndim:
        second, first = b.align(a, axis=1)
        return first, second
    first, second = a.align(b, axis=1) if a.ndim > b.ndim else a.align(b)
    return first, second


def given(out: Array | None, shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """`out` where the caller has one of the right shape, or a new array."""
    if out is None:
        return np.empty(shape, dtype)
    if out.shape != shape:
        raise ValueError(f"`out` has shape {out.shape}, the result {shape}")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"`out` of type {out.dtype} cannot take {np.dtype(dtype)}")
    return out
