"""A safe fix leaves gradients what they were: those that are not taken, and those of what a mask leaves out."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text


def verdict(body: str) -> str:
    """`safe`, or why there is no safe fix of the only finding."""
    source = "import torch\nimport torch.nn.functional as F\n\n\ndef f(x, y):\n" + "".join(
        f"    {line}\n" for line in dedent(body).strip().splitlines()
    )
    (finding,) = check_text(source)
    if finding.fix is None:
        return finding.withheld or ""
    return finding.fix.reason or finding.fix.applicability


SOFTMAX = "return e / e.sum(dim=1, keepdim=True)"


@pytest.mark.parametrize(
    "body",
    [
        f"with torch.no_grad():\n    e = torch.exp(x)\n{SOFTMAX}",
        f"with torch.inference_mode():\n    e = torch.exp(x)\n{SOFTMAX}",
        f"e = torch.exp(x)\nwith torch.no_grad():\n    {SOFTMAX}",
        "with torch.no_grad():\n    s = torch.exp(x).sum(dim=1, keepdim=True)\nreturn torch.exp(x) / s",
        f"with torch.no_grad():\n    e = torch.exp(x)\n    with torch.enable_grad():\n        {SOFTMAX}",
        f"with torch.autocast('cpu'):\n    e = torch.exp(x)\n{SOFTMAX}",
    ],
)
def test_no_formula_is_fixed_of_which_a_part_is_computed_in_another_mode(body: str) -> None:
    assert "a part of it is computed in" in verdict(body)


@pytest.mark.parametrize(
    "body",
    [
        f"torch.set_grad_enabled(False)\ne = torch.exp(x)\ntorch.set_grad_enabled(True)\n{SOFTMAX}",
        f"e = torch.exp(x)\ntorch._C._set_grad_enabled(False)\n{SOFTMAX}",
    ],
)
def test_no_formula_is_fixed_around_a_switch(body: str) -> None:
    assert "set_grad_enabled` is called" in verdict(body)


@pytest.mark.parametrize(
    "body",
    [
        f"e = torch.exp(x)\n{SOFTMAX}",
        f"with torch.no_grad():\n    e = torch.exp(x)\n    {SOFTMAX}",
        "torch.set_grad_enabled(False)\nreturn torch.exp(x) / torch.exp(x).sum(dim=1, keepdim=True)",
    ],
)
def test_what_is_computed_in_one_mode_is_fixed(body: str) -> None:
    assert verdict(body) == "safe"


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        ("torch.exp(x).sum(1) / torch.exp(y).sum(1)", "gradient is nan"),
        ("torch.log(1 + torch.exp(x).sum(1))", "gradient is nan"),
        ("torch.log(torch.exp(x) + torch.exp(y))", "safe"),
        ("torch.log(torch.exp(x) + torch.exp(y.masked_fill(y < 0, -torch.inf)))", "second derivative is nan"),
        ("torch.log(torch.exp(x).sum(1))", "safe"),
        ("torch.exp(y) / torch.exp(x).sum(1, keepdim=True)", "safe"),
        ("torch.log(1 + torch.exp(x))", "safe"),
    ],
)
def test_a_row_of_infinities_has_the_gradient_it_had(formula: str, word: str) -> None:
    assert word in verdict(f"return {formula}")


def test_softplus_keeps_the_digits_of_a_float64() -> None:
    (finding,) = check_text("import torch.nn.functional as F, torch\ny = torch.log(1 + torch.exp(x))\n")

    assert finding.fix is not None
    assert finding.fix.message == "replace with `F.softplus(x, threshold=36)`"
