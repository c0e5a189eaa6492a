"""The largest error in ULP of every function, here and elsewhere, over the sample sets of the tests."""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from stabaudit import runtime
from stabaudit.runtime import precise
from tests.runtime import samples, truth

KINDS = {"ordinary": samples.ordinary, "extreme": samples.extreme, "cancelling": samples.cancelling}
ROWS = ("softmax", "log_softmax", "logsumexp")


def shown(errors: Any) -> str:
    """The largest of some errors, short; an infinite one is a wrong inf, nan or finite number."""
    worst = float(np.max(errors, initial=0))
    if math.isinf(worst):
        return "wrong"
    return f"{worst:.2f}" if worst < 1000 else f"{worst:.1e}"


def compiled() -> dict[str, Any]:
    """The compiled functions, where numba is installed."""
    if importlib.util.find_spec("numba") is None:
        return {}
    return {"stabaudit fast": importlib.import_module("stabaudit.runtime.fast")}


def here(dtype: Any) -> dict[str, Any]:
    """The functions of the runtime to measure, by column."""
    found: dict[str, Any] = {"stabaudit": runtime}
    if dtype == np.float32:
        found["stabaudit precise"] = precise
    return found | compiled()


def univariate(dtype: Any, peers: dict[str, Any], size: int) -> Iterator[list[str]]:
    """One row a function: the largest error on ordinary / extreme / cancelling points, by library."""
    columns: dict[str, Any] = {**peers, **here(dtype)}
    yield [f"{np.dtype(dtype).name}: ordinary / extreme / cancelling", *columns]
    for name, formula in truth.UNIVARIATE.items():
        cells = {column: [] for column in columns}
        for kind, make in KINDS.items():
            with np.errstate(all="ignore"):
                made = make(size, dtype=dtype) if kind == "extreme" else make(size)
                x = samples.inside(name, np.asarray(made, dtype))
                exact = [formula(v) for v in truth.numbers(x)]
                for column, functions in columns.items():
                    cells[column].append(cell(functions, name, (x,), exact, dtype))
        yield [f"`{name}`", *(" / ".join(c) if c[0] != "-" else "-" for c in cells.values())]


def cell(functions: Any, name: str, arguments: tuple[Any, ...], exact: list[Any], dtype: Any) -> str:
    """The largest error of one function of one library."""
    function = functions.get(name) if isinstance(functions, dict) else getattr(functions, name, None)
    if function is None:
        return "-"
    found = np.asarray(function(*arguments))
    return shown(truth.ulps(found.astype(np.float64), exact, dtype))


def rows(dtype: Any, peers: dict[str, Any], size: int) -> Iterator[list[str]]:
    """One row a function and regime: the largest error along the last axis, by library."""
    columns: dict[str, Any] = {**peers, **here(dtype)}
    for name in ROWS:
        yield [f"{np.dtype(dtype).name} `{name}`", *columns]
        for regime, x in samples.rows(dtype, size).items():
            numbers = [truth.numbers(row) for row in x]
            if name == "logsumexp":
                exact = [truth.logsumexp(row) for row in numbers]
                keep = [abs(float(e)) >= 1e-12 for e in exact]
                x, exact = x[keep], [e for e, k in zip(exact, keep, strict=True) if k]
            else:
                exact = [value for row in numbers for value in getattr(truth, name)(row)]
            with np.errstate(all="ignore"):
                yield [regime, *(row_cell(f, name, x, exact, dtype) for f in columns.values())]


def row_cell(functions: Any, name: str, x: Any, exact: list[Any], dtype: Any) -> str:
    """The same for a reduction."""
    if isinstance(functions, dict):
        return shown(truth.ulps(np.asarray(functions[name](x), np.float64), exact, dtype))
    both = [getattr(functions, name)(x, axis=-1)]
    turned = getattr(functions, name)(np.ascontiguousarray(x.T), axis=0)
    both.append(turned.T if turned.ndim == 2 else turned)
    return shown([truth.ulps(found, exact, dtype).max(initial=0) for found in both])


def half(size: int) -> Iterator[list[str]]:
    """One row a function: how many of all finite float16 inputs it rounds wrongly."""
    yield ["float16, all inputs of the domain", "inputs", "misrounded"]
    wide = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float64)
    for name, formula in truth.UNIVARIATE.items():
        x = samples.inside(name, wide)
        y = getattr(runtime, name)(x.astype(np.float16))
        errors = truth.ulps(y, [formula(v) for v in truth.numbers(x)], np.float16)
        yield [f"`{name}`", str(x.size), str(int((errors > 0.5).sum()))]


def tall(peers: dict[str, Any], n: int) -> Iterator[list[str]]:
    """Softmax along a long axis, against 80-bit numbers."""
    x = np.random.default_rng(4).normal(0, 3, (n, 4))
    wide = x.astype(np.longdouble)
    columns: dict[str, Any] = {**peers, "stabaudit": runtime, **compiled()}
    yield [f"float64 `softmax`, n = {n:,}", *columns]
    for axis, values, long in ((0, x, wide), (-1, np.ascontiguousarray(x.T), wide.T)):
        e = np.exp(long - long.max(axis=axis, keepdims=True))
        exact = e / e.sum(axis=axis, keepdims=True)
        unit = np.spacing(exact.astype(np.float64))
        cells = []
        for functions in columns.values():
            f = functions["softmax"] if isinstance(functions, dict) else functions.softmax
            cells.append(shown(np.abs(np.asarray(f(values, axis=axis)) - exact) / unit))
        yield [f"axis {axis}", *cells]
