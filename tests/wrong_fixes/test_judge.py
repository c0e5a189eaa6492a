"""The judge of the other tests here: it lets rounding and what becomes right pass, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wrong_fixes.compared import worse
from tests.wrong_fixes.run import Runner, observe, truths

HEAD = "import math\nimport numpy as np\n"
SAME = {
    "rounding": ("def g(x): return 1 / (1 + np.exp(-x))", "def g(x): return np.exp(-np.log1p(np.exp(-x)))", "1.5"),
    "nan becomes right": ("def g(x): return x * 0 * np.inf + 1", "def g(x): return x * 0 + 1", "np.array([1.0])"),
    "an overflow becomes a value": ("def g(x): return math.log(math.exp(x))", "def g(x): return x", "800.0"),
    "digits that were lost": ("def g(x): return np.log(1 + x)", "def g(x): return np.log1p(x)", "np.array([1e-12])"),
    "an error stays": ("def g(x): return x + 'a'", "def g(x): return x + 'b'", "1.0"),
    "printed rounding": ("def g(x): print(x * 0.1 * 3)", "def g(x): print(x * 0.3)", "1.0"),
    "digits that were lost of numbers put into an array": (
        "def g(x): x[x > 0] = 1e-9; return np.exp(x) - 1",
        "def g(x): x[x > 0] = 1e-9; return np.expm1(x)",
        "np.array([1.0])",
    ),
    "a truth value that becomes right": (
        "def g(x): return np.exp(x) / (1 + np.exp(x)) > 0.5",
        "def g(x): return 1 / (1 + np.exp(-x)) > 0.5",
        "np.array([800.0])",
    ),
    "the name of the type of small integers": (
        "def g(x): print(np.exp(x).dtype)",
        "def g(x): print(np.exp(x.astype(float)).dtype)",
        "np.array([1], np.int8)",
    ),
    "a quiet fix": ("def g(x): return np.exp(x) / (1 + np.exp(x))", "def g(x): return 1 / (1 + np.exp(-x))", "1.0"),
}
WORSE = {
    "a value": ("def g(x): return x + 1", "def g(x): return x + 1.0001", "np.array([1.0])"),
    "a tail is lost": ("def g(x): return np.exp(x)", "def g(x): return np.exp(x) + 1 - 1", "np.array([-50.0])"),
    "nan": ("def g(x): return x", "def g(x): return x * np.nan", "np.array([1.0])"),
    "inf becomes nan": ("def g(x): return x * np.inf", "def g(x): return x * np.nan", "np.array([1.0])"),
    "inf of inf becomes a value": ("def g(x): return x", "def g(x): return np.float64(1)", "np.float64(np.inf)"),
    "inf becomes a wrong value": ("def g(x): return np.log(np.exp(x))", "def g(x): return x + 1", "np.float64(800)"),
    "type": ("def g(x): return float(x)", "def g(x): return np.float64(x)", "1.5"),
    "dtype": ("def g(x): return x", "def g(x): return x.astype('f4')", "np.array([1.5])"),
    "shape": ("def g(x): return x", "def g(x): return x[None]", "np.array([1.5])"),
    "container": ("def g(x): return [x]", "def g(x): return (x,)", "1.5"),
    "mask": (
        "def g(x): return x",
        "def g(x): return np.ma.array(x.data, mask=[1, 1])",
        "np.ma.array([1.5, 2], mask=[0, 1])",
    ),
    "fill value": ("def g(x): return x", "def g(x): return np.ma.array(x, fill_value=7)", "np.ma.array([1.5])"),
    "arguments": ("def g(x): x += 1", "def g(x): x += 2", "np.array([1.5])"),
    "printed": ("def g(x): print('a', x)", "def g(x): print('b', x)", "1.5"),
    "not printed": ("def g(x): print(x)", "def g(x): pass", "1.5"),
    "global data": ("N = []\ndef g(x): N.append(x)", "N = []\ndef g(x): N.append(x + 1)", "1.5"),
    "a global is gone": ("N = []\ndef g(x): N.append(x)", "def g(x): pass", "1.5"),
    "a truth value": ("def g(x): return x > 0.5", "def g(x): return x < 0.5", "np.array([1.5])"),
    "the name of a type": ("def g(x): print(x.dtype)", "def g(x): print(x.astype(float).dtype)", "np.float32(1.5)"),
    "raises": ("def g(x): return x", "def g(x): raise ValueError", "1.5"),
    "raises no more": ("def g(x): raise KeyError", "def g(x): return x", "1.5"),
    "raises another": ("def g(x): raise KeyError", "def g(x): raise TypeError", "1.5"),
    "an exception that was caught": (
        "def g(x):\n  try: return math.exp(x)\n  except OverflowError: return 0.0",
        "def g(x): return 1e300 * 10",
        "800.0",
    ),
    "warns": ("def g(x): return x", "def g(x): return x + 0 * np.exp(x * 1000)", "np.float64(-800.0)"),
    "under errstate": ("def g(x): return x", "def g(x): np.exp(-900 * x); return x", "np.float64(1.0)"),
}
EXTREME = {
    "still nan": ("def g(x): return np.exp(x) / np.exp(x)", "def g(x): return np.exp(x) / np.exp(1 * x)"),
    "a wrong value": ("def g(x): return np.exp(x) / np.exp(x)", "def g(x): return x * 0"),
    "still inf": ("def g(x): return np.log(1 + np.exp(x))", "def g(x): return np.log1p(np.exp(x))"),
}
PANDAS, XARRAY, TORCH, JAX = (
    f"import {name}\n" for name in ("pandas as pd", "xarray as xr", "torch", "jax.numpy as jnp, jax")
)
ASTROPY = "from astropy import units as u\n"
LIBRARY = {
    "a name": (PANDAS, "x", "x.rename('b')", "pd.Series([1.0], name='a')"),
    "an index": (PANDAS, "x", "x.reset_index(drop=True)", "pd.Series([1.0], index=[3])"),
    "a coordinate": (XARRAY, "x", "x.drop_vars('a')", "xr.DataArray([1.0], coords={'a': [3]}, dims='a')"),
    "a unit": (ASTROPY, "x", "x.value * u.m", "5.0 * u.km"),
    "the graph": (TORCH, "x * 2", "x.detach() * 2", "torch.ones(2, requires_grad=True)"),
    "a gradient": (TORCH, "x * 2", "x + x.detach()", "torch.ones(2)"),
    "a second derivative": (
        TORCH,
        "x ** 3",
        "(x - x.detach()) * 3 * x.detach() ** 2 + x.detach() ** 3",
        "torch.ones(2, dtype=torch.float64)",
    ),
    "a gradient of JAX": (JAX, "x * 2", "x + jax.lax.stop_gradient(x)", "jnp.ones(2)"),
    "what JAX cannot compile": (JAX, "x * 2", "x * (2 if x[0] > 0 else 3)", "jnp.ones(2)"),
}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def judged(runner: Runner, before: str, after: str, case: str, cases: str = "CASES") -> list[str]:
    tail = f"\n{cases} = [{case}]\n"
    texts = [HEAD + text + tail for text in (before, after)]
    runs = [runner(observe, text) for text in texts]
    assert not any(run.failed for run in runs), runs
    return worse(*runs, runner(truths, texts[0]))


@pytest.mark.parametrize(("before", "after", "case"), SAME.values(), ids=SAME)
def test_it_lets_pass(before: str, after: str, case: str, runner: Runner):
    assert judged(runner, before, after, case) == []


@pytest.mark.parametrize(("before", "after", "case"), WORSE.values(), ids=WORSE)
def test_it_sees(before: str, after: str, case: str, runner: Runner):
    assert judged(runner, before, after, case)


@pytest.mark.parametrize(("head", "before", "after", "case"), LIBRARY.values(), ids=LIBRARY)
def test_of_a_library_it_sees(head: str, before: str, after: str, case: str, runner: Runner):
    pytest.importorskip(head.split()[1].partition(".")[0])
    assert judged(runner, *(f"{head}def g(x): return {text}" for text in (before, after)), case)


@pytest.mark.parametrize(("before", "after"), EXTREME.values(), ids=EXTREME)
def test_a_fix_that_leaves_the_fault_where_it_was_is_seen(before: str, after: str, runner: Runner):
    assert judged(runner, before, after, "np.array([1000.0])", "EXTREMES")


def test_digits_lost_by_a_fix_are_seen(runner: Runner):
    before, after = "def g(x): return np.exp(x)", "def g(x): return np.exp(x + 2) / np.exp(2.0)"
    assert judged(runner, before, after, "np.array([-700.0, -650.123])", "EXTREMES") == []
    assert judged(runner, before, after.replace("exp(2.0)", "exp(2.0 + 1e-13)"), "np.array([-1.5])", "EXTREMES")


def test_a_program_that_does_not_end_or_dies_is_told(runner: Runner):
    assert runner(observe, "import os\nos.kill(os.getpid(), 11)").failed == "died: -11"
    assert runner(observe, "def").failed == "SyntaxError"
