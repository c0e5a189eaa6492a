"""The logarithm of a product is the sum of the logarithms of its factors, each of them stable."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\nimport torch\n\n\n"
REWRITES = [
    ("np.log(np.sum(np.exp(x)) / n)", "stable.logsumexp(x) - np.log(n)"),
    ("np.log(np.sum(np.exp(x)) / len(x))", "stable.logsumexp(x) - np.log(len(x))"),
    ("np.log(n * np.mean(np.exp(x)))", "stable.logmeanexp(x) + np.log(n)"),
    ("np.log(np.exp(x).sum(-1) / np.exp(y).sum(-1))", "stable.logsumexp(x, axis=-1) - stable.logsumexp(y, axis=-1)"),
    ("np.log(np.exp(x).sum() * np.exp(y).sum())", "stable.logsumexp(x) + stable.logsumexp(y)"),
    ("np.log(np.exp(x).sum() ** 2)", "2 * stable.logsumexp(x)"),
    ("np.log((1 + np.exp(x)) / (1 + np.exp(y)))", "stable.softplus(x) - stable.softplus(y)"),
    ("np.log(np.mean(np.exp(x)) / np.mean(np.exp(y))) / n", "(stable.logmeanexp(x) - stable.logmeanexp(y))"),
    ("torch.log(torch.exp(x).sum(0) / torch.exp(y).sum(0))", "torch.logsumexp(x, dim=0) - torch.logsumexp(y, dim=0)"),
]


@pytest.mark.parametrize(("written", "rewritten"), REWRITES)
def test_each_factor_gets_its_stable_form(written: str, rewritten: str):
    (finding,) = check_text(f"{HEAD}def f(x, y, n):\n    return {written}\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "safe"
    assert finding.fix.edits[-1].content == rewritten


def test_weights_are_taken_to_be_positive():
    (finding,) = check_text(f"{HEAD}def f(x, w):\n    return np.log(np.sum(w * np.exp(x)) / np.sum(w))\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    assert finding.fix.edits[-1].content == "stable.logsumexp(x, b=w) - np.log(np.sum(w))"


@pytest.mark.parametrize("factor", ["(1 - np.exp(-x))", "(np.exp(x) - np.exp(y))"])
def test_a_factor_that_may_be_negative_stays_with_the_others(factor: str):
    # Both may be, and the logarithms apart are nan where that of the product is none.
    for finding in check_text(f"{HEAD}def f(x, y, n):\n    return np.log(n * {factor})\n"):
        assert finding.rule == "expm1"
