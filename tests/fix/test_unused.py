"""What fixes leave without a reader goes with them: values that would still overflow, and imported names."""

from __future__ import annotations

from textwrap import dedent

import numpy as np
import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

HEAD = "import numpy as np\nfrom stabaudit import runtime as stable\n\n\n"


def fixed(text: str) -> str:
    """The text after its safe fixes."""
    return fix_text(text, check_text, "safe").text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            """
            e = np.exp(x)
            a = e / e.sum()
            e = np.exp(y)
            b = e / e.sum()
            return a, b
            """,
            """
            a = stable.softmax(x)
            b = stable.softmax(y)
            return a, b
            """,
        ),
        (
            """
            e = np.exp(x)
            a = e / e.sum()
            b = np.log(1 + e)
            return a + b
            """,
            """
            a = stable.softmax(x)
            b = stable.softplus(x)
            return a + b
            """,
        ),
        (
            """
            if y is None:
                e = np.exp(x)
                r = e / e.sum()
            else:
                e = np.exp(y)
                r = e / e.sum()
            return r
            """,
            """
            if y is None:
                r = stable.softmax(x)
            else:
                r = stable.softmax(y)
            return r
            """,
        ),
        (
            """
            e = np.exp(x)
            if y is None:
                return e / e.sum()
            return np.log(1 + e)
            """,
            """
            if y is None:
                return stable.softmax(x)
            return stable.softplus(x)
            """,
        ),
        (
            """
            y = 2 * y

            # The weights.
            e = np.exp(x)  # not normalised

            # Normalise.
            a = e / e.sum()
            return a + np.log(1 + e) + y
            """,
            """
            y = 2 * y


            # Normalise.
            a = stable.softmax(x)
            return a + stable.softplus(x) + y
            """,
        ),
    ],
)
def test_a_value_that_the_fixes_leave_unread_is_not_computed(before: str, after: str):
    head = f"{HEAD}def f(x, y):"
    assert fixed(head + dedent(before).replace("\n", "\n    ").rstrip() + "\n").split() == (head + after).split()


def test_a_paragraph_that_goes_leaves_no_gap_behind():
    before = f"""{HEAD}def f(x):
    # Exponentials.
    e = np.exp(x)

    # Shares.
    p = e / e.sum()

    # Unlikely.
    s = np.sum(e)

    q = np.exp(x) / s
    return p, q
"""
    after = f"""{HEAD}def f(x):
    # Shares.
    p = stable.softmax(x)

    q = stable.softmax(x)
    return p, q
"""
    assert fixed(before) == after


@pytest.mark.parametrize(
    "rest",
    [
        "print(locals())",
        "def g():\n        return e",
        "print(e)",
        "del e",
        "for i in range(2):\n        print(e)\n        e = i",
        "try:\n        e = open(x)\n    except OSError:\n        print(e)",
    ],
)
def test_a_value_that_may_be_read_stays(rest: str):
    body = f"    e = np.exp(x)\n    a = e / e.sum()\n    b = np.log(1 + e)\n    {rest}\n    return a + b\n"
    text = fixed(f"{HEAD}def f(x):\n{body}")
    assert "stable.softplus" in text
    assert "    e = np.exp(x)\n" in text


def test_a_value_that_was_never_read_is_its_authors_to_remove():
    text = f"{HEAD}def f(x):\n    e = np.exp(x)\n    return np.log(1 + np.exp(x))\n"
    assert "    e = np.exp(x)\n" in fixed(text)


def test_a_draw_is_made_though_nothing_reads_it():
    body = "    e = np.random.rand(3)\n    y = np.exp(x)\n    return (e + y) / (e + y) + y / (1 + y) + np.log(1 + y)\n"
    assert "    e = np.random.rand(3)\n" in fixed(f"{HEAD}def f(x):\n{body}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from numpy import exp, log\n", None),
        ("from numpy import array, exp, log\n\ny = array([1])\n", "from numpy import array\n"),
        ("from numpy import exp, log, zeros\n\ny = zeros(1)\n", "from numpy import zeros\n"),
        (
            "from numpy import (\n    array,\n    exp,\n    log,\n    zeros,\n)\n\ny = array(zeros(1))\n",
            "from numpy import (\n    array,\n    zeros,\n)\n",
        ),
        ("from numpy import exp, log\n\n__all__ = ['exp', 'log', 'f']\n", "from numpy import exp, log\n"),
        ("from numpy import exp, log  # noqa\n", "from numpy import exp, log  # noqa\n"),
        ("from numpy import cos, exp, log\n", "from numpy import cos\n"),
    ],
)
def test_a_name_goes_of_which_the_last_use_is_gone(before: str, after: str | None):
    text = fixed(f"{before}\n\ndef f(x):\n    return log(1 + exp(x))\n")
    assert "stable.softplus(x)" in text
    if after is None:
        assert "numpy" not in text
    else:
        assert after in text


@pytest.mark.parametrize("step", ["e *= 2", "e **= 2", "del e"])
def test_a_value_that_a_statement_takes_for_given_stays(step: str):
    code = (
        "import numpy as np\n\n\ndef f(x):\n    e = np.exp(-x)\n    s = 1 / (1 + e)\n"
        f"    {step}\n    return np.log(s)\n"
    )
    outcome = fix_text(code, check_text, "safe")
    space: dict[str, object] = {}
    exec(compile(outcome.text, "<fixed>", "exec"), space)
    assert space["f"](np.array([0.5])) == pytest.approx(np.log(1 / (1 + np.exp(-0.5))))  # type: ignore[operator]


def test_a_name_in_a_docstring_is_not_read():
    before = '"""Of a log."""\n\nfrom math import log\n\n\ndef f(x):\n    """The log of x."""\n    return log(1 + x)\n'
    assert fixed(before) == before.replace("import log", "import log1p").replace("log(1 + x)", "log1p(x)")
