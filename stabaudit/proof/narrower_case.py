"""One input of a form that fails in a narrower type: what it gives in that type, beside its value in float64."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import mpf

from stabaudit.catalogue.rule import Domain, Form
from stabaudit.proof.case import Case, Side
from stabaudit.proof.floats import Floats
from stabaudit.proof.samples import A_GUARD, ORDINARY
from stabaudit.terms import Var


def cases(form: Form, _: npt.DTypeLike) -> Iterator[Case]:
    """The inputs at which there is a value in float64, in the type that the form fails in."""
    assert form.traits.dtype is not None
    kind = np.dtype(form.traits.dtype)
    tried = {name: [*_values(name, domain, form)] for name, domain in form.domains.items()}
    for values in product(*tried.values()):
        sample = {Var(name): x for name, x in zip(tried, values, strict=True)}
        true = Floats(sample).run(form.unstable)
        if np.isfinite(true):
            with np.errstate(over="ignore"):
                narrow = {v: x if form.domains[v.name].setting else x.astype(kind) for v, x in sample.items()}
            value = Floats(narrow, kind).run(form.unstable)
            error = 0.0 if np.isfinite(value) else np.inf
            yield Case(sample, np.array(mpf(float(true))), True, Side(value, False, np.array(error)), None)


def _values(name: str, domain: Domain, form: Form) -> Iterator[Any]:
    """What a parameter is tried with: rows that are summed as a whole, or numbers."""
    if domain.setting and not domain.truth:
        yield {"axis": None, "keepdims": False}[name]
    elif domain.rows:
        yield from (np.array(row) * scale for row in form.traits.samples for scale in (1.0, 0.5))
    else:
        yield from map(np.float64, _numbers(domain, form))


def _numbers(domain: Domain, form: Form) -> Iterator[float]:
    """The samples of a form, and ordinary numbers; of what is written as a number some within its domain."""
    if domain.literal:
        yield from (domain.high - (domain.high - domain.low) * part for part in (0.1, 0.001, 1e-6))
    elif domain.guard:
        yield from (float(A_GUARD) / part for part in (10, 100))
    elif domain.truth:
        yield from (0.0, 1.0)
    else:
        yield from (x for x in form.traits.samples if not isinstance(x, tuple))
        yield from (x for x in ORDINARY if abs(x) < 1)
        yield 0.75
