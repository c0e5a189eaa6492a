"""Times relative to `np.exp(x, out=out)` on the same array in the same round, medians of rounds."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from benchmarks.accuracy import compiled as loops
from stabaudit import runtime
from stabaudit.runtime import precise, scalar

SHAPES = [
    ((100_000,), -1, 3),
    ((10_000_000,), -1, 3),
    ((10_000, 1000), -1, 3),
    ((10_000, 1000), 0, 3),
    ((1_000_000, 10), -1, 3),
    ((2000, 1000), -1, 200),
]

CALLS = 500
fast = loops()


def timed(functions: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median seconds of each function, all of them once a round."""
    taken: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            taken[name].append(time.perf_counter() - start)
    return {name: median(times) for name, times in taken.items()}


def large(dtype: Any, peers: dict[str, Any], rounds: int, shrink: int) -> Iterator[list[str]]:
    """One row a function and shape."""
    used = {k: v for k, v in peers.items() if k != "naive"}
    for name in ("softmax", "logsumexp", "log_softmax"):
        own = ["stabaudit", "stabaudit out="] if name != "logsumexp" else ["stabaudit"]
        extra = ["precise"] if dtype == np.float32 else []
        compiled = ["fast"] if name == "logsumexp" else ["fast out="]
        compiled = compiled if fast else []
        yield [f"{np.dtype(dtype).name} `{name}`", "floor, ns", *used, *own, *extra, *compiled]
        for shape, axis, scale in SHAPES:
            if len(shape) > 1 or shape[0] > 1_000_000:
                shape = (max(1, shape[0] // shrink), *shape[1:])
            x = np.random.default_rng(0).normal(0, scale, shape).astype(dtype)
            out = np.empty_like(x)
            runs: dict[str, Callable[[], Any]] = {"floor": partial(np.exp, x, out=out)}
            for peer, functions in used.items():
                runs[peer] = partial(functions[name], x, axis=axis)
            f = getattr(runtime, name)
            runs["stabaudit"] = partial(f, x, axis=axis)
            if name != "logsumexp":
                runs["stabaudit out="] = partial(f, x, axis=axis, out=out)
            if extra:
                runs["precise"] = partial(getattr(precise, name), x, axis=axis)
            if compiled:
                options = {} if name == "logsumexp" else {"out": out}
                runs["fast"] = partial(getattr(fast["stabaudit fast"], name), x, axis=axis, **options)
                runs["fast"]()
            with np.errstate(all="ignore"):
                taken = timed(runs, rounds)
            floor = taken.pop("floor")
            title = " × ".join(f"{n:,}" for n in shape) + f", axis {axis}" + (", wide" if scale > 9 else "")
            yield [title, f"{floor / x.size * 1e9:.2f}", *(f"{t / floor:.2f}" for t in taken.values())]


def elementwise(dtype: Any, peers: dict[str, Any], rounds: int) -> Iterator[list[str]]:
    """One row a function of each element, on 10^5 elements."""
    columns = list(peers)
    extra = ["fast out="] if fast else []
    yield [f"{np.dtype(dtype).name}, 100,000 elements", *columns, "stabaudit out=", *extra]
    x = np.random.default_rng(0).normal(0, 3, 100_000).astype(dtype)
    out = np.empty_like(x)
    for name in ("sigmoid", "log_sigmoid", "softplus", "log1mexp", "logcosh"):
        given = -np.abs(x) if name == "log1mexp" else x
        runs: dict[str, Callable[[], Any]] = {"floor": partial(np.exp, x, out=out)}
        for peer in columns:
            if name in peers[peer]:
                runs[peer] = partial(peers[peer][name], given)
        runs["stabaudit"] = partial(getattr(runtime, name), given, out=out)
        if fast and name in fast["stabaudit fast"].__all__:
            runs["fast out="] = partial(getattr(fast["stabaudit fast"], name), given, out=out)
            runs["fast out="]()
        with np.errstate(all="ignore"):
            taken = timed(runs, rounds)
        floor = taken.pop("floor")
        cells = [f"{taken[c] / floor:.2f}" if c in taken else "-" for c in [*columns, "stabaudit", *extra]]
        yield [f"`{name}`", *cells]


def small(peers: dict[str, Any], rounds: int) -> Iterator[list[str]]:
    """One row a function: microseconds a call on ten elements, and the share of SciPy's time."""
    yield ["float64, n = 10", "stabaudit, µs", *(f"share of {p}" for p in peers if p != "naive")]
    x = np.random.default_rng(0).normal(0, 3, 10)
    for name in ("softmax", "logsumexp", "log_softmax", "sigmoid", "softplus"):
        runs = {p: partial(repeated, functions[name], x) for p, functions in peers.items() if p != "naive"}
        taken = timed({"own": partial(repeated, getattr(runtime, name), x), **runs}, rounds)
        own = taken.pop("own")
        yield [f"`{name}`", f"{own / CALLS * 1e6:.2f}", *(f"{own / t:.3f}" for t in taken.values())]


def repeated(function: Callable[..., Any], x: Any) -> None:
    """Call `function` often enough to be timed."""
    for _ in range(CALLS):
        function(x)


SCALARS = {
    "sigmoid": "1 / (1 + exp(-x))",
    "softplus": "log(1 + exp(x))",
    "log_sigmoid": "log(1 / (1 + exp(-x)))",
    "log1mexp": "log(1 - exp(-x))",
    "logcosh": "log(cosh(x))",
    "logaddexp": "log(exp(x) + exp(y))",
    "logdiffexp": "log(exp(y) - exp(x))",
    "logsumexp": "log(sum(exp(v) for v in row))",
    "softmax": "[exp(v) / sum(exp(w) for w in row) for v in row]",
}


def scalars(rounds: int) -> Iterator[list[str]]:
    """One row a scalar replacement: its time in units of the naive expression on `math`."""
    yield ["scalar", "naive expression", "ns", "stabaudit / naive"]
    space: dict[str, Any] = {"x": 1.25, "y": 2.5, "row": [0.5, 1.5, -2.0, 3.0, 0.25]}
    exec("from math import cosh, exp, log", space)
    arguments = {
        "log1mexp": "-x",
        "logaddexp": "x, y",
        "logdiffexp": "y, x",
        "logsumexp": "row",
        "softmax": "row",
    }
    for name, naive in SCALARS.items():
        space[name] = getattr(scalar, name)
        space["naive"] = eval(f"lambda x, y, row: {naive}", space)
        exec(f"def own(): \n for _ in range(20000): {name}({arguments.get(name, 'x')})", space)
        exec("def other(): \n for _ in range(20000): naive(x, y, row)", space)
        taken = timed({"own": space["own"], "other": space["other"]}, rounds)
        yield [
            f"`{name}`",
            f"`{naive}`",
            f"{taken['own'] / 2e4 * 1e9:.0f}",
            f"{taken['own'] / taken['other']:.2f}",
        ]


def memory() -> Iterator[list[str]]:
    """One row a function: peak memory beyond what it was given, in units of the input of 80 MB."""
    yield ["float64, memory beyond input and `out`", "10^7", "10^4 × 1000, axis -1", "10^4 × 1000, axis 0"]
    flat = np.random.default_rng(0).normal(0, 3, 10_000_000)
    for name in ("softmax", "log_softmax", "logsumexp", "sigmoid"):
        cells = []
        for shape, axis in (((10_000_000,), -1), ((10_000, 1000), -1), ((10_000, 1000), 0)):
            x = flat.reshape(shape)
            options: dict[str, Any] = {} if name == "sigmoid" else {"axis": axis}
            if name != "logsumexp":
                options["out"] = np.empty_like(x)
            tracemalloc.start()
            getattr(runtime, name)(x, **options)
            cells.append(f"{tracemalloc.get_traced_memory()[1] / x.nbytes:.3f}")
            tracemalloc.stop()
        yield [f"`{name}`", *cells]
