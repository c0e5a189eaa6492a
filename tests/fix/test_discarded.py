"""What needs no fix: values that nothing takes, draws of which the complement is exact, modules that are gone."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import math\nimport random\n\nimport numpy as np\n\n\n"


def test_a_value_that_nothing_takes_is_not_rewritten():
    (finding,) = check_text(f"{HEAD}def f(p, c):\n    np.log(1 - p / c)\n    return p\n")
    assert finding.fix is None
    assert finding.withheld == "its value is not used; remove the statement"


def test_the_last_line_of_a_notebook_is_shown_and_so_is_rewritten():
    (finding,) = check_text(f"{HEAD}np.log(1 - x)\n")
    assert finding.fix is not None


# A draw is a multiple of 2**-53, so that 1 - u loses nothing.
@pytest.mark.parametrize(
    "draw", ["random.random()", "np.random.rand()", "np.random.random(3)", "self.rng.random(size=n)", "rng.random()"]
)
def test_the_complement_of_a_draw_is_exact(draw: str):
    assert check_text(f"{HEAD}def f(self, rng, n):\n    return -np.log(1 - {draw})\n") == []


def test_the_complement_of_something_else_is_not():
    assert len(check_text(f"{HEAD}def f(self, rng):\n    return -np.log(1 - self.scale * rng.random())\n")) == 1


def test_a_fix_calls_no_module_that_new_releases_lack():
    (finding,) = check_text(f"{HEAD}def f(x):\n    return np.math.exp(x) - 1\n")
    assert finding.fix is not None
    assert finding.fix.message == "replace with `math.expm1(x)`"


@pytest.mark.parametrize("formula", ["np.log(1 - u)", "-b * np.log(1 - u)", "(b - 1) * np.log(u) + b * np.log(1 - u)"])
def test_a_draw_is_exact_under_its_name_and_beside_others(formula: str):
    assert check_text(f"{HEAD}def f(rng, b):\n    u = rng.random()\n    return {formula}\n") == []
    assert len(check_text(f"{HEAD}def f(u, b):\n    return {formula}\n")) == 1
    assert len(check_text(f"{HEAD}def f(rng, b):\n    u = rng.normal()\n    return {formula}\n")) == 1


@pytest.mark.parametrize("drawn", ["rng.uniform()", "np.random.uniform(size=n)", "rng.random(n)"])
def test_an_item_of_draws_is_one(drawn: str):
    code = f"def f(rng, n, g):\n    u = {drawn}\n    x = -np.log(1 - u)\n    return [g(x[i]) for i in range(n)]\n"
    assert check_text(f"{HEAD}{code}") == []
    assert len(check_text(f"{HEAD}def f(rng, n):\n    return np.log(1 - rng.uniform(-3, 1, size=n))\n")) == 1
