"""How people write it: each cell of `idioms/<rule>.py` is found and named so, and those of `none.py` are let alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from stabaudit.check import check_text

IDIOMS = Path(__file__).parent / "idioms"
#: Stands above each cell; what a cell imports itself comes later and counts.
HEAD = """import math
import jax.numpy as jnp
import numpy as np
import scipy.special
import torch
import torch.nn.functional as F
"""
CELLS = [
    pytest.param(path.stem, cell, id=f"{path.stem} {number}")
    for path in sorted(IDIOMS.glob("*.py"))
    for number, cell in enumerate(path.read_text(encoding="utf-8").split("# %%\n")[1:], 1)
]


@pytest.mark.parametrize(("rule", "cell"), CELLS)
def test_an_idiom_is_read_for_what_it_computes(rule: str, cell: str):
    found = {finding.rule for finding in check_text(HEAD + cell)}
    if rule == "none":
        assert not found, cell
    else:
        assert rule in found, cell
