"""How the runtime behaves in company: imports, error states, threads, memory, names."""

from __future__ import annotations

import inspect
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stabaudit import runtime
from stabaudit.runtime import precise, scalar

ROOT = Path(__file__).parents[2]
WHOLE = """
import sys
import numpy
before = set(sys.modules)
from stabaudit import runtime
from stabaudit.runtime import precise, scalar
print(" ".join(sorted(set(sys.modules) - before)))
"""


def test_importing_brings_nothing_but_numpy() -> None:
    done = subprocess.run([sys.executable, "-c", WHOLE], capture_output=True, text=True, cwd=ROOT, check=True)
    modules = done.stdout.split()
    roots = {name.split(".")[0] for name in modules}
    own = [name for name in modules if name.startswith("stabaudit")]

    assert roots & {"libcst", "mpmath", "scipy", "pandas", "numba", "gmpy2", "hypothesis"} == set()
    assert [name for name in own if name != "stabaudit" and not name.startswith("stabaudit.runtime")] == []


def test_importing_costs_few_modules_on_top_of_numpy() -> None:
    done = subprocess.run([sys.executable, "-c", WHOLE], capture_output=True, text=True, cwd=ROOT, check=True)
    foreign = {name for name in done.stdout.split() if not name.startswith("stabaudit")}

    # 10 ms is the promise, measured by `benchmarks/runtime.py`; what could break it is one more heavy import.
    assert len(foreign) <= 5, sorted(foreign)


@pytest.mark.parametrize("module", [runtime, precise, scalar])
def test_all_is_sorted_and_there(module: Any) -> None:
    assert module.__all__ == sorted(module.__all__)
    parts = [getattr(module, name) for name in module.__all__]
    assert all(callable(part) or inspect.ismodule(part) for part in parts)


@pytest.mark.parametrize("module", [runtime, precise, scalar])
def test_every_function_is_documented(module: Any) -> None:
    for name in module.__all__:
        if module is scalar and name == "tanh":
            continue
        assert "`" in (inspect.getdoc(getattr(module, name)) or "") or name == "tanh", name


FUNCTIONS = ["softmax", "log_softmax", "logsumexp", "sigmoid", "softplus", "log_sigmoid", "logcosh", "exprel"]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("size", [3, 100, 50_000])
def test_no_harmless_flag_is_raised(name: str, dtype: Any, size: int) -> None:
    high = min(float(np.finfo(dtype).max), 1e300)
    x = np.concatenate([np.linspace(-high, high, size), [0.0, -0.0, 1e-4, np.inf, -np.inf, np.nan]]).astype(dtype)
    before = np.geterr()

    with np.errstate(all="raise"):
        inside = np.geterr()
        getattr(runtime, name)(x)
        getattr(runtime, name)(x[:-2])
        getattr(precise, name)(x[:-3])
        assert np.geterr() == inside
    assert np.geterr() == before


def test_a_failing_call_leaves_the_error_state_alone() -> None:
    with np.errstate(over="raise", under="warn"):
        inside = np.geterr()
        with pytest.raises(TypeError):
            runtime.softmax(["x"])
        assert np.geterr() == inside


def test_threads_do_not_disturb_each_other() -> None:
    x = np.random.default_rng(0).normal(0, 300, (40, 2000))
    expected = {name: getattr(runtime, name)(x) for name in FUNCTIONS}
    wrong: list[str] = []

    def work(name: str, mode: Any) -> None:
        with np.errstate(all=mode):
            state = np.geterr()
            for _ in range(20):
                if (
                    not np.array_equal(getattr(runtime, name)(x), expected[name], equal_nan=True)
                    or np.geterr() != state
                ):
                    wrong.append(name)

    threads = [threading.Thread(target=work, args=(n, m)) for n in FUNCTIONS for m in ("raise", "ignore")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "sigmoid", "softplus", "logsumexp"])
@pytest.mark.parametrize(("shape", "axis"), [((4_000_000,), -1), ((4000, 1000), -1), ((4000, 1000), 0)])
def test_memory_beyond_the_result_is_a_few_blocks(name: str, shape: tuple[int, ...], axis: int) -> None:
    x = np.random.default_rng(0).normal(0, 3, shape)
    options: dict[str, Any] = {} if name in ("sigmoid", "softplus") else {"axis": axis}
    if name != "logsumexp":
        options["out"] = np.empty_like(x)
    getattr(runtime, name)(x, **options)

    tracemalloc.start()
    getattr(runtime, name)(x, **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak <= 0.1 * x.nbytes
