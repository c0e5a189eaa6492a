"""Each form of the catalogue, in the naive spelling: it is found by its rule, or docs/limits.md names it.

`forms/*.txt` has a heading a form and a line a spelling, `rule: code`. `limits: code  # words` is one that nothing is
found in, with words of docs/limits.md that say so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.load import load
from stabaudit.check import check_text

FORMS = Path(__file__).parent / "forms"
LIMITS = (Path(__file__).parents[1] / "docs" / "limits.md").read_text(encoding="utf-8")
HEAD = """import math
import jax
import jax.numpy as jnp
import numpy as np
import scipy.special
import scipy.stats
import torch
import torch.nn.functional as F
"""
MORE = frozenset(rule.name for rule in load() if rule.tier != "default")
LINES = [line for path in sorted(FORMS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
HEADINGS = [line.removeprefix("### ") for line in LINES if line.startswith("###")]
FOUND = [line.split(": ", 1) for line in LINES if not line.startswith(("###", "limits: "))]
SILENT = [line.removeprefix("limits: ").split("  # ") for line in LINES if line.startswith("limits: ")]


def rules_that_find(code: str) -> set[str]:
    """The rules, of all tiers, that find something in statements that stand in one line."""
    with choosing(MORE):
        return {finding.rule for finding in check_text(HEAD + code.replace("; ", "\n") + "\n")}


def test_no_form_is_left_out():
    assert sorted(int(heading.partition(" ")[0]) for heading in HEADINGS) == [*range(1, 111)]


@pytest.mark.parametrize(("rule", "code"), FOUND)
def test_a_form_is_found_by_its_rule(rule: str, code: str):
    assert rules_that_find(code) == {rule}


@pytest.mark.parametrize(("code", "words"), SILENT)
def test_a_form_that_is_not_found_is_named_among_the_limits(code: str, words: str):
    assert not rules_that_find(code)
    assert " ".join(words.split()) in " ".join(LIMITS.split())
