"""Lost digits are told of where they show, as a warning where somebody asks for them, else as a note."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import numpy as np\n\n\ndef f(a, k, n, p, s, x):\n    return "


def severities(formula: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in check_text(f"{HEAD}{formula}\n")]


@pytest.mark.parametrize(
    "formula",
    [
        "np.log(1 + x)",
        "-np.log(1 - x)",
        "np.log(1 + k * x) / k",
        "np.where(k == 0, x, -np.log(1.0 - k * x) / k)",
        "k / (k * x + 1) / np.log(1 + k)",
        "np.log(1 + s**2) * s**-n",
        "np.log(np.log(1 + x))",
        # What the one is absorbed by is no small number here: the logarithm itself is off.
        "a * np.log(s * p + 1 - s)",
    ],
)
def test_digits_of_a_logarithm_that_is_divided_by_or_stands_alone_are_a_warning(formula: str):
    found = severities(formula)
    assert ("log1p", "warning") in found or ("log1p", "error") in found


@pytest.mark.parametrize(
    "formula", ["a * np.log(1 + x)", "a + np.log(1 + x)", "np.log(1 + x) / a - n", "(np.log(1 + x) / a)**0.5"]
)
def test_digits_of_a_logarithm_that_is_added_or_multiplied_are_a_note(formula: str):
    assert severities(formula) == [("log1p", "note")]


@pytest.mark.parametrize(
    "formula",
    [
        "1.0 - np.log(x + 1) / np.log(n)",
        "2 * (1 - s)**2 * np.log(1 - s) + (11 - 7 * s) / (1 - s)",
        "-np.log(a) - np.log(a + 1)",
        "np.exp(x) - 1 + np.cos(x)",
        "1 - (1 - np.exp(-x)) / 2",
    ],
)
def test_digits_that_a_sum_does_not_show_are_no_fault(formula: str):
    assert severities(formula) == []


@pytest.mark.parametrize(
    "formula",
    ["np.log(1 + x) - x", "np.log(1 + x) + x", "k * x - np.log(1 + x)", "1 - np.log(1 + x) / x", "n + (np.exp(x) - 1)"],
)
def test_digits_that_a_sum_shows_are_told_of(formula: str):
    assert severities(formula) != []


@pytest.mark.parametrize(
    "formula", ["np.log(a + 5 * np.exp(0.4 * (x - 6)))", "np.log(k + np.exp(x))", "np.log(np.exp(x) / a)"]
)
def test_what_few_programs_come_to_is_a_note(formula: str):
    assert [severity for _, severity in severities(formula)] == ["note"]


@pytest.mark.parametrize(
    "formula",
    ["np.log(np.exp(a) + np.exp(x))", "np.log(x * np.exp(-(x**2) / 2))", "np.log(np.exp(-abs(x - a)) / k)"],
)
def test_what_data_come_to_is_an_error(formula: str):
    assert [severity for _, severity in severities(formula)] == ["error"]
