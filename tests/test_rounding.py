"""Digits that are lost before a result is rounded or compared are no fault; an overflow is one there, too."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\nimport torch\n\n\ndef f(x, y, limit):\n    return "


def rules(formula: str) -> list[str]:
    return [finding.rule for finding in check_text(f"{HEAD}{formula}\n")]


@pytest.mark.parametrize(
    "formula",
    [
        "(torch.abs(torch.exp(x - y) - 1) > limit).float().mean()",
        "((x - y).exp() - 1).abs() > limit, abs(np.exp(x) - 1) <= 0.2",
        "torch.round(torch.exp(x) - 1).long(), np.rint(np.exp(x) - 1)",
        "int(math.exp(x) - 1), round(math.exp(x) - 1)",
        "(torch.exp(x) - 1).long(), (torch.exp(x) - 1).int()",
        "(np.exp(x) - 1).astype(int), (np.exp(x) - 1).astype('int32'), (np.exp(x) - 1).astype(np.int64)",
        "math.ceil(math.log2(x + 1)), math.floor(3 * math.log10(abs(x) + 1)), np.floor(np.log(1 + x))",
        "math.ceil(math.log(1 + x) / math.log(2))",
    ],
)
def test_digits_do_not_show_where_the_result_is_rounded_or_compared(formula: str):
    assert rules(formula) == []


@pytest.mark.parametrize(
    ("formula", "rule"),
    [
        ("int(100 / (1 + math.exp(-x)))", "sigmoid"),
        ("np.log(np.sum(np.exp(x))) > limit", "logsumexp"),
        ("math.floor(math.log(1 + math.exp(x)))", "softplus"),
    ],
)
def test_an_overflow_is_reported_there_too(formula: str, rule: str):
    assert rules(formula) == [rule]


@pytest.mark.parametrize(
    "formula",
    [
        "np.exp(x) - 1 > 0",
        "np.exp(x) - 1 < 1e-12",
        "1 / (np.exp(x) - 1) > limit",
        "int(1 / (math.exp(x) - 1))",
        "int(abs(unknown(math.exp(x) - 1)))",
        "(np.exp(x) - 1).astype(np.float64)",
        "round(math.log(1 - limit) / math.log(1 - x))",
        "int(1e15 * (math.exp(x) - 1))",
        "np.round(np.log(1 + x), 18)",
        "((d := np.exp(x) - 1) > 0.5, d)",
    ],
)
def test_digits_show_in_what_is_compared_with_next_to_nothing_or_divided(formula: str):
    assert set(rules(formula)) <= {"expm1", "log1p"}
    assert rules(formula)
