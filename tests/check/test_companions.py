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


CALLED = "import numpy as np\n\n\ndef p(x):\n    return 1 / (1 + np.exp(-x))\n\n\ndef q(x, y):\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    return 1 - p(x)", "    return stable.sigmoid(-x)"),
        ("    s = p(x)\n    return s * (1 - s)", "    s = p(x)\n    return s * stable.sigmoid(-x)"),
        ("    s = p(x @ y)\n    return 1 - s", "    return stable.sigmoid(-(x @ y))"),
        ("    return y * p(x) * (1 - p(x))", "    return y * p(x) * stable.sigmoid(-x)"),
    ],
)
def test_the_complement_of_what_another_function_gives_is_a_sigmoid(before: str, after: str):
    fixed = fix_source(f"{CALLED}{before}\n")
    assert fixed.text.endswith(f"    return stable.sigmoid(x)\n\n\ndef q(x, y):\n{after}\n")
    assert not fixed.left


@pytest.mark.parametrize(
    "body",
    [
        "    s = p(x)\n    x *= 2\n    return s / (1 - s)",
        "    s = p(y(x))\n    return s, s / (1 - s) ** 2",
        "    return np.log(np.sqrt(1 - p(x) ** 2))",
    ],
)
def test_without_a_form_for_what_a_caller_computes_the_fix_is_not_safe(body: str):
    text = f"{CALLED}{body}\n"
    assert fix_source(text).text == text


@pytest.mark.parametrize(
    "body",
    [
        "    s = p(x)\n    x *= 2\n    return s, 1 - s",
        "    s = p(y(x))\n    return s, 1 - s",
        "    return 1 - p(x) ** 2",
    ],
)
def test_a_tail_that_a_caller_loses_and_nobody_can_mend_is_no_fault_of_the_fix(body: str):
    text = f"{CALLED}{body}\n"
    assert fix_source(text).text.endswith(f"return stable.sigmoid(x)\n\n\ndef q(x, y):\n{body}\n")


KEPT = """\
import numpy as np


class Layer:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, grad):
        return BACK
"""


def test_what_is_infinite_of_a_kept_value_is_a_fault_of_its_fix():
    (finding,) = check_source(KEPT.replace("BACK", "grad / (1 - self.out) ** 2"))
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    assert finding.fix.reason is not None
    assert finding.fix.reason.startswith("it fixes only a part: at grad = ")


def test_what_is_computed_with_the_input_again_says_nothing_of_the_fix():
    text = KEPT.replace("BACK", "grad * self.out")
    assert fix_source(text).text.endswith("return grad * self.out\n")
    assert fix_source(text).text != text


def test_a_fault_of_a_caller_that_stays_reported_keeps_no_fix_from_being_safe():
    text = """\
import numpy as np


class C:
    def p(self, x):
        return 1 / (1 + np.exp(-x))

    def q(self, x):
        return np.log(1 - self.p(x))
"""
    fixed = fix_source(text)
    assert "return stable.sigmoid(x)" in fixed.text
    assert [finding.rule for finding in fixed.left] == ["log-sigmoid"]
