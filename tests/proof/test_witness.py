"""A witness is an input that the program could be given: only what is free varies, and what somebody would give it."""

from __future__ import annotations

import re

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\nimport torch\n\n\ndef f(x, y, n, beta, temperature, rng):\n    return "


def at(formula: str) -> str:
    [finding] = check_text(f"{HEAD}{formula}\n")
    assert finding.witness is not None
    return finding.witness.at


@pytest.mark.parametrize(
    "formula",
    [
        "np.exp(x / temperature) / np.exp(x / temperature).sum()",
        "1 / (1 + np.exp(-beta * x))",
        "np.log(np.sum(np.exp(-x / temperature)))",
    ],
)
def test_a_scale_is_positive_where_that_shows_the_fault(formula: str):
    assert not re.search(r"(?:temperature|beta) = \[?-", at(formula))


@pytest.mark.parametrize(
    ("formula", "never"),
    [
        ("np.exp(x * abs(y)) / np.exp(x * abs(y)).sum()", r"abs\(y\) = "),
        ("np.log(1 + np.exp(x * len(y)))", r"len\(y\) = (?!3\.0)"),
        ("np.log(1 + np.exp(torch.pi * x))", r"pi = "),
        ("np.log(1 + np.exp(np.cos(y) * x))", r"np\.cos\(y\) = "),
        ("np.log(1 + np.exp(x)) if y == 'a' else 0", r"(?<!== )'a' = "),
        ("np.log(np.sum(np.exp(x))) if y == 'a' else x", r"(?<!== )'a' = "),
        ("np.log(np.sum(np.exp(x if y == 'a' else -x)))", r"(?<!== )'a' = "),
    ],
)
def test_what_is_bounded_by_its_meaning_does_not_vary_by_itself(formula: str, never: str):
    assert not re.search(never, at(formula))


@pytest.mark.parametrize(
    "formula",
    [
        "np.exp(rng.standard_normal((10, 3))) / np.exp(rng.standard_normal((10, 3))).sum()",
        "1 / (1 + np.exp(-math.copysign(1, x)))",
        "1 / (1 + np.exp(-torch.cosine_similarity(x, y) / 0.1))",
        "1 / (1 + np.exp(-np.linspace(-5, 5, n)))",
    ],
)
def test_what_stays_small_is_no_witness(formula: str):
    assert check_text(f"{HEAD}{formula}\n") == []


CONSTANTS = "from scipy import constants\nfrom scipy.constants import h, k\nfrom .constants import c_2\n"


@pytest.mark.parametrize(
    ("formula", "varies"),
    [
        ("np.exp(h * x / (k * y)) - 1", "x = 1e-12"),
        ("1 - np.exp(-constants.h * x)", "x = 1e-12"),
        ("np.exp(x / c_2) - 1", "x = 1e-12"),
        ("1 - np.exp(-n.COEFF.a * x)", "x = 1e-12"),
        ("np.exp(x / gas_constant) - 1", "x = 1e-12"),
        ("np.exp(x * SPEED_OF_LIGHT) - 1", "x = 1e-12"),
    ],
)
def test_a_constant_does_not_vary(formula: str, varies: str):
    [finding] = check_text(CONSTANTS + HEAD + formula + "\n")
    assert finding.witness is not None
    assert varies in finding.witness.at.split(", ")
    assert {value.split(" = ")[1] for value in finding.witness.at.split(", ")} == {"1e-12", "1.0"}


@pytest.mark.parametrize("formula", ["1 - np.exp(-h / k)", "np.exp(n.COEFF.a) - 1", "np.log(1 + MAX_RATE)"])
def test_constants_alone_are_no_witness(formula: str):
    assert check_text(f"{CONSTANTS}{HEAD}{formula}\n") == []


@pytest.mark.parametrize("formula", ["1 - np.exp(-H / K)", "np.exp(n.coeff.a) - 1", "np.log(1 + XB)"])
def test_capitals_alone_make_no_constant(formula: str):
    assert check_text(f"{HEAD}{formula}\n") != []
