"""A shift that only kept the naive form in range goes with it; where it cannot, its reader is asked."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source
from stabaudit.findings.finding import Fix

REASON = "its exponents are shifted by hand, which `{}` does itself; take the shift out first"


def fix_of(body: str) -> Fix:
    """Of the only finding in a function."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    (finding,) = check_source(f"import numpy as np\n\n\ndef f(x, y, axis):\n{lines}")
    assert finding.fix is not None
    return finding.fix


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "e = np.exp(x - np.max(x, axis=1, keepdims=True))\np = e / e.sum(axis=1, keepdims=True)\nreturn np.log(p)",
            "stable.log_softmax(x, axis=1)",
        ),
        (
            "m = x.max(axis=0, keepdims=True)\ne = np.exp(x - m)\nreturn np.log(e / e.sum(axis=0))",
            "stable.log_softmax(x, axis=0)",
        ),
    ],
)
def test_what_all_exponents_have_in_common_is_not_written(body: str, text: str):
    assert fix_of(body).message == f"replace with `{text}`"
    assert fix_of(body).applicability == "safe"


@pytest.mark.parametrize(
    ("body", "function"),
    [
        ("e = np.exp(x - x.max(axis=1))\nreturn e / e.sum(axis=0)", "softmax"),
        ("m = x.max()\nc = np.log(np.cumsum(np.exp(x - m)))\nc += m\nreturn c", "logcumsumexp"),
        ("return axis + np.log(np.sum(np.exp(x - y.minimum)))", "logsumexp"),
    ],
)
def test_a_shift_that_stays_makes_a_fix_unsafe(body: str, function: str):
    assert fix_of(body).reason == REASON.format(function)


@pytest.mark.parametrize("body", ["return np.log(np.sum(np.exp(x - y)))", "return np.exp(x - y) / np.exp(x - y).sum()"])
def test_another_difference_is_no_shift(body: str):
    assert fix_of(body).applicability == "safe"
