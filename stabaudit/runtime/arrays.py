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

    Complex, text and dates raise `TypeError`: none of these functions is defined for them here.
    """
    array = np.asarray(x)
    kind = array.dtype.kind
    if kind == "f":
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    if kind in "iub":
        return array.astype(np.float64)
    if kind == "O":
        return objects(array, name)
    raise TypeError(f"`{name}` takes real numbers, not {array.dtype}")


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

    pandas, xarray and ndarray subclasses all offer `__array_wrap__`; a plain array needs nothing.
    """
    if type(x) in (np.ndarray, float, int, bool, list, tuple) or isinstance(x, np.generic):
        return None
    if isinstance(x, np.ma.MaskedArray):
        return lambda values: np.ma.MaskedArray(values, mask=np.ma.getmask(x))
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(x, (pandas.Series, pandas.DataFrame)):
        axes = {"index": x.index, "name": x.name} if x.ndim == 1 else {"index": x.index, "columns": x.columns}
        return lambda values: type(x)(values, **axes)
    xarray = sys.modules.get("xarray")
    if xarray is not None and isinstance(x, xarray.DataArray):
        return lambda values: x.copy(data=values)
    return getattr(x, "__array_wrap__", None)


def given(out: Array | None, shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """`out` where the caller has one of the right shape, or a new array."""
    if out is None:
        return np.empty(shape, dtype)
    if out.shape != shape:
        raise ValueError(f"`out` has shape {out.shape}, the result {shape}")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"`out` of type {out.dtype} cannot take {np.dtype(dtype)}")
    return out
