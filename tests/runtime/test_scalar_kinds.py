"""The replacements for single floats take what `math` takes, and give floats."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from stabaudit.runtime import scalar

ONE = ["cosm1", "exprel", "inverse_softplus", "log1mexp", "log_sigmoid", "logcosh", "logit", "sigmoid", "softplus",
       "sqrt1pm1", "tanh"]  # fmt: skip
TWO = ["logaddexp", "logdiffexp", "xlog1py", "xlogy"]
MANY = ["log_softmax", "logmeanexp", "logsumexp", "softmax"]


class Own:
    """A number of somebody's own."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __float__(self) -> float:
        return float(self.value)


KINDS = [np.uint8, np.int8, np.float32, np.float64, np.asarray, np.bool_, bool, int, Decimal, Fraction, Own]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ONE)
def test_what_math_takes_is_taken_and_a_float_is_given(name: str, kind: Any) -> None:
    # The logarithm of 1 - exp(1) has no value.
    number = 0 if name == "log1mexp" else 1

    found = getattr(scalar, name)(kind(number))

    assert type(found) is float
    assert found == getattr(scalar, name)(float(number))


def test_where_math_has_no_value_none_is_given() -> None:
    for name, given in {"log1mexp": (0.5,), "logit": (1.5,), "inverse_softplus": (-1.0,), "sqrt1pm1": (-2.0,),
                        "logdiffexp": (1.0, 2.0), "xlogy": (1.0, -1.0), "xlog1py": (1.0, -2.0)}.items():  # fmt: skip
        with pytest.raises(ValueError, match="math domain error"):
            getattr(scalar, name)(*given)
        assert math.isnan(getattr(scalar, name)(*(math.nan for _ in given)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TWO)
def test_two_numbers_of_a_kind_give_a_float(name: str, kind: Any) -> None:
    for a, b in [(kind(1), kind(0)), (kind(1), 0.0), (1.0, kind(0))]:
        found = getattr(scalar, name)(a, b)

        assert type(found) is float
        assert found == getattr(scalar, name)(1.0, 0.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MANY)
def test_a_row_of_a_kind_gives_floats(name: str, kind: Any) -> None:
    expected = getattr(scalar, name)([1.0, 0.0, 1.0])
    for row in ([kind(1), kind(0), kind(1)], [1.0, kind(0), 1.0], [kind(1), 0.0, 1]):
        found = getattr(scalar, name)(row)

        assert found == expected
        assert {type(one) for one in (found if isinstance(found, list) else [found])} == {float}


def test_small_integers_do_not_wrap() -> None:
    assert scalar.softplus(np.uint8(3)) == scalar.softplus(3.0)
    assert scalar.logsumexp(np.asarray([3, 4], np.uint8)) == scalar.logsumexp([3.0, 4.0])
    assert scalar.logdiffexp(np.int8(100), np.int8(-100)) == scalar.logdiffexp(100.0, -100.0)


def test_a_tensor_of_one_element_is_a_number() -> None:
    torch = pytest.importorskip("torch")

    assert type(scalar.softplus(torch.tensor(1.5))) is float


@pytest.mark.parametrize("value", ["1", b"1", None, [1.0], 1j])
def test_what_math_refuses_is_refused(value: Any) -> None:
    for name in ONE:
        with pytest.raises(TypeError):
            getattr(scalar, name)(value)
    for name in MANY:
        with pytest.raises(TypeError):
            getattr(scalar, name)([value])
