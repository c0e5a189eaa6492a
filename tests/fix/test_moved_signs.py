"""The sign of a rewrite is written where one would write it: no brackets around it, and no two that cancel."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

HEAD = "import numpy as np\n\n\ndef f(w, a, b, k, t, x):\n    return "


def fixed(formula: str) -> str:
    """The formula after its fixes, on one line."""
    text = fix_text(f"{HEAD}{formula}\n", check_text, "unsafe").text
    return text.removeprefix(HEAD).rstrip("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a + (1 - np.exp(-b))", "a - np.expm1(-b)"),
        ("a - (1 - np.exp(-b))", "a + np.expm1(-b)"),
        ("a + (1 - np.exp(-b)) * x", "a - np.expm1(-b) * x"),
        ("a + w * (1 - np.exp(-b))", "a - w * np.expm1(-b)"),
        ("a + x * (k - w * (1 - np.exp(-b)))", "a + x * (k + w * np.expm1(-b))"),
        ("a + (  # how much\n        k - (1 - np.exp(-b)))", "a + (  # how much\n        k + np.expm1(-b))"),
        ("(\n        a\n        + (1 - np.exp(-b))\n    )", "(\n        a\n        - np.expm1(-b)\n    )"),
        ("-w * (1 - np.exp(-b))", "w * np.expm1(-b)"),
        ("np.exp(-k * (1 - np.exp(-t)))", "np.exp(k * np.expm1(-t))"),
        ("-w / x * (1 - np.exp(-b)) / a", "w / x * np.expm1(-b) / a"),
        ("-1 / (k * (1 - np.exp(-t)))", "1 / (k * np.expm1(-t))"),
        ("-1 * w * (1 - np.exp(-b))", "w * np.expm1(-b)"),
        ("x**-(w * (1 - np.exp(-b)))", "x**(w * np.expm1(-b))"),
        ("np.exp(-(w * (1 - np.exp(-b))))", "np.exp(w * np.expm1(-b))"),
        ("2 * (1 - np.exp(-b))", "-2 * np.expm1(-b)"),
        ("a / x / (1 - np.exp(-b))", "a / x / -np.expm1(-b)"),
        ("(a / x) * (1 - np.exp(-b))", "-(a / x) * np.expm1(-b)"),
        ("k * (1 - np.exp(-t)) ** 2", "k * np.expm1(-t) ** 2"),
        ("k * (1 - np.exp(-t)) ** 3", "k * (-np.expm1(-t)) ** 3"),
        ("(1 - np.exp(-a * x)) / (1 - np.exp(-a))", "np.expm1(-a * x) / np.expm1(-a)"),
        ("é + (1 - np.exp(-b))", "é - np.expm1(-b)"),
    ],
)
def test_a_sign_goes_into_a_sum_or_cancels_another(before: str, after: str):
    assert fixed(before) == after


@pytest.mark.parametrize("factor", ["w", "w[0]", "f(x)", "(a == b)", "w ** 2", "(a - b)"])
def test_what_may_be_a_mask_or_of_small_whole_numbers_is_not_negated(factor: str):
    assert fixed(f"{factor} * (1 - np.exp(-b))") == f"{factor} * -np.expm1(-b)"


@pytest.mark.parametrize("factor", ["2", "0.5", "np.exp(x) * a", "(a + 0.5)"])
def test_what_is_a_number_or_float_for_sure_is(factor: str):
    assert fixed(f"{factor} * (1 - np.exp(-b))") == f"-{factor} * np.expm1(-b)"


def test_of_two_formulas_one_takes_the_sign_that_there_is():
    text = f"{HEAD}-1.5 * (1 - np.exp(-a)) * (1 - np.exp(-b))\n"
    assert fix_text(text, check_text, "unsafe").text == f"{HEAD}-1.5 * np.expm1(-a) * np.expm1(-b)\n"
