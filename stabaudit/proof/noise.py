"""Where a value hangs on rounding: steps that are off by a little, and what becomes of it.

The true value would say so as well, and takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from stabaudit.proof.floats import TRUTHS, VIEWS, Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.terms import App, Term, Var

#: How far each step is off, relative to its value.
NOISE = 2.0**-43
#: For so many numbers there is noise from the beginning.
FEWEST = 1 << 12
#: Steps whose result is a float if their operands are.
EXACT = TRUTHS | VIEWS.keys() | {"neg", "abs", "max", "min", "maximum", "minimum", "same", "where", "branch", "sign"}


class Noisy(Floats):
    """A run in which the result of each step that rounds is off, by chance."""

    def __init__(self, values: Mapping[Var, Any]) -> None:
        super().__init__(values)
        self._used = 0

    def _compute(self, term: Term) -> Any:
        value = super()._compute(term)
        if not isinstance(term, App) or term.op in EXACT:
            return value
        first, self._used = self._used, self._used + np.size(value)
        noise = _noise(max(self._used, FEWEST).bit_length())[first : self._used]
        return value * noise.reshape(np.shape(value))


@lru_cache(maxsize=1)
def _noise(bits: int) -> Any:
    """What fewer steps than a power of two are multiplied by, the same for each run: to draw them takes longest."""
    return 1 + NOISE * np.random.default_rng(1).uniform(-1, 1, 1 << bits)


def amplified(term: Term, values: Mapping[Var, Any], value: Any) -> Any:
    """How many times larger than at a single step the error of `value` is, the value of `term`, element by element."""
    try:
        noisy = Noisy(values).run(term)
    except NotEvaluable:
        return np.zeros(np.shape(value))
    with np.errstate(all="ignore"):
        moved = np.abs(noisy - value) / (NOISE * np.maximum(np.abs(value), np.finfo(float).tiny))
    # Beside a value of zero any error is too large for a float.
    return np.nan_to_num(np.where(np.isfinite(value), moved, 0.0))
