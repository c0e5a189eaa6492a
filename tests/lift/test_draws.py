"""Random numbers: nobody draws a standard normal number of a thousand."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import numpy as np\nimport torch\n\n\ndef f(shape, rng, dist, s):\n    a = "


def rules(drawn: str) -> list[str]:
    return [finding.rule for finding in check_text(f"{HEAD}np.exp({drawn})\n    return a / a.sum()\n")]


@pytest.mark.parametrize(
    "drawn",
    [
        "np.random.normal(size=shape)",
        "np.random.randn(3)",
        "np.random.rand(3)",
        "rng.standard_normal(4)",
        "rng.normal(0, 2, size=10)",
        "rng.uniform(-1, 1)",
        "np.random.normal(loc=3.0, scale=0.5, size=shape)",
    ],
)
def test_draws_of_a_known_width_do_not_overflow(drawn: str):
    assert rules(drawn) == []


@pytest.mark.parametrize(
    "drawn",
    [
        "dist.normal(size=shape)",
        "100 * np.random.randn(3)",
        "rng.normal(0, s, size=10)",
        "rng.normal(0, 100, size=10)",
        "rng.uniform(0, s)",
        "rng.choice(s)",
    ],
)
def test_draws_of_an_unknown_width_may(drawn: str):
    assert rules(drawn) == ["softmax"]


def test_a_uniform_number_may_be_small():
    assert [f.rule for f in check_text(f"{HEAD}-np.log(1 - np.random.rand(3))\n    return a\n")] == ["log1p"]


def test_tensors_are_drawn_as_arrays_are():
    code = f"{HEAD}torch.exp(torch.randn(3, 4))\n    return a / a.sum()\n"
    assert not check_text(code)
    assert [f.rule for f in check_text(code.replace("torch.randn(3, 4)", "40 * torch.randn(3, 4)"))] == ["softmax"]
