"""What is computed from a rewritten value and would stay wrong is mended by the same fix."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source, fix_source

HEAD = "import numpy as np\n\n\ndef f(x, y, k):\n"
SIGMOID = "    s = 1 / (1 + np.exp(-x))\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return s * (1 - s)", "return s * stable.sigmoid(-x)"),
        ("return s, 1 - s", "return s, stable.sigmoid(-x)"),
        ("return np.column_stack([1 - s, s])", "return np.column_stack([stable.sigmoid(-x), s])"),
        ("slope = k * (s - 1)\n    return s, slope", "slope = k * -stable.sigmoid(-x)\n    return s, slope"),
        ("return s, (1 - s) * y, 1 - s", "return s, stable.sigmoid(-x) * y, stable.sigmoid(-x)"),
        ("return np.where(y, s, 1 - s)", "return np.where(y, s, stable.sigmoid(-x))"),
    ],
)
def test_the_complement_of_a_sigmoid_is_a_sigmoid(before: str, after: str):
    fixed = fix_source(f"{HEAD}{SIGMOID}    {before}\n")
    assert fixed.text.endswith(f"    s = stable.sigmoid(x)\n    {after}\n")
    assert not fixed.left


@pytest.mark.parametrize(
    "body",
    [
        "    x = x * 2\n    return s, 1 - s",
        "    k(x)\n    return s, 1 - s",
        "    return s, 1 - s ** 2",
    ],
)
def test_without_one_the_fix_is_not_safe(body: str):
    text = f"{HEAD}{SIGMOID}{body}\n"
    assert fix_source(text).text == text
    (finding, *_) = check_source(text)
    assert finding.fix is None or finding.fix.applicability == "unsafe"


def test_the_line_goes_that_nothing_else_reads():
    fixed = fix_source(f"{HEAD}{SIGMOID}    return y * (s - 1)\n")
    assert fixed.text.endswith("def f(x, y, k):\n    return y * -stable.sigmoid(-x)\n")
    assert not fixed.left


def test_the_finding_says_what_else_is_replaced():
    (finding,) = check_source(f"{HEAD}{SIGMOID}    return s * (1 - s)\n")
    assert finding.fix is not None
    assert finding.fix.message == "replace with `stable.sigmoid(x)`; `(1 - s)` with `stable.sigmoid(-x)`"


def test_what_a_caller_makes_of_one_function_says_nothing_of_another_one_alike():
    text = """\
import numpy as np


def one(x):
    return 1 / (1 + np.exp(-x))


def other(x):
    return 1 / (1 + np.exp(-x))


def difference(a, b):
    return one(a) - one(b)
"""
    assert fix_source(text).text.count("stable.sigmoid") == 1
    assert {f.start.row for f in check_source(text) if f.fix is not None and f.fix.applicability == "unsafe"} == {5}
