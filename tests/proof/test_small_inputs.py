"""The values of stable operations in a proof are those of the runtime, however often they are asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stabaudit import runtime
from stabaudit.proof.small_inputs import MOST, steady

ROW = np.array([1000.0, 0.0, -3.0])
TABLE = np.array([[0.5, 2.0], [-1.0, 700.0]])


@pytest.mark.parametrize("asked", range(2))
@pytest.mark.parametrize(
    ("op", "operands", "settings"),
    [
        ("logsumexp", [ROW], {"axis": None, "keepdims": False}),
        ("logsumexp", [TABLE], {"axis": 1, "keepdims": True}),
        ("softmax", [TABLE.T], {"axis": 0}),
        ("log_softmax", [TABLE.astype(np.float32)], {"axis": -1}),
        ("logaddexp", [ROW, np.float64(2.0)], {}),
        ("sigmoid", [np.float64(-40.0)], {}),
        ("sigmoid", [-40.0], {}),
        ("softplus", [np.linspace(-9.0, 9.0, MOST + 1)], {}),
    ],
)
def test_a_value_is_that_of_the_runtime_each_time_it_is_asked_for(
    op: str, operands: list[Any], settings: dict[str, Any], asked: int
) -> None:
    value, own = steady(op, operands, settings), getattr(runtime, op)(*operands, **settings)
    assert type(value) is type(own)
    assert np.shape(value) == np.shape(own)
    assert np.asarray(value).dtype == np.asarray(own).dtype
    np.testing.assert_array_equal(value, own)


def test_weights_belong_to_the_sum_they_are_asked_with() -> None:
    both = [steady("weighted_logsumexp", [ROW, w], {"axis": None, "keepdims": False}) for w in (ROW + 3, ROW + 4)]
    assert both == [runtime.logsumexp(ROW, b=ROW + 3), runtime.logsumexp(ROW, b=ROW + 4)]


def test_no_step_of_one_formula_can_change_the_value_for_another() -> None:
    value = steady("softmax", [ROW], {"axis": None})
    with pytest.raises(ValueError, match="read-only"):
        value += 1
