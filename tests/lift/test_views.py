"""Formulas with a change of shape in their midst, and with one bound of `clip`."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.findings.finding import Finding


def only(formula: str, module: str = "numpy as np") -> Finding:
    [finding] = check_text(f"import {module}\n\n\ndef f(x, y):\n    return {formula}\n")
    return finding


@pytest.mark.parametrize(
    ("formula", "rule"),
    [
        ("1 / (1 + np.exp(-x)).reshape(-1, 1)", "sigmoid"),
        ("1 / (1 + np.exp(-x))[:, None]", "sigmoid"),
    ],
)
def test_a_step_on_each_element_is_seen_through_a_change_of_shape(formula: str, rule: str):
    finding = only(formula)
    assert finding.rule == rule
    assert finding.withheld == "`x` may be a list or a number, which cannot be reshaped"


@pytest.mark.parametrize(
    ("formula", "fixed"),
    [
        ("1 / (1 + torch.exp(-x)).reshape(2, -1)", "torch.sigmoid(x.reshape(2, -1))"),
        ("1 / (1 + (-x).exp())[:, None]", "torch.sigmoid(x[:, None])"),
        (
            "torch.log((1 + torch.exp(x + y)).view(-1, 1))",
            "torch.nn.functional.softplus(x + y, threshold=36).reshape(-1, 1)",
        ),
        ("torch.log((1 + torch.exp(x))[..., None])", "torch.nn.functional.softplus(x, threshold=36)[..., None]"),
    ],
)
def test_a_tensor_is_given_its_shape_before_or_after(formula: str, fixed: str):
    finding = only(formula, "torch")
    assert finding.fix is not None
    assert finding.fix.message == f"replace with `{fixed}`"


@pytest.mark.parametrize(
    "shifted",
    [
        "(x - np.max(x)).clip(-64.)",
        "(x - np.max(x)).clip(min=-64)",
        "np.clip(x - np.max(x), -64, None)",
        "(x - x.max()).clip(None, 0)",
        "np.clip(x - x.max(), a_min=None, a_max=0)",
    ],
)
def test_one_bound_of_clip_is_a_maximum_or_a_minimum(shifted: str):
    code = f"import numpy as np\n\n\ndef f(x):\n    e = np.exp({shifted})\n    return e / np.sum(e)\n"
    assert check_text(code) == []
    assert check_text(code.replace(" - np.max(x)", "").replace(" - x.max()", "")) != []


def test_a_lower_bound_alone_keeps_nothing_from_overflowing():
    assert only("np.log(1 + np.exp(x.clip(-5)))").rule == "softplus"
