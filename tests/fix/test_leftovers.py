"""What only served the naive form is told of beside the fix, and left to the user."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from stabaudit.check import check_text

HEAD = "import numpy as np\n\n\ndef f(x, y):\n"


def told(body: str) -> str:
    """The message of the only fix."""
    (finding,) = check_text(HEAD + indent(dedent(body).strip(), "    ") + "\n")
    assert finding.fix is not None
    return finding.fix.message


def test_a_small_number_in_a_denominator_served_the_naive_form():
    message = told("return np.exp(x) / (np.exp(x).sum() + 1e-9)")
    assert message.endswith("; the 1e-09 in it only kept the naive form from zero")


def test_an_errstate_around_nothing_else_served_the_naive_form():
    body = """
    with np.errstate(over="ignore", invalid="ignore"):
        p = np.exp(x) / np.exp(x).sum()
    return p
    """
    assert told(body).endswith("; the `errstate` around it has nothing left to silence")


@pytest.mark.parametrize(
    "body",
    [
        "return np.exp(x) / (np.exp(x).sum() + 1)",
        "with np.errstate(over='ignore'):\n    p = np.exp(x) / np.exp(x).sum()\n    q = 1 / y\nreturn p * q",
        "with open(y):\n    p = np.exp(x) / np.exp(x).sum()\nreturn p",
    ],
)
def test_what_has_reasons_of_its_own_is_not_spoken_of(body: str):
    assert ";" not in told(body)
