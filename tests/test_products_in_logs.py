"""The logarithm of a product is the sum of the logarithms of its factors, each of them stable."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\nimport torch\nimport torch.nn.functional as F\nimport scipy.stats\n\n\n"
SAFE = [
    ("np.log(np.sum(np.exp(x)) / len(x))", "stable.logsumexp(x) - math.log(len(x))"),
    ("np.log(x.shape[0] * np.mean(np.exp(x)))", "math.log(x.shape[0]) + stable.logmeanexp(x)"),
    ("np.log(np.exp(x).sum(-1) / np.exp(y).sum(-1))", "stable.logsumexp(x, axis=-1) - stable.logsumexp(y, axis=-1)"),
    ("np.log(np.exp(x).sum() * np.exp(y).sum())", "stable.logsumexp(x) + stable.logsumexp(y)"),
    ("np.log(np.exp(x).sum() ** 2)", "2 * stable.logsumexp(x)"),
    ("np.log(np.exp(x).sum() / 4)", "stable.logsumexp(x) - math.log(4)"),
    ("np.log(np.exp(x[0]) / np.exp(x).sum() / 4)", "x[0] - stable.logsumexp(x) - math.log(4)"),
    ("np.log((np.exp(x) + np.exp(y)) / len(x))", "stable.logaddexp(x, y) - math.log(len(x))"),
    ("np.log((1 + np.exp(x)) / (1 + np.exp(y)))", "stable.softplus(x) - stable.softplus(y)"),
    ("np.log10(np.sum(np.exp(x)) / len(x))", "(stable.logsumexp(x) - math.log(len(x))) / math.log(10)"),
    ("np.log(np.mean(np.exp(x)) / np.mean(np.exp(y))) / n", "(stable.logmeanexp(x) - stable.logmeanexp(y))"),
    ("torch.log(torch.exp(x).sum(0) / torch.exp(y).sum(0))", "torch.logsumexp(x, dim=0) - torch.logsumexp(y, dim=0)"),
    ("torch.log(torch.sigmoid(x) * torch.sigmoid(y))", "F.logsigmoid(x) + F.logsigmoid(y)"),
    ("torch.log(torch.exp(x).sum(0) / x.size(0))", "torch.logsumexp(x, dim=0) - math.log(x.size(0))"),
    ("np.log(2 * scipy.stats.norm.pdf(x))", "math.log(2) + scipy.stats.norm.logpdf(x)"),
]
UNSAFE = [
    ("np.log(np.sum(np.exp(x)) / n)", "stable.logsumexp(x) - np.log(n)", "a float64"),
    ("np.log(np.sum(np.exp(x)) / n / n)", "stable.logsumexp(x) - np.log(n) - np.log(n)", "a float64"),
    ("np.log(np.sum(y * np.exp(x)) / np.sum(y))", "stable.logsumexp(x, b=y) - np.log(np.sum(y))", "non-negative"),
    ("np.log(4 * np.linalg.det(x))", "math.log(4) + np.linalg.slogdet(x)[1]", "negative determinant"),
    ("np.log(n.pop() * np.sum(np.exp(n.pop() * x)))", "np.log(n.pop()) + stable.logsumexp(n.pop() * x)", "order"),
]


@pytest.mark.parametrize(("written", "rewritten"), SAFE)
def test_each_factor_gets_its_stable_form_where_it_is_written(written: str, rewritten: str):
    (finding,) = check_text(f"{HEAD}def f(x, y, n):\n    return {written}\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "safe"
    assert finding.fix.edits[-1].content == rewritten


@pytest.mark.parametrize(("written", "rewritten", "reason"), UNSAFE)
def test_what_the_other_factors_may_be_is_said(written: str, rewritten: str, reason: str):
    (finding,) = check_text(f"{HEAD}def f(x, y, n):\n    return {written}\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    assert reason in (finding.fix.reason or "")
    assert finding.fix.edits[-1].content == rewritten


@pytest.mark.parametrize("factor", ["(1 - np.exp(-x))", "(np.exp(x) - np.exp(y))"])
def test_a_factor_that_may_be_negative_stays_with_the_others(factor: str):
    # Both may be, and the logarithms apart are nan where that of the product is none.
    found = check_text(f"{HEAD}def f(x, y, n):\n    return np.log(n * {factor})\n")
    assert [finding.rule for finding in found] == ["expm1"]
