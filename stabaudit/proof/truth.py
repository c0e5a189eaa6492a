"""The true values of a form, each computed once, whichever promise or type asks for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from stabaudit.proof.exact import exact
from stabaudit.proof.inputs import Sample
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.terms import Term

_KNOWN: dict[Any, Any] = {}


def truth(term: Term, sample: Sample) -> Any:
    """The array of true values of `term` at `sample`, or `None` where there is none."""
    key = (term, *((v, _key(x)) for v, x in sample.items() if v in term.variables))
    if key not in _KNOWN:
        try:
            _KNOWN[key] = np.asarray(exact(term, sample), dtype=object)
        except (Undefined, NotEvaluable):
            _KNOWN[key] = None
    return _KNOWN[key]


def _key(value: Any) -> Any:
    if not isinstance(value, (np.ndarray, np.floating)):
        return value
    # A float32 is the same number as the float64 of its value.
    return np.shape(value), np.asarray(value, dtype=np.float64).tobytes()
