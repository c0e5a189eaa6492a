"""What is computed by its own arithmetic: for it every function is the plain formula."""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

NUMBERS = frozenset({float, int, bool, complex})
ROWS = frozenset({list, tuple})
#: What the formulas do with arrays.
STEPS = (
    "sum",
    "mean",
    "max",
    "__neg__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__truediv__",
    "__rtruediv__",
)


def formula_only(x: Any) -> bool:
    """Whether only the formula itself is defined for `x`, or keeps what it is.

    So it is for complex numbers, quantities with a unit, arrays of other libraries (dask, polars, CuPy), types of
    pandas' own, and classes with an `exp` of their own.
    """
    kind = type(x)
    if kind is np.ndarray:
        # The floats of ml_dtypes, such as bfloat16, are of kind V and have no fields.
        small_float = x.dtype.kind == "V" and x.dtype.names is None
        return small_float or x.dtype.kind == "c" or (x.dtype.kind == "O" and has_exp(x))
    if kind in NUMBERS:
        return kind is complex
    if kind in ROWS:
        return np.asarray(x).dtype.kind == "c"
    if isinstance(x, np.generic):
        return x.dtype.kind == "c"
    if isinstance(x, np.ndarray):
        return x.dtype.kind == "c" or has_own_steps(kind)  # type: ignore[arg-type]  # a type can be hashed
    pandas, xarray = sys.modules.get("pandas"), sys.modules.get("xarray")
    if pandas is not None and isinstance(x, pandas.DataFrame):
        return any(not isinstance(dtype, np.dtype) or dtype.kind == "c" for dtype in x.dtypes)
    if pandas is not None and isinstance(x, (pandas.Series, pandas.Index)):
        return is_extended(x.dtype) or (x.dtype.kind == "O" and has_exp(np.asarray(x)))
    if xarray is not None and isinstance(x, xarray.DataArray):
        return x.dtype.kind == "c" or type(x.data) is not np.ndarray
    return hasattr(kind, "__array_ufunc__") or (callable(getattr(x, "exp", None)) and not hasattr(x, "__array__"))


@cache
def has_own_steps(kind: type[Any]) -> bool:
    """Whether a subclass of arrays has a way of its own to compute what a formula does.

    Those of NumPy itself are known.
    """
    known = kind.__module__.partition(".")[0] == "numpy"
    return kind.__array_ufunc__ is not np.ndarray.__array_ufunc__ or (
        not known
        and not issubclass(kind, np.matrix)
        and not ("numpy.ma" in sys.modules and issubclass(kind, np.ma.MaskedArray))
        and any(getattr(kind, step) is not getattr(np.ndarray, step) for step in STEPS)
    )


def has_exp(x: Any) -> bool:
    """Whether the first of some objects has an exponential of its own, and is no number of Python's."""
    first = x.flat[0] if x.size else None
    return callable(getattr(first, "exp", None)) and not isinstance(first, Decimal)


def is_extended(dtype: Any) -> bool:
    """Whether a type of a column is complex, or pandas' own and more than floats that may be missing."""
    if isinstance(dtype, np.dtype):
        return dtype.kind == "c"
    return not str(dtype).startswith(("Float", "Int", "UInt"))


def spread(x: Any) -> Any:
    """`x`, a row of Python's numbers as an array."""
    return np.asarray(x) if type(x) in ROWS else x
