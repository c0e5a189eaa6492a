"""`stabaudit witness --as-test`: what it prints is run by pytest, before and after the fix."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import put, quick

ROOT = Path(__file__).parents[1]
NAIVE = """\
import math

import numpy as np


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def odds(x):
    return math.log(1 + math.exp(x))


def share(x, *, scale=2.0):
    y = np.log(1 + np.exp(x))
    return y * scale


def small(x):
    total = np.log(1 + x)
    return total
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("src/pkg/naive.py", NAIVE)
    return tmp_path


def run() -> tuple[int, str]:
    """What pytest says of the test."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", str(ROOT)]), "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio", "test_it.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    return done.returncode, done.stdout


@pytest.mark.parametrize("row", [7, 11, 15], ids=["softmax", "sigmoid", "odds"])
def test_where_a_function_returns_the_formula_the_test_calls_it(row: int):
    code, test, err = quick("witness", f"src/pkg/naive.py:{row}", "--as-test", real=True)
    assert (code, err) == (0, "")
    assert "from pkg.naive import " in test
    put("test_it.py", test)
    assert run()[0] == 1
    quick("check", "--fix", "src", real=True)
    assert "stable." in Path("src/pkg/naive.py").read_text()
    code, out = run()
    assert code == 0, out


@pytest.mark.parametrize("row", [19, 24], ids=["softplus", "log1p"])
def test_elsewhere_it_holds_the_formula_as_written_beside_the_one_as_rewritten(row: int):
    code, test, err = quick("witness", f"src/pkg/naive.py:{row}", "--as-test", real=True)
    assert (code, err) == (0, "")
    put("test_it.py", test)
    code, out = run()
    assert (code, "1 passed, 1 xfailed" in out) == (0, True), out


def test_code_of_the_tree_that_is_more_than_the_values_is_not_in_the_test():
    put("src/pkg/bad.py", "import os\n\nimport numpy as np\n\n\ndef f():\n    y = np.log(1 + np.exp(os.system('x')))\n")
    code, test, _ = quick("witness", "src/pkg/bad.py:7", "--as-test", real=True)
    assert code == 0
    assert "os" not in {node.id for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Name)}
    put("test_it.py", test)
    assert "1 xfailed" in run()[1]


def test_a_nan_gradient_has_a_script_and_no_test():
    code = "torch.where(x > 20, x, torch.log(1 + torch.exp(x)))"
    put("a.py", f"import torch\n\n\ndef f(x):\n    return {code}\n")
    assert "import torch" in quick("witness", "a.py:5", real=True)[1]
    code, out, err = quick("witness", "a.py:5", "--as-test", real=True)
    assert (code, out, err) == (2, "", "error: a.py:5: the finding has a step that a test cannot reproduce\n")
