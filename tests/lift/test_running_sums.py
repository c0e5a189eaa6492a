"""Sums that the methods of a class keep are sums, where squares or products of the same are kept beside them."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

CLASS = """
import math

class Meter:
    def __init__(self):
        self.total = self.squares = 0.0
        self.n = 0

    def add(self, value):
        self.total += value
        self.squares += {square}
        self.n += 1

    def variance(self):
        mean = self.total / self.n
        return {variance}
"""


@pytest.mark.parametrize("square", ["value * value", "value**2", "value ** 2.0"])
@pytest.mark.parametrize(
    "variance", ["self.squares / self.n - mean**2", "(self.squares - self.n * mean * mean) / (self.n - 1)"]
)
def test_a_variance_from_sums_that_methods_keep_is_found(square: str, variance: str):
    found = check_text(CLASS.format(square=square, variance=variance))
    assert [finding.rule for finding in found] == ["variance"]


@pytest.mark.parametrize(
    "square",
    ["other * other", "abs(value)", "value * self.n", "value.pow()", "value.pow(3)", "np.power(value, 3).sum()"],
)
def test_sums_of_other_things_are_no_variance(square: str):
    assert not check_text(CLASS.format(square=square, variance="self.squares / self.n - mean**2"))


def test_who_keeps_a_variance_from_falling_below_zero_knows_of_its_fault():
    assert not check_text("import numpy as np\ndef f(x):\n    return np.maximum(np.mean(x**2) - np.mean(x) ** 2, 0)\n")


def test_sums_of_a_loop_are_those_of_its_values():
    loop = "def f(xs):\n    s = q = 0.0\n    for v in xs:\n        s += v\n        q += v * v\n"
    assert check_text(f"{loop}    return q / len(xs) - (s / len(xs)) ** 2\n")
    assert not check_text(f"{loop}    return q / len(xs) - s / len(xs)\n")
