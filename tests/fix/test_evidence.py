"""A fix of what may be small integers, truth values, lists or numbers keeps the dtype, or is not called safe."""

from __future__ import annotations

from textwrap import indent

import pytest

from stabaudit.check import check_text
from stabaudit.findings.finding import Finding


def only(body: str, head: str = "", parameters: str = "x, y") -> Finding:
    """The only finding in a function."""
    text = f"import numpy as np\n{head}\n\ndef f({parameters}):\n{indent(body, '    ')}\n"
    (finding,) = check_text(text)
    return finding


def fix(body: str, head: str = "", parameters: str = "x, y") -> str:
    """The text of the only fix, if it is safe, or why it is not."""
    finding = only(body, head, parameters)
    if finding.fix is None:
        return f"none: {finding.withheld}"
    return finding.fix.reason or finding.fix.message.removeprefix("replace with ").strip("`")


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        # What is a float for sure has NumPy's own function.
        ("np.log(1.0 + x / 700)", "np.log1p(x / 700)"),
        ("np.log(1.0 + np.sin(x).sum() * y)", "np.log1p(np.sin(x).sum() * y)"),
        ("np.log(1.0 + 0.5 * x)", "np.log1p(0.5 * x)"),
        ("np.log(1.0 + abs(x) ** 0.5)", "np.log1p(abs(x) ** 0.5)"),
        ("np.log(1.0 + x.astype(float))", "np.log1p(x.astype(float))"),
        ("np.log(1.0 + np.sqrt(x))", "np.log1p(np.sqrt(x))"),
        ("np.log(1.0 + np.random.standard_normal(3))", "np.log1p(np.random.standard_normal(3))"),
        ("s = x / 2\nreturn np.log(1.0 + s)", "np.log1p(s)"),
        # Integers and the number 1 are integers, before and after.
        ("np.log(1 + x)", "np.log1p(x)"),
        # Integers and 1.0 are a float64.
        ("np.log(1.0 + x)", "stable.log1p(x)"),
        ("np.log(x + 1.0)", "stable.log1p(x)"),
        ("s = 1.0 + x\nreturn np.log(s)", "stable.log1p(x)"),
        ("np.exp(x) - 1.0", "np.expm1(x)"),
    ],
)
def test_log1p_makes_floats_of_integers_where_the_sum_did(formula: str, text: str) -> None:
    assert fix(formula if "return" in formula else f"return {formula}") == text


@pytest.mark.parametrize("parameters", ["x: float", "x=1e-12", "x: np.float64", "*, x: float"])
def test_a_parameter_says_that_it_is_a_float(parameters: str) -> None:
    assert fix("return np.log(1.0 + x)", parameters=parameters) == "np.log1p(x)"


@pytest.mark.parametrize("head", ["M = np.array([True, False])", "B = np.bool_", "M = y.astype(bool)"])
def test_where_there_are_truth_values_log1p_makes_floats_of_them(head: str) -> None:
    assert fix("return np.log(1 + x)", head) == "stable.log1p(x)"


def test_truth_values_elsewhere_say_nothing_of_a_number() -> None:
    head = "def g(a):\n    return a[~np.isnan(a)], g(True)"

    assert fix("return np.log(1 + x)", head) == "np.log1p(x)"


def test_what_is_taken_from_one_is_no_integer() -> None:
    assert fix("return np.log(1.0 - x)") == "np.log1p(-x)"


@pytest.mark.parametrize("head", ["T = np.uint8", "T = 'int16'", "import cv2"])
def test_of_small_integers_one_plus_x_overflows(head: str) -> None:
    assert "wraps around" in fix("return np.log(1 + x)", head)
    assert fix("return np.log(1.0 + x)", head) == "stable.log1p(x)"


def test_a_class_with_an_exponential_has_no_expm1() -> None:
    head = "class V:\n    def exp(self):\n        return self"

    assert fix("return np.exp(x) - 1", head) == "stable.expm1(x)"


def test_masked_arrays_are_masked_where_a_logarithm_has_no_value() -> None:
    assert fix("return np.log(1 + x)", "M = np.ma.masked") == "stable.log1p(x)"


@pytest.mark.parametrize(
    "formula",
    [
        "np.exp(x) / (np.exp(x) + np.exp(y))",
        "1 / (1 + np.exp(x))",
        "np.log(1 + np.exp(x) / np.exp(y))",
    ],
)
def test_lists_are_not_computed_with(formula: str) -> None:
    assert "may be a list" in fix(f"return {formula}")
    for known in ("x = x - y", "x.shape", "x ** 2 + y / 3", "-x", "x[:, 0]", "x * 0.5"):
        if known != "x = x - y":
            assert "may be a list" not in fix(f"z = {known}\nw = y - 1\nreturn {formula}")
    assert "list" not in fix(f"return {formula}", parameters="x: float, y: float")
    assert "overflow" in fix(f"return {formula}", "T = np.uint8", parameters="x: object, y: object")


@pytest.mark.parametrize(
    ("calls", "is_list"),
    [
        ("g(x - y) * g(-x)", False),
        ("g(2 * (x - y)) + g(1.5 * y)", False),
        ("g(x)", True),
        ("g(2 * x)", True),
        ("g(x - y) + sum(map(g, y))", True),
        ("[g(x - y), g]", True),
    ],
)
def test_a_function_inside_is_given_what_its_calls_give_it(calls: str, is_list: bool) -> None:
    body = f"def g(v):\n    return 1 / (1 + np.exp(v))\nreturn {calls}"
    assert fix(body) == ("`v` may be a list, which is not computed with" if is_list else "stable.sigmoid(-v)")


def test_a_number_beside_a_float32_is_a_float64() -> None:
    assert fix("return np.log(np.exp(x) + np.exp(y))") == "stable.logaddexp(x, y)"
    assert "float32" in fix("return np.log(np.exp(x) + np.exp(y))", "T = np.float32")
    assert "float32" in fix("return np.log(K + np.exp(x))", "T = np.float32\nK = 1.5")


def test_the_exponential_of_a_logarithm_of_a_sum_is_quiet() -> None:
    assert fix("return np.exp(x[3]) / np.sum(np.exp(x))") == "stable.exp(x[3] - stable.logsumexp(x))"


def test_an_expression_of_polars_is_no_tensor() -> None:
    finding = only("return 1 / (1 + (-x.a).exp())", "import torch\nimport polars as pl")

    assert finding.withheld == "its methods may belong to polars"
    assert fix("return 1 / (1 + torch.exp(-x.a))", "import torch\nimport polars as pl") == "torch.sigmoid(x.a)"


def test_what_may_be_an_integer_is_given_to_a_function_of_jax_that_takes_one() -> None:
    head = "import jax.numpy as jnp"

    assert "special.expit(x - 5)" in fix("return 1 / (1 + jnp.exp(-(x - 5)))", head)
    assert "special.expit(x)" in fix("return 1 / (1 + jnp.exp(-x))", head)
    assert "nn.sigmoid(x / 2)" in fix("return 1 / (1 + jnp.exp(-x / 2))", head)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("np.ones_like(x) / (np.ones_like(x) + np.exp(-x))", "stable.sigmoid(x)"),
        ("np.log(np.ones_like(x) + np.exp(x))", "stable.softplus(x)"),
        ("np.ones_like(y) / (np.ones_like(y) + np.exp(-x))", "the shape of `np.ones_like(y)` is lost"),
        ("np.ones_like(x, dtype=t) / (1 + np.exp(-x))", "the shape of `np.ones_like(x, dtype=t)` is lost"),
        ("np.log(np.ones_like(x) + np.sum(np.exp(x)))", "the shape of `np.ones_like(x)` is lost"),
    ],
)
def test_ones_like_an_operand_are_of_its_shape(formula: str, text: str) -> None:
    assert fix(f"return {formula}", parameters="x, y, t") == text


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("#: Decimal places for rounding.", "stable.sigmoid(x)"),
        ("from decimal import Decimal", "a `Decimal` has an exponential of its own, and no such function"),
        ("import decimal", "a `Decimal` has an exponential of its own, and no such function"),
    ],
)
def test_decimal_numbers_are_not_decimal_places(head: str, text: str) -> None:
    assert fix("return 1 / (1 + np.exp(-x))", head) == text
