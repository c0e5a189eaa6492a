"""What is said of a place does not depend on the order in which Python happens to keep a set."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CHECK = "import sys; from stabaudit.api import check_source; print(check_source(sys.stdin.read()))"
REASSIGNED = """\
import numpy as np


def f(a, b, c, g):
    u, v, w = g(a), g(b), g(c)
    e = np.exp(a * u - b * v + c * w)
    a, b, c, u, v, w = g()
    return e / e.sum()
"""
FUNCTIONS = """\
import numpy as np


def f(a, b, c):
    return np.log(np.add(1, np.exp(np.subtract(np.multiply(a, c), np.add(b, c)))))
"""


@pytest.mark.parametrize("code", [REASSIGNED, FUNCTIONS])
def test_each_run_says_the_same(code: str):
    said = {_told(code, seed) for seed in (0, 2, 3)}
    assert len(said) == 1


def _told(code: str, seed: int) -> str:
    return subprocess.run(
        [sys.executable, "-c", CHECK],
        input=code,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
