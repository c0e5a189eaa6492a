"""The inputs on which code is run are those that what is known at the place admits."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

#: Conditions that have axes of their own, or cannot be computed point by point.
CONDITIONS = ["x[:, None] > 0", "len(x)[::-1] > y(0)[:, None]", "x > x[None, :, None]", "np.sum(x) > 0"]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_with_axes_of_its_own_does_not_keep_a_formula_from_being_judged(condition: str):
    formula = f"np.where({condition}, np.log(1 + np.exp(x)), 0)"
    found = check_text(f"import numpy as np\n\n\ndef f(x, y):\n    return {formula}\n")
    assert [one.rule for one in found] == ["softplus"]


def test_a_condition_that_keeps_a_formula_in_range_is_heeded():
    text = "import numpy as np\n\n\ndef f(x):\n    return np.where(x < 30, np.log(1 + np.exp(x)), x)\n"
    assert not [one for one in check_text(text) if one.witness and "inf" in one.witness.gives]
