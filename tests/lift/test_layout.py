"""How code is laid out decides nothing: guards of cases, statements on one line, parentheses."""

from __future__ import annotations

import pytest

from stabaudit.catalogue.load import load
from stabaudit.check import check_text

HEAD = "import math\nimport numpy as np\n\n\n"
CODE = {
    "a guard of a case": ("def f(x):\n    match x:\n        case float() as y if {}(y) > 3: return 1\n", "softplus"),
    "a case": ("def f(x, y):\n    match y:\n        case 1: return {}(x)\n", "softplus"),
    "a case with steps": ("def f(x, y):\n    match y:\n        case [_, *x]: z = x; return {}(z)\n", "softplus"),
    "the rest of a mapping": ("def f(x):\n    match x:\n        case {{'k': y, **z}}: return {}(y)\n", "softplus"),
    "a class": ("class A: f = lambda x: {}(x)\n", "softplus"),
    "a method": ("class A:\n    def f(self, x): return {}(x)\n", "softplus"),
    "an elif": ("def f(x):\n    if x < 1: y = x\n    elif {}(x) > 2: y = 3\n    return y\n", "softplus"),
    "an else": ("def f(x, y):\n    if y: return 1\n    else: z = 2 * x; return {}(z)\n", "softplus"),
    "a handler": ("def f(x):\n    try: y = {}(x)\n    except ValueError: y = 0\n    return y\n", "softplus"),
    "a loop": ("def f(x):\n    for y in x: print({}(y))\n", "softplus"),
}


def found(text: str) -> list[str]:
    """The rules that are broken, the same with the sieve and without."""
    rules = [finding.rule for finding in check_text(text)]
    assert rules == [finding.rule for finding in check_text(text, load())]
    return rules


@pytest.mark.parametrize(("code", "rule"), CODE.values(), ids=CODE)
def test_a_formula_is_found_wherever_it_stands(code: str, rule: str):
    for function in ("math", "np"):
        formula = f"{function}.log(1 + {function}.exp"
        text = HEAD + code.format("_").replace("_(", f"{formula}(", 1)
        start = text.index(formula)
        end = text.index(")", start)
        assert found(f"{text[:end]})){text[end + 1 :]}") == [rule]


def test_a_name_that_a_case_binds_is_another_one():
    kept = "def f(x, y):\n    e = np.exp(x)\n    match y:\n        case {'k': d}:\n            return e / e.sum()\n"
    assert found(HEAD + kept) == ["softmax"]
    for bound in ("{'k': e}", "{'k': d, **e}", "[_, *e]", "[1, 2] as e", "e"):
        assert found(HEAD + kept.replace("{'k': d}", bound)) == []


def test_the_rest_of_what_is_taken_apart_is_a_list():
    text = "def f(x):\n    a, *b = np.exp(x), 2.0\n    return a / np.sum(a), b\n"
    assert found(HEAD + text) == ["softmax"]


@pytest.mark.parametrize(
    "text", ["(np.exp)(x) / ((np.sum)((np.exp(x))))", "np.exp(x) / (\n    np.sum(np . exp ( x )))"]
)
def test_parentheses_and_spaces_hide_nothing(text: str):
    assert found(f"{HEAD}def f(x):\n    return {text}\n") == ["softmax"]
