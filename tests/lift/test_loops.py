"""What loops count, and what they look for: indices, maxima."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\n\n\n"


def rules(*lines: str) -> list[str]:
    body = "".join(f"    {line}\n" for line in lines)
    return [finding.rule for finding in check_text(f"{HEAD}def f(xs, n, p):\n{body}")]


SUM = ["s = 0.0", "for x in xs:", "    s += math.exp(x - m)", "return m + math.log(s)"]


@pytest.mark.parametrize(
    "search",
    [
        ["m = -np.inf", "for x in xs:", "    m = max(m, x)"],
        ["m = float('-inf')", "for x in xs:", "    m = max(x, m)"],
        ["m = -1e30", "for x in xs:", "    m = np.maximum(m, x)"],
        ["m = xs[0]", "for x in xs:", "    if x > m:", "        m = x"],
        ["m = -math.inf", "for x in xs:", "    if m < x:", "        m = x"],
        ["m = -math.inf", "for x in xs: m = max(m, x)"],
        ["m = xs[0]", "for x in xs:", "    if x > m: m = x"],
    ],
)
def test_a_maximum_that_a_loop_looks_for_is_a_shift(search: list[str]):
    assert rules(*search, *SUM) == []


@pytest.mark.parametrize(
    "search",
    [
        ["m = 0.0", "for x in xs:", "    m = max(m, x)"],
        ["m = math.inf", "for x in xs:", "    m = min(m, x)"],
        ["m = xs[0]", "for x in xs:", "    if x > m:", "        m = 2 * x"],
        ["m = xs[0]", "for x in xs:", "    if x < m:", "        m = x"],
        ["m = -math.inf", "for x in xs:", "    m = max(m, x)", "    if x > 3:", "        break"],
    ],
)
def test_what_is_no_maximum_is_no_shift(search: list[str]):
    assert rules(*search, *SUM) == ["logsumexp"]


def test_positions_with_a_maximum_are_seen_through():
    search = ["m = -np.inf", "for i in range(len(xs)):", "    m = max(m, xs[i])"]
    total = ["s = 0", "for i in range(len(xs)):", "    s += np.exp(xs[i] - m)", "return m + np.log(s)"]
    assert rules(*search, *total) == []


@pytest.mark.parametrize(
    "body",
    [
        ["return [math.log(k + 1) for k in range(n)]"],
        ["return [math.log(1 + i) * x for i, x in enumerate(xs)]"],
        ["for k in range(1, 9):", "    p = p + math.log(xs - k + 1)", "return p"],
        ["for i, x in enumerate(xs):", "    p = p + x * math.log(1 + i)", "return p"],
    ],
)
def test_what_counts_is_no_small_number(body: list[str]):
    assert rules(*body) == []


@pytest.mark.parametrize(
    "body",
    [
        ["return [math.log(1 - p * k) for k in range(n)]"],
        ["for k in range(n):", "    p = math.log(1 + xs[k])", "return p"],
        ["for k in range(n):", "    k = p", "    p = math.log(1 + k)", "return p"],
        ["for k in range(-9, 9):", "    p = math.log(1 + k)", "return p"],
        ["for k in xs:", "    p = math.log(1 + k)", "return p"],
    ],
)
def test_what_is_made_of_a_count_and_something_else_may_be_small(body: list[str]):
    assert rules(*body) == ["log1p"]
