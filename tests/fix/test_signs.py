"""A difference keeps its meaning whatever sign stands in front of what is taken away."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text


@pytest.mark.parametrize(
    ("exponents", "difference"),
    [
        (("a", "b"), "a - b"),
        (("a", "-c"), "a + c"),
        (("a", "c[~m]"), "a - c[~m]"),
        (("a", "-c(\n    d\n)"), "a + c(d)"),
        (("x", "b - c"), "x - (b - c)"),
        (("-x", "y"), "-x - y"),
        (("x @ w + b", "-x.dot(w)"), "x @ w + b + x.dot(w)"),
    ],
)
def test_only_a_minus_is_taken_from_a_minus(exponents: tuple[str, str], difference: str):
    a, b = exponents
    (finding,) = check_text(f"import numpy as np\n\n\ny = np.exp({a}) / (np.exp({a}) + np.exp({b}))\n")
    assert finding.fix is not None
    assert finding.fix.edits[-1].content == f"stable.sigmoid({difference})"


def test_a_number_that_takes_no_part_in_a_library_is_written_with_the_logarithm_of_math():
    (finding,) = check_text("import torch\n\n\ny = torch.exp(a) / (torch.exp(a) + 2 * torch.exp(b))\n")
    assert finding.fix is not None
    assert [edit.content for edit in finding.fix.edits] == ["import math\n\n", "torch.sigmoid(a - b - math.log(2))"]
