"""A fix says what it computes with by the names that the code has for it, and computes nothing twice."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

IMPORT = "import numpy as np\nfrom stabaudit import runtime as stable\n\n\n"


def test_a_name_that_still_holds_the_value_is_said():
    code = """def loss(X, W, y):
    scores = X.dot(W)
    shifted = scores - np.mean(scores, axis=1, keepdims=True)
    p = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    return -np.log(p[range(len(y)), y]).sum()
"""
    fixed = """def loss(X, W, y):
    scores = X.dot(W)
    shifted = scores - np.mean(scores, axis=1, keepdims=True)
    return -stable.log_softmax(shifted, axis=1)[range(len(y)), y].sum()
"""
    assert fix_text(IMPORT + code, check_text, "safe").text == IMPORT + fixed


def test_a_name_that_holds_another_value_by_now_is_not():
    code = "def f(r, s):\n    ratio = r / s\n    e = np.exp(ratio)\n    ratio = 2\n    return e / e.sum(), ratio\n"
    assert "stable.softmax(r / s)" in fix_text(IMPORT + code, check_text, "safe").text


def test_a_name_for_an_item_stays_a_name():
    code = """def f(r, x):
    beta = x[4]
    rrt = r / x[2]
    term = 1.0 + rrt**beta
    return np.log(term) / beta
"""
    assert "np.log1p(rrt**beta) / beta" in fix_text(IMPORT + code, check_text, "safe").text


def test_a_name_that_was_given_another_item_is_not_said():
    code = """def f(r, x):
    beta = x[3]
    term = 1.0 + x[4] * r**beta
    beta = x[4]
    return np.log(term) / beta
"""
    text = fix_text(IMPORT + code, check_text, "safe").text
    assert "log1p(x[4] * r**x[3]) / beta" in text


def test_a_sum_from_before_a_loop_is_not_computed_in_every_round():
    code = """def loss(x, labels):
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    total = 0
    for i, y in enumerate(labels):
        total -= np.log(p[i, y])
    return total
"""
    found = check_text(IMPORT + code)
    assert [(f.rule, f.withheld) for f in found] == [
        ("softmax", None),
        ("log-softmax", "it would be recomputed in every iteration of the loop"),
    ]


def test_a_name_that_still_holds_its_value_is_written_by_its_name():
    code = """def f(x):
    m = np.mean(x)
    x = x - 0.25
    e = np.exp(x - m)
    return e / e.sum(axis=1, keepdims=True)
"""
    fixed = fix_text(IMPORT + code, check_text, "safe").text
    assert "stable.softmax(x - m, axis=1)" in fixed
    assert "m = np.mean(x)" in fixed


def test_a_number_of_the_code_stays_as_it_is_written():
    (found,) = check_text(IMPORT + "def f(z):\n    return 2.0 / (1 + np.exp(-z))\n")
    assert found.fix is not None
    assert found.fix.edits[-1].content == "2.0 * stable.sigmoid(z)"


@pytest.mark.parametrize(
    "body",
    [
        "left = 1 - d / n\n    return np.log(left[1:]), left",
        "e = np.exp(-4.0 * d / n)\n    return 0.25 - 0.25 * e, 0.5 + e",
    ],
)
def test_the_formula_of_a_name_that_stays_is_not_repeated_for_some_digits(body: str):
    (finding,) = check_text(f"{IMPORT}def f(d, n):\n    {body}\n")
    assert finding.fix is not None
    assert "it would repeat the formula of" in (finding.fix.reason or "")


@pytest.mark.parametrize(
    ("result", "safe"),
    [
        ("np.sum(y * np.log(s) + (1 - y) * np.log(1 - s))", False),
        ("np.sum(y * np.log(s))", True),
    ],
)
def test_a_call_under_a_name_is_not_written_out_at_each_place(result: str, safe: bool):
    text = (
        "import numpy as np\nfrom scipy.special import expit, logit\n\n\n"
        f"def f(x, y, a, b):\n    s = expit(a * logit(x) + b)\n    return {result}\n"
    )
    fixes = [finding.fix for finding in check_text(text)]
    assert fixes
    assert all(fix is not None and (fix.applicability == "safe") == safe for fix in fixes)


def test_what_is_left_of_a_line_is_not_torn_off():
    code = """def f(scale, kappa, d, freqs, one, other):
    e = np.exp(-scale * (kappa - 1.0) * d / 2.0)
    return (
        one * freqs + other * (1.0 - e) * freqs * scale * 2.0 + (one - other) * freqs
    )
"""
    (finding,) = check_text(IMPORT + code)
    assert finding.fix is not None
    assert finding.fix.reason == "it tears the line"
