"""A clip sends what lies beyond to where the slope of the next step is infinite."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text

torch = pytest.importorskip("torch")
jax = pytest.importorskip("jax")
jnp = jax.numpy

HEAD = "import torch\nimport jax\nimport jax.numpy as jnp\nimport numpy as np\n"


@pytest.fixture(autouse=True)
def _with_the_rules() -> Iterator[None]:
    with choosing(frozenset({"acos-gradient", "sqrt-gradient"})):
        yield


def rules(expression: str) -> list[str]:
    return [f.rule for f in check_text(f"{HEAD}def loss(x, u, v):\n    return {expression}\n")]


@pytest.mark.parametrize(
    ("expression", "rule", "at"),
    [
        ("torch.acos(torch.clamp(x, -1, 1))", "acos-gradient", 1.0),
        ("torch.asin(x.clamp(-1, 1))", "acos-gradient", -1.0),
        ("torch.sqrt(torch.clamp(x, min=0))", "sqrt-gradient", 0.0),
        ("x.clamp(min=0).sqrt()", "sqrt-gradient", 0.0),
        ("jnp.arccos(jnp.clip(x, -1, 1))", "acos-gradient", 1.0),
        ("jnp.sqrt(jnp.maximum(x, 0))", "sqrt-gradient", 0.0),
    ],
)
def test_the_gradient_of_the_library_is_no_number_at_the_end(expression: str, rule: str, at: float) -> None:
    if "jnp." in expression:
        gradient = float(jax.grad(lambda x: eval(expression, {"jnp": jnp, "x": x}))(at))
    else:
        value = torch.tensor(at, requires_grad=True)
        eval(expression, {"torch": torch, "x": value}).backward()
        gradient = float(value.grad)
    assert not math.isfinite(gradient)
    assert rules(expression) == [rule]


def test_what_is_summed_before_it_is_clipped_may_be_anything() -> None:
    [finding] = check_text(f"{HEAD}def f(u, v):\n    return torch.acos((u * v).sum(-1).clamp(-1, 1))\n")
    assert finding.witness is not None
    assert finding.witness.at == "what is clipped = 1.0"
    assert finding.witness.note == "the gradient is -inf"


@pytest.mark.parametrize(
    "expression",
    [
        "torch.acos(torch.clamp(x, -0.9999, 0.9999))",
        "torch.acos(torch.clamp(x, -1, 1)).detach()",
        "torch.sqrt(torch.clamp(x, min=1e-12))",
        "torch.sqrt(x)",
        "np.arccos(np.clip(x, -1, 1))",
        "np.sqrt(np.maximum(x, 0))",
        "2 * torch.atan2((u - v).norm(), (u + v).norm())",
    ],
)
def test_a_clip_inside_of_the_ends_is_silent_and_so_is_code_without_gradients(expression: str) -> None:
    assert rules(expression) == []
