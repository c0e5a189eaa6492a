"""`stabaudit explain` takes a finding for the cause of a message only if its formula takes that step, and fails so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import put
from tests.test_explain import told

#: Line 7 of each file is the formula.
HEAD = """\
import math
import numpy as np
import torch
def e(x):
    return np.exp(x)
def f(x, m):
"""
WARNED = "a.py:7: RuntimeWarning: {}\n"
RAISED = 'Traceback (most recent call last):\n  File "a.py", line 7, in f\n{}\n'
NAN = "File \"a.py\", line 7, in f\nRuntimeError: Function '{}' returned nan values in its 0th output.\n"

CAUSES = {
    "an overflow in exp": ("np.log(1 + np.exp(x))", WARNED.format("overflow encountered in exp")),
    "an overflow in the exp of a function": ("np.log(1 + e(x))", WARNED.format("overflow encountered in exp")),
    "0/0 of two sums": ("np.exp(x) / np.exp(x).sum()", WARNED.format("invalid value encountered in divide")),
    "the same on numbers": (
        "np.exp(x) / (np.exp(x) + np.exp(m))",
        WARNED.format("invalid value encountered in scalar divide"),
    ),
    "what older versions call it": (
        "np.exp(x) / np.exp(x).sum()",
        WARNED.format("invalid value encountered in true_divide"),
    ),
    "a logarithm of 0": ("np.log(1 - np.exp(x))", WARNED.format("divide by zero encountered in log")),
    "an overflow on the way": ("1 / (1 + np.exp(-x))", WARNED.format("overflow encountered in exp")),
    "an overflow made 0": ("np.log(1 / (1 + np.exp(-x)))", WARNED.format("overflow encountered in exp")),
    "an overflow in math": ("math.log(1 + math.exp(x))", RAISED.format("OverflowError: math range error")),
    "a gradient of exp": ("torch.log(1 + torch.exp(x))", NAN.format("ExpBackward0")),
    "a gradient of log": ("torch.log(torch.sum(torch.exp(x)))", NAN.format("LogBackward0")),
}
OTHERS = {
    "log1p has no exp": ("np.log(1 + m)", WARNED.format("overflow encountered in exp")),
    "expm1 has no log": ("np.exp(x) - 1", WARNED.format("divide by zero encountered in log")),
    "expm1 is about digits": ("np.exp(x) - 1", WARNED.format("overflow encountered in exp")),
    "log1p is about digits": ("np.log(1 + m)", WARNED.format("divide by zero encountered in log")),
    "softplus divides nothing": ("np.log(1 + np.exp(x))", WARNED.format("divide by zero encountered in divide")),
    "softplus of a function divides nothing": (
        "np.log(1 + e(x))",
        WARNED.format("invalid value encountered in divide"),
    ),
    "sigmoid divides by no 0": ("1 / (1 + np.exp(-x))", WARNED.format("divide by zero encountered in divide")),
    "a logarithm of 0 is no overflow": ("np.log(1 - np.exp(x))", WARNED.format("overflow encountered in exp")),
    "log1p is in its domain": ("math.log(1 + m)", RAISED.format("ValueError: math domain error")),
    "log1p is no range": ("math.log(1 + m)", RAISED.format("OverflowError: math range error")),
    "expm1 divides nothing": ("math.exp(x) - 1", RAISED.format("ZeroDivisionError: float division by zero")),
    "log1p has a gradient": ("torch.log(1 + m)", NAN.format("LogBackward0")),
    "softplus has no root": ("torch.log(1 + torch.exp(x))", NAN.format("SqrtBackward0")),
    "lost digits are no nan": ("np.log(1 + m)", "a.py:7: loss is nan\n"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("formula", "text"), CAUSES.values(), ids=CAUSES)
def test_a_formula_that_takes_the_step_and_fails_so_is_the_cause(formula: str, text: str):
    put("a.py", f"{HEAD}    return {formula}\n")
    _, out, err = told(text)
    assert err == ""
    assert "a.py:7:12: " in out
    assert "not known" not in out


@pytest.mark.parametrize(("formula", "text"), OTHERS.values(), ids=OTHERS)
def test_a_formula_without_the_step_or_that_failure_is_not_the_cause(formula: str, text: str):
    put("a.py", f"{HEAD}    return {formula}\n")
    code, out, err = told(text)
    assert (code, err) == (0, "")
    assert "a.py:7:12" not in out
    assert "no unstable formula that does so was found there" in out
