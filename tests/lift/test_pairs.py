"""`torch.max(x, y)` is a pair of values and indices if y is an axis, and the larger of both if it is a tensor."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text


def rules(*lines: str) -> list[str]:
    body = "".join(f"    {line}\n" for line in lines)
    return [finding.rule for finding in check_text(f"import torch\n\n\ndef f(x, y):\n{body}")]


@pytest.mark.parametrize(
    "larger",
    ["torch.max(x, y)", "torch.min(x, y)", "torch.max(x, other=y)", "torch.max(x, y)[0]", "torch.max(x, y).values"],
)
def test_the_larger_of_two_tensors_is_as_good_as_any_tensor(larger: str):
    assert rules(f"return torch.log(1 + torch.exp({larger}))") == ["softplus"]


def test_it_can_be_computed_with():
    assert rules("return torch.expm1(torch.min(x, y)) - x") == []
    assert rules("return 1 - torch.exp(-torch.min(x, y))") == ["expm1"]


@pytest.mark.parametrize("first", ["m, _ = torch.max(x, y)", "m = torch.max(x, y)[0]", "m = torch.max(x, y).values"])
def test_the_first_of_the_pair_is_the_maximum_along_an_axis(first: str):
    assert rules(first, "return torch.exp(x - m) / torch.exp(x - m).sum(y)") == []


def test_a_pair_that_is_computed_with_has_no_value():
    assert rules("return torch.log(1 + torch.exp(torch.max(x, dim=1)))") == []


@pytest.mark.parametrize("largest", ["x.max(axis=1, keepdim=True)", "x.max(axis=1, keepdim=True).detach()"])
def test_what_is_computed_with_is_no_pair_but_the_maxima_of_another_library(largest: str):
    assert rules(f"m = {largest}", "return (x - m).exp().sum(axis=1).log() + m.squeeze(1)") == []
