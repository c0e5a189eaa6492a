"""`stabaudit explain` on what Python, NumPy and torch really print."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from stabaudit.cli.traces import LONGEST, MOST, traces
from tests.run import put, quick

NAIVE = """\
import math

import numpy as np


def loss(z):
    return np.log(np.sum(np.exp(z)))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def odds(x):
    return math.log(1 + math.exp(x))


def log_of(x):
    return np.log(x)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("pkg/naive.py", NAIVE)
    return tmp_path


def told(text: str, *words: str) -> tuple[int, str, str]:
    """What is said of a text on standard input."""
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8")
    with mock.patch("sys.stdin", stdin):
        return quick("explain", *words, real=True)


def printed(code: str) -> str:
    """What a real program prints on standard error."""
    program = f"import sys\nsys.path.insert(0, '.')\nimport numpy as np\nfrom pkg import naive\n{code}\n"
    put("main.py", program)
    return subprocess.run([sys.executable, "main.py"], capture_output=True, text=True).stderr


def test_a_warning_of_numpy_is_traced_to_the_formula_that_is_wrong():
    code, out, err = told(printed("naive.loss(np.array([1000.0]))"))
    assert (code, err) == (1, "")
    first, place, because, at, write, last = out.split("\n")[:6]
    assert first == "overflow encountered in exp"
    assert place == f"  pkg{os.sep}naive.py:7:12: logsumexp: wrong"
    assert because.startswith("    because: `log(sum(exp(x)))` is inf when one x is above 709")
    assert at.startswith("    input: at z = [1000.0, 0.0]: this gives inf, the true value is 1000.0")
    assert write == "    write: replace with `stable.logsumexp(z)`"
    assert last == ""


def test_a_warning_on_the_way_to_a_right_result_is_harmless():
    code, out, _ = told(printed("naive.sigmoid(np.array([-1000.0]))"))
    assert code == 0
    assert "sigmoid: harmless: the result is right" in out


def test_a_traceback_of_math_is_traced_through_its_frames():
    text = printed("def main():\n    return naive.odds(1000.0)\n\n\nmain()")
    assert text.endswith("OverflowError: math range error\n")
    code, out, _ = told(text)
    assert (code, f"pkg{os.sep}naive.py:15:12: softplus: wrong" in out) == (1, True)


def test_a_nan_gradient_of_torch_is_traced_to_the_forward_call():
    torch = pytest.importorskip("torch")
    assert torch
    put(
        "net.py",
        "import torch\n\n\ndef loss(x):\n    return torch.log(1 + torch.exp(x)).sum()\n\n\n"
        "x = torch.tensor([1000.0], requires_grad=True)\n"
        "with torch.autograd.detect_anomaly():\n    loss(x).backward()\n",
    )
    text = subprocess.run([sys.executable, "net.py"], capture_output=True, text=True).stderr
    assert "Backward0" in text
    code, out, _ = told(text)
    assert (code, "net.py:5:12: softplus: wrong" in out) == (1, True)


def test_a_log_of_another_machine_is_about_the_file_with_the_same_end_of_its_path():
    text = "\x1b[33mWARN\x1b[0m /home/ci/my build/src/pkg/naive.py:7: RuntimeWarning: overflow encountered in exp\n" * 3
    code, out, _ = told(text)
    assert (code, out.count("logsumexp: wrong")) == (1, 1)
    put("other/naive.py", NAIVE)
    # Two would fit.
    code, out, _ = told("naive.py:7: RuntimeWarning: overflow encountered in exp\n")
    assert (code, "not known" in out) == (0, True)


def test_what_is_not_known_is_said_and_what_the_message_means():
    code, out, _ = told(printed("naive.log_of(np.zeros(1))"))
    assert code == 0
    assert out.splitlines() == [
        "divide by zero encountered in log",
        "  the logarithm of 0 was taken, which is -inf, or of a negative number, which is nan",
        "  not known whether that is harmless: no unstable formula that does so was found there",
        "",
    ]
    assert "the text names no line of the code; give FILE:LINE" in told("step 3: loss is nan")[1]


def test_a_place_alone_is_explained():
    code, out, _ = quick("explain", "pkg/naive.py:7", real=True)
    assert (code, out.startswith("  pkg/naive.py:7:12: logsumexp: wrong\n")) == (1, True)
    os.chdir("pkg")
    put("../b/c.py", NAIVE)
    assert quick("explain", "../b/c.py:7", real=True)[0] == 1


def test_a_place_in_no_file_is_refused():
    assert quick("explain", "nosuch.py:3", real=True) == (
        2,
        "",
        "error: nosuch.py: no such Python file; check the path\n",
    )


def test_a_file_that_cannot_be_parsed_is_an_error():
    put("bad.py", "import numpy as np\ndef f(x:\n    return np.log(1 + np.exp(x))\n")
    code, _, err = quick("explain", "bad.py:3", real=True)
    assert code == 2
    assert err.startswith("error: bad.py:2:6: cannot be parsed")


@pytest.mark.parametrize("text", ["", "all is well\n", "\0\xff\n", "Traceback (most recent call last):\n"])
def test_a_text_without_trouble_is_one_line(text: str):
    said = "error: no message of numerical trouble in the text; paste the whole warning or traceback\n"
    assert told(text) == (2, "", said)
    assert quick("explain", "naive")[2].startswith("error: `naive` is not a place; ")


def test_files_outside_of_the_code_are_not_looked_at(tmp_path: Path):
    put("../secret.py", NAIVE)
    text = f"{tmp_path.parent}/secret.py:7: RuntimeWarning: overflow encountered in exp\n"
    code, out, err = told(text)
    assert (code, "secret" in out, err) == (0, False, "")


def test_a_hostile_log_is_read_in_no_time_and_says_nothing_by_itself():
    lines = [f"a{n}.py:1: RuntimeWarning: overflow encountered in exp{n}" for n in range(1000)]
    assert len(traces("\n".join(lines))) == MOST
    assert traces("a:" * 1_000_000 + "\n" + " " * 1_000_000 + ":1: RuntimeWarning: x") == []
    assert traces("x" * LONGEST + "overflow encountered in exp") == []
    _, out, _ = told("\x1b]0;title\x07 ::error::x overflow encountered in exp\n")
    assert "\x1b" not in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())
