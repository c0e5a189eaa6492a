"""Runs in a narrower type. NumPy has no bfloat16: that is float32 rounded to eight bits of its significand."""

from __future__ import annotations

from typing import Any

import numpy as np

from stabaudit.proof.floats import Floats
from stabaudit.proof.samples import Sample
from stabaudit.terms import Term

#: The lower half of a float32, which bfloat16 does not have, and one less than half of a unit there.
DROPPED, NEARLY_HALF = 16, 0x7FFF


def rounded(value: Any) -> Any:
    """A float32, or an array of such, to the nearest bfloat16, at a tie to the even one; nan and infinities stay."""
    array = np.asarray(value, np.float32)
    bits: Any = array.view(np.uint32).astype(np.uint64)
    bits = (bits + NEARLY_HALF + (bits >> DROPPED & 1)) >> DROPPED << DROPPED
    near = bits.astype(np.uint32).view(np.float32)
    return np.where(np.isfinite(array), near, array)[()]


class Rounded(Floats):
    """One run in float32, each step of which is rounded to bfloat16."""

    def _compute(self, term: Term) -> Any:
        value = super()._compute(term)
        return rounded(value) if np.asarray(value).dtype == self.dtype else value


def narrow(sample: Sample, dtype: str) -> Floats:
    """A run in a type on the values of a sample, which it may be too narrow for."""
    with np.errstate(over="ignore"):
        if dtype == "bfloat16":
            return Rounded({v: rounded(x) for v, x in sample.items()}, np.float32)
        return Floats({v: np.asarray(x, dtype)[()] for v, x in sample.items()}, dtype)
