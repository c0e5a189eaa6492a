"""Any value of a program as plain data that can be sent to another process and compared there."""

from __future__ import annotations

import dataclasses
import types
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np


class Seen(NamedTuple):
    """A value: what of it has to be the same, its numbers, which may differ by rounding, and its parts by name."""

    kind: tuple[Any, ...]
    numbers: Any = None
    parts: tuple[tuple[str, Seen], ...] = ()


def describe(value: Any, depth: int = 0) -> Seen:
    """All that a caller could tell of `value`: type, dtype, shape, labels, units, masks, numbers, gradients, parts."""
    if depth > 8:
        return Seen(("deep", named(value)))
    library = type(value).__module__.partition(".")[0]
    if isinstance(value, (types.FunctionType, types.ModuleType, type, types.BuiltinFunctionType, np.ufunc)):
        return Seen((named(value), getattr(value, "__name__", "")))
    reader = LIBRARIES.get(library)
    if isinstance(value, np.ndarray):
        reader = _array
    elif isinstance(value, np.random.Generator):
        return Seen((named(value), repr(value.bit_generator.state)))
    elif isinstance(value, np.generic):
        return _array(value, depth)
    if reader is not None and (seen := reader(value, depth)) is not None:
        return seen
    return _plain(value, depth)


def named(value: Any) -> str:
    """The full name of the type of `value`."""
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _plain(value: Any, depth: int) -> Seen:
    kind = named(value)
    if isinstance(value, bool) or value is None or isinstance(value, (int, bytes, complex, float, str)):
        if isinstance(value, (float, complex)):
            return Seen((kind,), np.asarray(value))
        return Seen((kind,), value) if isinstance(value, str) else Seen((kind, repr(value)))
    if isinstance(value, (Decimal, Fraction)):
        return Seen((kind,), np.asarray(float(value)))
    if isinstance(value, dict):
        return Seen((kind, len(value)), None, _parts([(repr(k), v) for k, v in value.items()], depth))
    if isinstance(value, (set, frozenset)):
        return Seen((kind, len(value)), None, _parts([("", v) for v in sorted(value, key=repr)], depth))
    if isinstance(value, (list, tuple)):
        return Seen((kind, len(value)), None, _parts([(str(n), v) for n, v in enumerate(value)], depth))
    if isinstance(value, BaseException):
        return Seen(tuple(f"{c.__module__}.{c.__qualname__}" for c in type(value).__mro__), str(value))
    if dataclasses.is_dataclass(value) or hasattr(value, "__dict__"):
        return Seen((kind,), None, _parts(sorted(vars(value).items()), depth))
    slots = [name for name in getattr(type(value), "__slots__", ()) if hasattr(value, name)]
    if slots:
        return Seen((kind,), None, _parts([(name, getattr(value, name)) for name in slots], depth))
    return Seen((kind,))


def _parts(items: Any, depth: int) -> tuple[tuple[str, Seen], ...]:
    return tuple((name, describe(value, depth + 1)) for name, value in items)


def _array(value: Any, depth: int) -> Seen:
    """Arrays and scalars of NumPy with all subclasses: matrices, masked arrays, records, quantities."""
    plain = np.ma.getdata(value) if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    kind: tuple[Any, ...] = (named(value), str(plain.dtype.newbyteorder("=")), plain.shape)
    parts: list[tuple[str, Any]] = []
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        plain = np.where(mask, np.zeros((), plain.dtype), plain)
        parts = [("mask", mask), ("fill_value", value.fill_value)]
        kind += (value.mask is np.ma.nomask, value.hardmask)
    if hasattr(value, "unit"):
        kind += (str(value.unit),)
    if plain.dtype.kind in "fc":
        return Seen(kind, np.array(plain), _parts(parts, depth))
    if plain.dtype.kind == "O":
        return Seen(kind, None, _parts([*parts, *((str(n), v) for n, v in enumerate(plain.ravel()))], depth))
    return Seen((*kind, repr(plain.tolist())), None, _parts(parts, depth))


def _pandas(value: Any, depth: int) -> Seen | None:
    import pandas as pd

    kind = named(value)
    if isinstance(value, pd.DataFrame):
        columns = [(f"column {n}", value.iloc[:, n]) for n in range(value.shape[1])]
        labels = [("columns", value.columns), ("index", value.index), ("attrs", value.attrs)]
        return Seen((kind, value.shape), None, _parts([*labels, *columns], depth))
    if isinstance(value, pd.Series):
        labels = [("index", value.index), ("attrs", value.attrs)]
        return Seen((kind, repr(value.name)), None, _parts([*labels, ("array", value.array)], depth))
    if isinstance(value, pd.MultiIndex):
        return Seen((kind, repr(value.tolist()), repr(value.names)))
    if isinstance(value, pd.Index):
        return Seen((kind, repr(value.name), str(value.dtype)), None, _parts([("array", value.array)], depth))
    if isinstance(value, pd.api.extensions.ExtensionArray):
        missing = np.asarray(value.isna())
        filled = value.to_numpy(dtype=object)
        numbers = [v for v, m in zip(filled, missing, strict=True) if not m]
        parts = [("missing", missing), *((str(n), v) for n, v in enumerate(numbers))]
        dtype = str(value.dtype).lower()
        if isinstance(value, pd.arrays.SparseArray):
            dtype, parts = str(value.dtype.subtype), [("dense", value.to_dense()), ("fill", value.fill_value)]
        elif dtype.startswith(("float", "double")):
            wide = np.float32 if dtype in ("float32", "float[pyarrow]") else np.float64
            parts = [("missing", missing), ("numbers", np.array(numbers, dtype=wide))]
        return Seen((kind, dtype, len(value)), None, _parts(parts, depth))
    return Seen((kind, repr(value)))


def _xarray(value: Any, depth: int) -> Seen | None:
    if not hasattr(value, "dims"):
        return None
    parts: list[tuple[str, Any]] = [("attrs", dict(value.attrs))]
    if hasattr(value, "data_vars"):
        parts += [(str(name), value[name]) for name in value.data_vars]
    else:
        parts.append(("data", value.data))
    parts += [(f"coordinate {name}", coordinate.values) for name, coordinate in getattr(value, "coords", {}).items()]
    return Seen((named(value), tuple(value.dims), repr(getattr(value, "name", None))), None, _parts(parts, depth))


def _torch(value: Any, depth: int) -> Seen | None:
    import torch

    if not isinstance(value, torch.Tensor):
        return Seen((named(value), repr(value)))
    kind = (named(value), str(value.dtype), tuple(value.shape), value.requires_grad, str(value.device))
    with torch.no_grad():
        if not (value.is_floating_point() or value.is_complex()):
            return Seen((*kind, repr(value.tolist())))
        wide = value.detach().double() if value.is_floating_point() else value.detach()
        parts = [] if value.grad_fn is not None or value.grad is None else [("grad", value.grad.detach())]
        return Seen(kind, np.array(wide.resolve_conj().numpy()), _parts(parts, depth))


def _jax(value: Any, depth: int) -> Seen | None:
    if not hasattr(value, "weak_type"):
        return None
    plain = np.asarray(value)
    kind = ("jax.Array", str(plain.dtype), plain.shape, value.weak_type)
    if plain.dtype.kind in "biu":
        return Seen((*kind, repr(plain.tolist())))
    return Seen(kind, plain.astype(complex if plain.dtype.kind == "c" else float))


def _dask(value: Any, depth: int) -> Seen | None:
    if not hasattr(value, "chunks") or not hasattr(value, "compute"):
        return None
    return Seen((named(value), str(value.chunks)), None, _parts([("computed", value.compute(scheduler="sync"))], depth))


def _polars(value: Any, depth: int) -> Seen | None:
    import polars as pl

    if isinstance(value, pl.LazyFrame):
        return Seen((named(value),), None, _parts([("collected", value.collect())], depth))
    if isinstance(value, pl.DataFrame):
        return Seen((named(value), value.shape), None, _parts([(s.name, s) for s in value.get_columns()], depth))
    if isinstance(value, pl.Series):
        return Seen((named(value), value.name, str(value.dtype)), None, _parts([("data", value.to_list())], depth))
    return Seen((named(value), str(value)))


def _pint(value: Any, depth: int) -> Seen | None:
    if not hasattr(value, "magnitude"):
        return None
    return Seen((named(value), str(value.units)), None, _parts([("magnitude", value.magnitude)], depth))


def _written(value: Any, depth: int) -> Seen:
    return Seen((named(value), repr(value)))


LIBRARIES = {
    "pandas": _pandas,
    "xarray": _xarray,
    "torch": _torch,
    "jaxlib": _jax,
    "jax": _jax,
    "dask": _dask,
    "polars": _polars,
    "pint": _pint,
    "sympy": _written,
    "mpmath": _written,
    "astropy": None,
}
