"""Failures of the kinds that people report are found, are there before the fix, and are gone after it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

HEAD = """import math
import jax.numpy as jnp
import numpy as np
import scipy.special
import torch
from scipy.stats import norm


"""
MORE = frozenset(rule.name for rule in load() if rule.tier == "preview")


class Failure(NamedTuple):
    """A function `g` as text, the rules that find it, an input at which it fails, and the right result."""

    code: str
    rules: list[str]
    fails: tuple[Any, ...]
    right: Any


def failures() -> list[Any]:
    """Those of `failures.py`, each under what is said above it."""
    found = []
    for cell in Path(__file__).with_name("failures.py").read_text(encoding="utf-8").split("# %% ")[1:]:
        title, _, body = cell.partition("\n")
        code, marks, said = body.partition("\nRULES")
        names: dict[str, Any] = {}
        exec(HEAD + marks + said, names)
        found.append(pytest.param(Failure(HEAD + code, names["RULES"], names["FAILS"], names["RIGHT"]), id=title))
    return found


def is_right(code: str, failure: Failure) -> bool:
    """Whether a program gives the right result at the input of a failure."""
    names: dict[str, Any] = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(code, names)
        try:
            result = names["g"](*failure.fails)
        except ArithmeticError:
            return False
    return np.allclose(np.asarray(result), failure.right, rtol=1e-5, atol=0)


@pytest.mark.parametrize("failure", failures())
def test_a_reported_failure_is_gone_after_the_fix(failure: Failure):
    with choosing(MORE):
        found = [finding.rule for finding in check_text(failure.code)]
        fixed = fix_text(failure.code, check_text, "safe").text
    assert set(found) == set(failure.rules)
    assert not is_right(failure.code, failure)
    assert is_right(fixed, failure), fixed
    with choosing(MORE):
        assert check_text(fixed) == []
