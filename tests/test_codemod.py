"""The codemod as LibCST's own tool runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import ROOT, put, read

HEAD = "import numpy as np\r\n\r\n\r\ndef f(z):\r\n    # é\r\n"
SOFTMAX = f"{HEAD}    return np.exp(z) / np.sum(np.exp(z))  # keep\r\n"
# A conversion inside the formula is dropped with it.
UNSAFE = "import numpy as np\n\n\ndef f(z):\n    return np.exp(z) / np.sum(np.exp(z).astype(float))\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codemod(*words: str) -> tuple[int, str]:
    """The exit code of LibCST's tool and what it tells."""
    command = [sys.executable, "-m", "libcst.tool", "codemod", *words, "--no-format", "--hide-progress"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    return done.returncode, done.stderr


STABILIZE = ("-x", "stabaudit.codemod.Stabilize")


def test_libcst_applies_what_is_safe_and_keeps_the_rest_as_it_is():
    put("in/a.py", SOFTMAX)
    put("in/b.py", UNSAFE)
    put("in/c.py", "x = 1")
    code, told = codemod(*STABILIZE, "in")
    assert (code, "Failed to codemod 0 files." in told) == (0, True), told
    line = "from stabaudit import runtime as stable\r\n"
    start, end = HEAD.split("\r\n", 1)
    assert read("in/a.py") == f"{start}\r\n{line}{end}    return stable.softmax(z)  # keep\r\n"
    assert (read("in/b.py"), read("in/c.py")) == (UNSAFE, "x = 1")
    assert codemod(*STABILIZE, "in")[0] == 0


def test_unsafe_fixes_are_asked_for_and_the_settings_of_the_project_hold():
    put("b.py", UNSAFE)
    put("c.py", SOFTMAX)
    put("stabaudit.toml", 'target = "scipy"\n[per-file-ignores]\n"c.py" = ["softmax"]\n')
    assert codemod(*STABILIZE, "--unsafe-fixes", "b.py", "c.py")[0] == 0
    assert "from scipy import special\n" in read("b.py")
    assert "return special.softmax(z)\n" in read("b.py")
    assert read("c.py") == SOFTMAX


def test_the_package_may_be_named_in_the_configuration_of_libcst():
    put(".libcst.codemod.yaml", "modules:\n- stabaudit\n")
    put("a.py", SOFTMAX)
    assert codemod("codemod.Stabilize", "a.py")[0] == 0
    assert "stable.softmax(z)" in read("a.py")


def test_a_configuration_that_is_wrong_skips_the_file_with_the_reason():
    put("a.py", SOFTMAX)
    put("stabaudit.toml", "tarket = 1\n")
    _, told = codemod(*STABILIZE, "a.py")
    assert "Skipped codemodding" in told
    assert "stabaudit.toml:1: unknown key `tarket`; did you mean `target`?" in told
    assert read("a.py") == SOFTMAX
