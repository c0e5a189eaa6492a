"""The text of a fix is proved: what is worse is not offered, and what leaves the fault in place is not safe."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from stabaudit.fix.apply import fix_text

HEAD = "import numpy as np\nimport torch\n\nTINY = 1e-18\n\n\n"

#: Functions whose result is as wrong when one part of them is rewritten.
HALVES = {
    "what is left of a difference": "return np.exp(x) - 1 - x",
    "the rest of a logarithm": "return x - np.log(1 + x)",
    "a logarithm of a softplus": "return np.log(np.log(1 + np.exp(x)))",
    "a quotient that overflows": "return np.exp(x)/(1 - np.exp(x))",
    "a square that overflows": "return np.log(1 + x**2)",
    "a local that overflows before": "P = np.exp(x)\nA = np.log(P)\ne = np.exp(A - A.max())\nreturn e/e.sum()",
    "a value of three formulas": "p = 1/(1 + np.exp(-x))\nreturn -p*np.log(p) - (1 - p)*np.log(1 - p)",
    "a value beside one that is unsafe": "p = 1/(1 + np.exp(-x))\nreturn np.log(1 - p**2)",
    "a value beside one without a fix": "t = (1 - np.exp(x))**3\nreturn np.log(1 - t)",
    "a product of differences": "return np.log(b - (1 - np.exp(-x))*(1 - np.exp(-y)))",
    "a name with one value more": "t = np.exp(-x)\nif a:\n    t = 0\nreturn (1 - t)/(1 + np.exp(-x))",
    "a value in a dictionary": "t = 1 - np.exp(x)\nt = np.log(t)\nreturn {'r': t}",
    "a value in a comprehension": "return [x - np.log(1 + x) for i in range(2)]",
    "a value that is yielded": "t = np.exp(x) - 1\nyield t - x",
    "a logarithm taken by a helper": "def log(v):\n    return np.log(v)\ns = np.exp(x)\nreturn log(s/np.sum(s))",
}
#: Functions of which the rewrite would be worse than the original.
WORSE = {
    "a guard that is swallowed": "return np.log(1 - p + b)",
    "a guard of an object": "return np.log(1 - p + a.guard)",
    "a share with a number": "return np.exp(x)/(2 + np.exp(x))",
}
WHOLE = {
    "an argument that rounds to one": "return np.log(1 - np.tanh(x)**2)",
    "a complement": "p = 1/(1 + np.exp(-x))\nreturn 1 - p",
    "a value of more than the formula": "p = 1/(1 + np.exp(-x))\nreturn -(1 - p)**y*np.log(p)",
    "odds": "p = 1/(1 + np.exp(-x))\nreturn p/(1 - p)",
    "softplus": "return np.log(1 + np.exp(x))",
    "softmax": "e = np.exp(x)\nreturn e/e.sum()",
    "a name with two values": "g = a + b\ng = np.exp(g)\nreturn g/g.sum(axis=-1, keepdims=True)",
    "a difference with something else": "p = 1/(1 + np.exp(-x))\nreturn p - y",
    "a multiple that overflows by itself": "return np.exp(y)*np.log(1 + np.exp(x))",
}


def found(body: str) -> list[Finding]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return check_text(f"{HEAD}def f(x, y, a, b, p, eps):\n{lines}")


@pytest.mark.parametrize("body", HALVES.values(), ids=HALVES)
def test_half_a_fix_is_not_safe(body: str):
    findings = found(body)
    assert findings
    assert all(f.fix is None or f.fix.applicability == "unsafe" for f in findings)


@pytest.mark.parametrize("body", WORSE.values(), ids=WORSE)
def test_what_is_worse_than_the_original_is_not_offered(body: str):
    (finding,) = found(body)
    assert finding.fix is None
    assert finding.withheld is not None
    assert finding.withheld.startswith("the rewrite is worse: at ")


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_what_is_right_as_a_whole_is_safe(body: str):
    findings = found(body)
    assert findings
    assert all(f.fix is not None and f.fix.applicability == "safe" for f in findings)


@pytest.mark.parametrize(
    ("body", "is_safe"),
    [
        ("e = np.exp(x)\nreturn e/e.sum(axis=1).reshape(-1, 1)", True),
        ("e = np.exp(x)\nreturn e/e.sum(axis=-1).reshape(-1, 1)", False),
        ("return x - np.log(np.sum(np.exp(x), axis=-1)).reshape(-1, 1)", False),
    ],
)
def test_a_row_that_is_made_a_column_keeps_its_shape(body: str, is_safe: bool):
    applied = {f.fix.message for f in found(body) if f.fix is not None and f.fix.applicability == "safe"}
    assert any("softmax" in message for message in applied) == is_safe


def test_the_statement_that_gave_a_name_its_last_value_goes_with_the_formula():
    code = f"{HEAD}def f(a, b):\n    g = a + b\n    g = np.exp(g)\n    return g/g.sum(axis=-1, keepdims=True)\n"
    fixed = fix_text(code, check_text, "safe")
    assert "np.exp" not in fixed.text
    assert not fixed.left


def test_a_finding_stays_where_half_of_it_is_mended():
    code = f"{HEAD}def f(x):\n    s = 1/(1 + np.exp(-x))\n    return np.log(s/(1 - s))\n"
    assert fix_text(code, check_text, "safe").left
    whole = fix_text(code, check_text, "unsafe")
    assert "return stable.log_sigmoid(x) - stable.log_sigmoid(-x)" in whole.text
    assert not whole.left


@pytest.mark.parametrize(
    ("body", "caution"),
    [
        ("return np.log(a * np.exp(x) + b * np.exp(y))", "only valid for non-negative weights"),
        ("y = np.log(a / b)\nreturn np.log(np.exp(x + y) + np.exp(p))", None),
        ("return b / (1 + np.exp(x - a))**3", None),
    ],
)
def test_a_weight_is_positive_where_the_code_takes_its_logarithm_or_the_rewrite_takes_none(
    body: str, caution: str | None
):
    (finding,) = found(body)
    assert finding.fix is not None
    assert finding.fix.reason == caution


@pytest.mark.parametrize(
    ("body", "caution"),
    [
        ("return 2 / (1 + np.exp(x - a))**3", None),
        # 1**inf is 1; 0 * inf, which the rewrite computes, is nan.
        ("return 1 / (1 + np.exp(x - a))**y", "at x = 1.0, a = inf, y = inf it gives nan, the original 1.0"),
        ("return 2 / (1 + np.exp(x - a))**y", "at x = 1.0, a = inf, y = inf it gives nan, the original 2.0"),
    ],
)
def test_an_exponent_may_be_infinite_where_another_input_is(body: str, caution: str | None):
    (finding,) = found(body)
    assert finding.fix is not None
    assert finding.fix.reason == caution


def test_code_that_says_what_the_fix_would_say_is_left_alone():
    body = "g = a - 1\nreturn -0.5*np.log1p(g*b/c)"
    assert not found(body)
