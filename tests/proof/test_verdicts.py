"""What a formula is blamed for, and what not."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text

TORCH = "import torch\nimport torch.nn.functional as F\n\n\n"


def rules(source: str) -> list[str]:
    return [finding.rule for finding in check_text(TORCH + dedent(source).lstrip())]


# From a loss of the library trl: of the overflow in its rewards the stable function that is given them was blamed.
REWARDS = """
    def loss(self, a, b):
        r = (1 - torch.exp(a).pow(-self.alpha)) / self.alpha
        s = (1 - torch.exp(b).pow(-self.alpha)) / self.alpha
        return -F.logsigmoid(self.beta * (r - s)) * (1 - self.smoothing)
"""


def test_a_stable_function_is_not_blamed_for_what_overflows_in_what_it_is_given():
    assert rules(REWARDS) == ["expm1", "expm1"]
    assert not rules("def f(x, k):\n    return -F.logsigmoid(torch.exp(x) * k) * (1 - k)\n")


@pytest.mark.parametrize("written", ["torch.log(torch.sigmoid(x))", "torch.log(1 / (1 + torch.exp(-x)))"])
def test_the_same_function_is_blamed_for_what_overflows_in_itself(written: str):
    assert "log-sigmoid" in rules(f"def f(x):\n    return {written}\n")
