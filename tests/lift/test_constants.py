"""Which names are the same number whenever a function is called."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.lift.statements import Reader
from stabaudit.syntax import from_ast
from stabaudit.syntax.caching import let_go

MODULE = "n = 5\n\n\ndef f(x):\n    return x + n\n"


def read(code: str) -> list[str]:
    """All expressions of a piece of code as terms."""
    keys: list[str] = []
    Reader(from_ast.read(code), lambda term, scope: keys.append(term.key)).read()
    let_go()
    return keys


@pytest.mark.parametrize(
    "other",
    [
        "def g(n):\n    return n\n",
        "def g():\n    n = 1\n    n += 2\n",
        "def g(xs):\n    for n in xs:\n        print(n)\n",
        "g = lambda: (n := 3)\n",
        "def g():\n    def h():\n        n = 1\n",
    ],
)
def test_locals_of_other_functions_rebind_no_name_of_the_module(other: str):
    assert any("#5" in key and key.startswith("add") for key in read(MODULE + other))


@pytest.mark.parametrize(
    "other",
    ["n = 6\n", "def g():\n    global n\n    n = 6\n", "for n in range(3):\n    pass\n", "class C:\n    n = 6\n"],
)
def test_what_rebinds_a_name_of_the_module_makes_it_a_variable(other: str):
    assert not any("#5" in key and key.startswith("add") for key in read(MODULE + other))


def test_a_local_that_is_given_two_values_is_no_number_in_the_functions_inside():
    for inner in ("n = 2", "nonlocal n; n = 2"):
        body = f"    {inner}\n" if inner == "n = 2" else f"    def h():\n        {inner}\n"
        code = f"n = 5\n\n\ndef f():\n    n = 1\n    def g(x):\n        return x + n\n{body}    return g\n"
        assert not any("#1" in key and key.startswith("add") for key in read(code)), code


def test_a_local_that_is_given_one_value_is_that_in_the_functions_inside():
    code = "def f():\n    n = 1\n    def g(x):\n        return x + n\n    return g\n\n\ndef k():\n    n = 2\n"
    assert any("#1" in key and key.startswith("add") for key in read(code))


@pytest.mark.parametrize("infinity", ["np.inf", "inf", "float('inf')"])
def test_a_name_that_begins_as_infinity_is_not_infinite_after_a_loop(infinity: str):
    code = (
        f"import numpy as np\nfrom math import inf\n\n\ndef f(xs):\n    low = {infinity}\n    for x in xs:\n"
        "        low = min(low, x)\n    return 1 - np.exp(-low)\n"
    )
    whole = read(code)[-1]
    assert "infinity" not in whole
    assert "low" in whole


PI = "import math\nimport numpy as np\nfrom math import pi as half_turn\n\n\n"


def varied(code: str) -> str:
    """The input of the only finding in a piece of code."""
    [finding] = check_text(code)
    assert finding.witness is not None
    return finding.witness.at


@pytest.mark.parametrize("spelled", ["math.pi", "np.pi", "half_turn"])
def test_pi_is_no_variable(spelled: str):
    assert varied(f"{PI}def f(x):\n    return 1 - np.exp(2 * {spelled} * x)\n") == "x = 1e-12"
    # A formula of no variable is what it is.
    assert not check_text(f"{PI}def f():\n    return np.log(1 + np.exp({spelled}))\n")


@pytest.mark.parametrize("spelled", ["math.pi", "np.pi", "half_turn"])
def test_a_helper_with_pi_in_it_is_seen_through(spelled: str):
    helper = f"{PI}def turn(x):\n    return 2 * {spelled} * x\n\n\n"
    assert varied(f"{helper}def f(x):\n    return np.exp(turn(x)) - 1\n") == "x = 1e-12"


def test_pi_is_said_in_a_fix_as_the_code_says_it():
    code = f"{PI}def f(x, y):\n    a = np.exp(-x * math.pi / y)\n    return 1 - a**2\n"
    [finding] = check_text(code)
    assert finding.fix is not None
    assert finding.fix.message == "replace with `-np.expm1(-2 * x * math.pi / y)`"


@pytest.mark.parametrize("once", ["np.log(2)", "-np.sqrt(3.0)", "(np.pi / 2)"])
def test_a_number_that_is_computed_once_is_known_in_functions(once: str):
    code = f"import numpy as np\nC = {once}\n\n\ndef f(x):\n    return 1 - np.exp(C * x)\n"
    assert varied(code) == "x = 1e-12"
    assert "C = " in varied(f"{code}C = 5\n")


def test_a_torch_that_nobody_knows_is_torch():
    code = "torch, nn = maybe()\n\n\ndef f(x):\n    return torch.nn.functional.softmax(x, dim=-1).log()\n"
    assert [finding.rule for finding in check_text(code)] == ["log-softmax"]
    assert varied(code).startswith("x = [")
