"""What became of a formula, from two versions of its function."""

from __future__ import annotations

import pytest

from stabaudit.catalogue.active import rules
from stabaudit.check.versions import judged

HEAD = (
    "import numpy as np\nimport scipy.special as sp\nimport torch\nimport torch.nn.functional as F\n\n\n"
    "def f(x, other=None):\n"
)
SOFTMAX = "e = np.exp(x)\nreturn e / e.sum()"
LOGSUMEXP = "return np.log(np.sum(np.exp(x)))"
SIGMOID = "return 1 / (1 + np.exp(-x))"
LOSS = "p = 1 / (1 + np.exp(-x))\nloss = -np.log(p)\nreturn loss"


def text(body: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in body.split("\n"))


CASES = [
    ("a shift by the maximum", SOFTMAX, "e = np.exp(x - x.max())\nreturn e / e.sum()", "cured"),
    ("a function of a library", SOFTMAX, "return sp.softmax(x)", "cured"),
    ("a shift and a guard", SOFTMAX, "e = np.exp(x - x.max())\nreturn e / (e.sum() + 1e-6)", "biased"),
    ("a clip", SOFTMAX, "e = np.exp(np.clip(x, -50, 50))\nreturn e / e.sum()", "biased"),
    ("a guard alone", SOFTMAX, "e = np.exp(x)\nreturn e / (e.sum() + 1e-6)", "not cured"),
    ("a sum by a library", LOGSUMEXP, "return sp.logsumexp(x)", "cured"),
    ("a guard in a logarithm", LOGSUMEXP, "return np.log(np.sum(np.exp(x)) + 1e-10)", "not cured"),
    ("a shift by the minimum", LOGSUMEXP, "m = x.min()\nreturn m + np.log(np.sum(np.exp(x - m)))", "not cured"),
    ("a branch", SIGMOID, f"if x >= 0:\n    {SIGMOID}\nz = np.exp(x)\nreturn z / (1 + z)", "cured"),
    ("one branch of two", SIGMOID, f"if x >= 0:\n    return sp.expit(x)\n{SIGMOID}", "not cured"),
    ("another function", SIGMOID, "return sp.expit(-x)", "made worse"),
    ("a clip of the input", SIGMOID, "x = np.clip(x, -30, 30)\nreturn 1 / (1 + np.exp(-x))", "biased"),
    ("log1p", "return np.log(1 + x)", "return np.log1p(x)", "cured"),
    ("a guard for log1p", "return np.log(1 + x)", "return np.log(1 + x + 1e-8)", "biased"),
    ("what was right", "return np.log1p(x)", "return np.log(1 + x)", "made worse"),
    ("a guard in a loss", LOSS, LOSS.replace("(p)", "(p + 1e-8)"), "not cured"),
    ("a loss in one call", LOSS, "return np.logaddexp(0, -x)", "cured"),
    ("other inputs", LOGSUMEXP, "return sp.logsumexp(other.values)", "not compared"),
    ("a minimum", SOFTMAX, "x = np.minimum(x, 700)\ne = np.exp(x)\nreturn e / e.sum()", "half cured"),
    (
        "a part of a return with calls in it",
        "p = 1 / (1 + np.exp(-x))\nreturn -(np.log(p).sum() + np.log(other(x)))",
        "return -(sp.log_expit(x).sum() + np.log(other(x)))",
        "cured",
    ),
    ("a part of a sum that cancels", "return other - np.log(1 + x)", "return other - np.log1p(x)", "cured"),
    (
        "a loss that applies softmax itself",
        "return F.cross_entropy(torch.softmax(x, 1), other)",
        "return F.cross_entropy(x, other)",
        "cured",
    ),
    (
        "a loss that takes logarithms",
        "return F.nll_loss(torch.softmax(x, 1), other)",
        "return F.nll_loss(torch.log_softmax(x, 1), other)",
        "cured",
    ),
    (
        "a sum that keeps no axis",
        "e = np.exp(x)\nreturn e / np.sum(e, axis=1)",
        "return sp.softmax(x, axis=1)",
        "cured",
    ),
    ("a guard that is reached", "return np.log(sp.expit(x) + 1e-8)", "return sp.log_expit(x)", "cured"),
    ("a guard that grows", "return np.log(sp.expit(x) + 1e-8)", "return np.log(sp.expit(x) + 1e-7)", "not cured"),
    ("another bound", "return np.log(sp.expit(x) + 1e-8)", "return np.maximum(sp.log_expit(x), -20)", "not cured"),
    ("another sign", "return np.log(sp.expit(x) + 1e-8)", "return sp.log_expit(-x)", "made worse"),
    (
        "a guard in what is written otherwise around it",
        "return 2 - 3 * np.log(sp.expit(x) + 1e-8)",
        "return 2 + 3 * np.logaddexp(0, -x)",
        "cured",
    ),
    (
        "a variance by a number of elements",
        "return np.sum(x**2) / len(x) - (np.sum(x) / len(x)) ** 2",
        "return np.mean((x - np.mean(x)) ** 2)",
        "cured",
    ),
    ("one end of two", "return np.log(1 + np.exp(x))", "return np.log1p(np.exp(x))", "not cured"),
]


@pytest.mark.parametrize(("before", "after", "state"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_changed_formula_is_judged(before: str, after: str, state: str):
    assert [one.state for one in judged(text(before), text(after), rules())] == [state]


@pytest.mark.parametrize("body", [SOFTMAX, LOGSUMEXP, LOSS])
def test_what_stays_as_it_was_is_not_judged(body: str):
    moved = text(body).replace("def f", "# A comment.\ndef f").replace("return", "unused = 1\n    return")
    assert judged(text(body), moved, rules()) == []


def test_a_formula_that_was_not_there_is_new():
    [one] = judged(text("return x"), f"{text('return x')}\n\ndef g(x):\n    {SIGMOID}\n", rules())
    assert (one.rule, one.state, tuple(one.start)) == ("sigmoid", "new", (12, 12))


def test_a_function_that_is_gone_is_not_judged():
    assert judged(text(SOFTMAX), "import numpy as np\n", rules()) == []


def test_it_is_said_where_a_half_cured_formula_still_fails():
    [one] = judged(text(SOFTMAX), text(f"x = np.minimum(x, 700)\n{SOFTMAX}"), rules())
    assert (one.state, one.says) == (
        "half cured",
        "still fails at x = [-1000.0, -1001.0]: it gives [nan, nan], the true value is [0.731059, 0.268941]",
    )


def test_by_how_much_right_values_change_is_said():
    [one] = judged(text(SOFTMAX), text("e = np.exp(x - x.max())\nreturn e / (e.sum() + 1e-3)"), rules())
    assert one.says.startswith("right values change by up to 8e-04: at x = ")
    assert "the true value is" in one.says
