"""A `where` computes both branches: where gradients flow, a branch that is not taken may make them nan."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from stabaudit.fix.apply import fix_text

HEAD = """
import torch
import jax.numpy as jnp
import numpy as np
import torch.nn.functional as F
"""
SOFTPLUS = "return torch.where(g > 20, g, torch.log(1 + torch.exp(g)))"


def found(code: str) -> list[Finding]:
    return sorted(check_text(HEAD + dedent(code)), key=lambda f: f.start)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (f"def f(g):\n    {SOFTPLUS}", "softplus"),
        ("def f(g):\n    return jnp.where(g > 20, g, jnp.log(1 + jnp.exp(g)))", "softplus"),
        ("def f(x):\n    return torch.where(x > 0, x, torch.exp(x) / (1 + torch.exp(x)))", "sigmoid"),
        ("def f(g, y):\n    return torch.where(g > 20, y, torch.log(1 + torch.exp(g)))", "softplus"),
        ("def f(x):\n    y = jnp.exp(x)\n    return jnp.where(x < 0, y / (1 + y), 1 / (1 + jnp.exp(-x)))", "sigmoid"),
    ],
)
def test_a_branch_that_overflows_where_it_is_not_taken_has_a_nan_gradient(code: str, rule: str) -> None:
    finding, *_ = found(code)
    assert finding.rule == rule
    assert finding.severity == "error"
    assert finding.witness is not None
    assert "is nan, not" in str(finding.witness)


@pytest.mark.parametrize(
    "code",
    {
        "NumPy has no gradients": "def f(g):\n    return np.where(g > 0, np.exp(-g) / (1 + np.exp(-g)), 0)",
        "the exponent is kept small": """
            def f(g):
                return torch.where(g > 20, g, torch.log(1 + torch.exp(torch.clamp(g, max=20))))
            """,
        "Python computes one branch alone": "def f(g):\n    return g if g > 20 else torch.log(1 + torch.exp(g))",
        "the double where": """
            def f(g):
                safe = torch.where(g > 20, torch.zeros_like(g), g)
                return torch.where(g > 20, g, torch.log(1 + torch.exp(safe)))
            """,
        "nothing is recorded in the function": f"@torch.no_grad()\ndef f(g):\n    {SOFTPLUS}",
        "nothing is recorded in the block": f"def f(g):\n    with torch.inference_mode():\n        {SOFTPLUS}",
        "a gradient of its own": f"class F(torch.autograd.Function):\n    def backward(ctx, g):\n        {SOFTPLUS}",
        "the rewrite would have the same gradient": """
            def f(k, p):
                return torch.where(k == 0, -torch.log(p), (1 - torch.exp(-k * torch.log(p))) / k)
            """,
        "the known form of log(1 - exp(x))": """
            def f(x):
                return torch.where(-0.693 < x, torch.log(-torch.expm1(x)), torch.log1p(-torch.exp(x)))
            """,
    }.items(),
    ids=lambda case: case[0],
)
def test_a_gradient_that_is_finite_or_never_asked_for_is_no_finding(code: tuple[str, str]) -> None:
    assert [f for f in found(code[1]) if "gradient" in str(f.witness)] == []


def test_one_formula_in_both_branches_is_one_finding_and_one_fix() -> None:
    code = "def f(x):\n    return torch.where(x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x)))\n"
    [finding] = found(code)
    assert finding.fix is not None
    assert "return torch.sigmoid(x)" in fix_text(HEAD + code, check_text, "safe").text


def test_the_fix_has_the_gradient_that_the_code_lacks() -> None:
    torch = pytest.importorskip("torch")
    code = f"{HEAD}def f(g):\n    {SOFTPLUS}\n"
    [finding] = check_text(code)
    assert finding.fix is not None
    gradients = []
    for text in (code, fix_text(code, check_text, "unsafe").text):
        names: dict[str, object] = {}
        exec(text, names)
        g = torch.tensor(1000.0, requires_grad=True)
        names["f"](g).backward()  # type: ignore[operator]
        gradients.append(float(g.grad))
    assert gradients[0] != gradients[0]
    assert gradients[1] == 1.0
