"""A message says the number at which the code at hand fails, be it in floats of 64 bits or of 32."""

from __future__ import annotations

import re

import pytest

from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.check.thresholds import in_type


@pytest.mark.parametrize(
    ("head", "formula", "number"),
    [
        ("import numpy as np", "np.log(1 + np.exp(x))", "x = 710 on"),
        ("import torch", "torch.log(1 + torch.exp(x))", "x = 88.7 on"),
        ("import torch", "torch.log(1 + torch.exp(x.half()))", "x = 11.09 on"),
        ("import torch", "torch.exp(x.to(torch.float16)) - 1", "at x = 1e-2 one of three digits is left"),
        ("import jax.numpy as jnp", "jnp.log(jnp.sum(jnp.exp(x)))", "above 88.7 and -inf when all are below -103.9"),
        ("import torch", "torch.exp(x) - 1", "at x = 1e-4 four of eight digits are left, below 6e-8 none"),
    ],
)
def test_a_message_has_the_thresholds_of_the_dtype(head: str, formula: str, number: str):
    [finding] = check_text(f"{head}\n\n\ndef f(x):\n    return {formula}\n")
    assert number in finding.message


@pytest.mark.parametrize("floats", ["float32", "float16"])
@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.name)
def test_no_threshold_of_float64_is_left_in_a_message_for_narrower_floats(rule, floats):
    assert not re.search(r"\b7(?:09|1\d|45)\b|1e-1\d", in_type(rule.summary, floats))
