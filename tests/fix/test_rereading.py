"""What code has read may be read again if nothing between has changed it, and a fix is safe then; else it says why."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from stabaudit.api import check_source
from stabaudit.findings.finding import Finding

HEAD = """\
import logging
import math
import warnings

import numpy as np
import torch

LOGGER = logging.getLogger(__name__)
SCALE = 2.0


def centred(a):
    m = a.mean()
    out = np.zeros(len(a))
    for i in range(len(a)):
        out[i] = a[i] - m
    return out


"""


def found(body: str, parameters: str = "x, y") -> Finding:
    """The one finding in a function."""
    code = f"def f({parameters}):\n{indent(dedent(body).strip(), '    ')}\n"
    (finding,) = (f for f in check_source(HEAD + code) if f.rule in ("softmax", "softplus", "sigmoid", "logsumexp"))
    return finding


@pytest.mark.parametrize(
    "between",
    [
        "z = np.where(y > 0, np.log1p(y), 0.0)",
        "z = y.reshape(-1, 1).sum(axis=0) @ np.ones((1, 3))",
        "n = len(y) + int(y.max())",
        "z = centred(y)",
        "LOGGER.info('sum %s', e.sum())",
        "warnings.warn('large', stacklevel=2)",
        "print(f'{y.max():.2f}')",
        "out = np.empty(3)\nout[0] = y[0]\nout *= 2",
        "rows = []\nfor i in range(3):\n    rows.append(y[i])",
        "with np.errstate(over='ignore'):\n    z = np.exp(y)",
        "if y is None:\n    y.sort()\n    return None",
        "if y is None:\n    raise ValueError(str(y.sort()))",
        "def later():\n    x.sort()",
        "y = y + 1",
    ],
)
def test_steps_that_change_nothing_leave_a_fix_safe(between: str):
    fix = found(f"e = np.exp(x)\n{between}\nreturn e / e.sum()").fix
    assert fix is not None
    assert fix.applicability == "safe", fix.reason


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        ("z = y @ y\ne = np.exp(z)\ny.fill(0)\nreturn e / e.sum()", "y"),
        ("w = math.exp(-x)\ny.update(1)\nreturn 1 / (1 + w)", "x, y"),
        ("w = np.exp(-x)\ny.update(1)\nreturn 1 / (1 + w)", "x: float, y"),
        ("w = np.exp(-y * SCALE)\nreturn 1 / (1 + w)", "y"),
        ("if y:\n    y.sort()\nelse:\n    e = np.exp(x)\n    return e / e.sum()", "x, y"),
        ("e = np.exp(x)\nif y:\n    y.sort()\nelse:\n    return e / e.sum()", "x, y"),
        ("for v in y:\n    e = np.exp(v)\n    print(e / e.sum())\n    y.note(v)", "y"),
    ],
)
def test_what_only_the_function_knows_of_is_read_again(body: str, parameters: str):
    fix = found(body, parameters).fix
    assert fix is not None
    assert fix.applicability == "safe", fix.reason


@pytest.mark.parametrize(
    ("between", "reason"),
    [
        ("y.step()", "`y.step()` on line 22 may change `x`, which the rewrite reads after it"),
        ("y[0] = 1", "`y[0] = ...` on line 22 may change `x`, which the rewrite reads after it"),
        ("y.w = 1", "`y.w = ...` on line 22 may change `x`, which the rewrite reads after it"),
        ("y -= 1", "`y` on line 22 may change `x`, which the rewrite reads after it"),
        ("yield y", "`yield y` on line 22 may change `x`, which the rewrite reads after it"),
        ("with y: pass", "`y` on line 22 may change `x`, which the rewrite reads after it"),
    ],
)
def test_what_may_change_the_input_makes_a_fix_unsafe(between: str, reason: str):
    fix = found(f"e = np.exp(x)\n{between}\nreturn e / e.sum()").fix
    assert fix is not None
    assert (fix.applicability, fix.reason) == ("unsafe", reason)


def test_a_name_with_another_value_is_not_read_again():
    finding = found("e = np.exp(x)\nfor x in y:\n    print(e / e.sum())")
    assert finding.fix is None


def test_a_loop_runs_again_after_its_end():
    fix = found("e = np.exp(x)\nfor v in y:\n    print(e / e.sum())\n    v.step()").fix
    assert fix is not None
    assert fix.applicability == "unsafe"


@pytest.mark.parametrize(
    ("item", "applicability"),
    [("x['w']", "unsafe"), ("x[0]", "safe"), ("x.w", "safe")],
)
def test_an_item_under_a_key_is_not_read_more_often(item: str, applicability: str):
    code = f"def f(x):\n    e = np.exp({item})\n    return e / e.sum(), e\n"
    (finding,) = check_source(HEAD + code)
    assert finding.fix is not None
    assert finding.fix.applicability == applicability


def test_what_a_fix_brings_in_is_no_item_or_attribute_that_is_computed():
    head = "class Lazy:\n    def __getattr__(self, name):\n        return self.stable\n\n\n# a stable one\n"
    (finding,) = check_source(f"{HEAD}{head}def f(x):\n    return 1 / (1 + np.exp(-x))\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "safe", finding.fix.reason
