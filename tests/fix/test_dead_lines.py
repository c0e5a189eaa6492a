"""The line that only served the naive form goes with it, and what is said of its names and in its comments stays."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import apply

HEAD = "import numpy as np\nfrom stabaudit import runtime as stable\n\n\n"


def after_the_fix(body: str) -> str:
    """The body of a function after its only fix, which is safe, by itself."""
    head = f"{HEAD}def f(x, y, t):\n"
    text = head + "".join(f"    {line}\n" if line else "\n" for line in body.splitlines())
    (finding,) = check_text(text)
    assert finding.fix is not None
    assert finding.fix.applicability == "safe"
    lines = apply(text, finding.fix.edits).removeprefix(head).splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "x = np.transpose(x)\nx = np.exp(x[t])\nx = x / x.sum()\nreturn x",
            "x = np.transpose(x)\nx = stable.softmax(x[t])\nreturn x",
        ),
        (
            "w = y.table[t]['weights']\nw = np.exp(w / x)\nw = w / w.sum()\nreturn w",
            "w = y.table[t]['weights']\nw = stable.softmax(w / x)\nreturn w",
        ),
        (
            "w = x - 1\nw = np.exp(w)\nw /= np.sum(w)\nreturn w",
            "w = x - 1\nw = stable.softmax(w)\nreturn w",
        ),
        (
            "w = x + 1\nz = y * w\nw = np.exp(w)\nreturn w / w.sum() + z",
            "w = x + 1\nz = y * w\nreturn stable.softmax(w) + z",
        ),
    ],
)
def test_a_name_has_again_what_it_held_before_the_line_that_goes(before: str, after: str):
    assert after_the_fix(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# shares\nw = np.exp(x)\nw /= np.sum(w)\nreturn w", "# shares\nw = stable.softmax(x)\nreturn w"),
        (
            "y = 2\n\n# shares\nw = np.exp(x)\nw /= np.sum(w)\nreturn w",
            "y = 2\n\n# shares\nw = stable.softmax(x)\nreturn w",
        ),
        ("w = np.exp(x)  # shares\nreturn w / w.sum()", "return stable.softmax(x)  # shares"),
        ("# of x\nw = np.exp(x)  # shares\nreturn w / w.sum()", "# of x\nreturn stable.softmax(x)  # shares"),
    ],
)
def test_a_comment_speaks_of_the_line_that_is_left(before: str, after: str):
    assert after_the_fix(before) == after


@pytest.mark.parametrize(
    "body",
    [
        "w = np.exp(x)  # growth\nreturn w / w.sum()  # shares",
        "# growth\nw = np.exp(x)\n# shares\nreturn w / w.sum()",
        "# growth\nw = np.exp(x)\n\nreturn w / w.sum()",
        "# growth\nw = np.exp(x)\ny = 2 * y\nreturn y * w / w.sum()",
    ],
)
def test_a_line_whose_comment_speaks_of_it_alone_is_left_to_the_user(body: str):
    assert "w = np.exp(x)" in after_the_fix(body)
