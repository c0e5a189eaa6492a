"""What a compiler takes is fixed with what compiles there, wherever the compiler comes from."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.api import fix_source
from stabaudit.fix.compilers import Compilers

SIGMOID = "def g(x):\n    return 1 / (1 + np.exp(-x))\n"
COMPILED = [
    f"from numba import njit\n@njit\n{SIGMOID}",
    f"from numba import njit as fast\n@fast\n{SIGMOID}",
    f"import numba as nb\n@nb.jit(nopython=True)\n{SIGMOID}",
    f"try:\n    from numba import jit\nexcept ImportError:\n    def jit(f):\n        return f\n@jit\n{SIGMOID}",
    f"from .compat import njit\n@njit\n{SIGMOID}",
    f"from .compat import maybe_jit\n@maybe_jit(cache=True)\n{SIGMOID}",
    f"import numba\nfast = numba.njit(cache=True)\n@fast\n{SIGMOID}",
    f"import numba\nfast = numba.njit if numba else None\n@fast\n{SIGMOID}",
    f"import numba\nfrom functools import partial\nfast = partial(numba.njit, cache=True)\n@fast\n{SIGMOID}",
    f"import numba\ndef fast(f):\n    return numba.njit(f)\n@fast\n{SIGMOID}",
    f"import numba\ndef fast(**words):\n    return numba.njit(**words)\n@fast(cache=True)\n{SIGMOID}",
    f"import numba\n{SIGMOID}h = numba.njit(g)\n",
    f"import numba\n{SIGMOID}h = numba.vectorize(['float64(float64)'])(g)\n",
    f"import numba\n@numba.guvectorize(['(f8[:], f8[:])'], '(n)->(n)')\n{SIGMOID}",
    f"from numba import cfunc\n@cfunc('float64(float64)')\n{SIGMOID}",
    f"import torch\n@torch.jit.script\n{SIGMOID}",
    f"import cython\n@cython.ccall\n{SIGMOID}",
    "from numba.experimental import jitclass\n@jitclass([])\nclass A:\n"
    "    def g(self, x):\n        return 1 / (1 + np.exp(-x))\n",
    "import numba\ng = numba.njit(lambda x: 1 / (1 + np.exp(-x)))\n",
    "import numba\n@numba.njit\ndef f(x):\n    def g(y):\n        return 1 / (1 + np.exp(-y))\n    return g(x)\n",
    "import numba\nclass A:\n    @staticmethod\n    @numba.njit\n    def g(x):\n        return 1 / (1 + np.exp(-x))\n",
]


@pytest.mark.parametrize("source", COMPILED)
def test_no_function_of_the_runtime_is_called_in_compiled_code(source: str) -> None:
    source = f"import numpy as np\n{source}"

    assert fix_source(source).text == source


@pytest.mark.parametrize("source", COMPILED)
def test_what_compiles_there_is_a_fix(source: str) -> None:
    source = f"import numpy as np\n{source}".replace("1 / (1 + np.exp(-", "(np.exp(").replace("x))\n", "x) - 1)\n")
    source = source.replace("y))\n", "y) - 1)\n").replace("x)))\n", "x) - 1))\n").replace("x)))", "x) - 1))")

    assert "np.expm1(" in fix_source(source).text


@pytest.mark.parametrize(
    "head",
    [
        "@np.vectorize\n",
        "from numpy import vectorize\n@vectorize\n",
        "@jitter\n",
        "@functools.lru_cache\n",
        "@overloaded\n",
        "",
    ],
)
def test_what_is_not_compiled_calls_the_runtime(head: str) -> None:
    assert "stable.sigmoid(x)" in fix_source(f"import numpy as np\n{head}{SIGMOID}").text


def test_only_what_is_compiled_is_said_to_be() -> None:
    compilers = Compilers(
        dedent("""
        from numba import njit

        def f(x):
            return x

        @njit
        def g(x):
            return x

        h = njit(lambda x: x)
        """).lstrip()
    )

    assert [compilers.of(row) for row in range(1, 11)] == [None] * 5 + ["numba.njit"] * 3 + [None, "numba.njit"]
    assert Compilers("from numba import (").of(1) is None
