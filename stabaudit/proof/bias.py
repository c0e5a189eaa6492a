"""How far a changed formula is off where the old one was right: what a clip, or a small number that is added, costs."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from stabaudit.proof.assumptions import is_shaped, positive_variables, value_variables
from stabaudit.proof.error import rounded
from stabaudit.proof.exact import exact
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable, Undefined
from stabaudit.proof.question import At, Site
from stabaudit.proof.runs import holds
from stabaudit.proof.samples import ORDINARY, Sample, points, rows
from stabaudit.proof.value_text import show
from stabaudit.records import Record
from stabaudit.terms import Term

#: Values that are off by less than this, relative to their size, are right.
RIGHT = 1e-9
#: Beyond those at which every formula is right: where a clip cuts, and digits go.
MORE = (10.0, -10.0, 20.0, -20.0, 1e-3, -1e-3, 1e-5, -1e-5)


class Bias(Record):
    """The largest relative error of `after` where the original is right, at which input, and the values in words."""

    size: float
    at: At
    gives: str
    truth: str


def bias(site: Site, after: Term) -> Bias | None:
    """How far `after` is off where the term of `site` is right; `None` if it is nowhere, or gives no number."""
    found: list[Bias] = []
    for sample in _samples(site, after):
        with suppress(NotEvaluable, Undefined, ValueError), np.errstate(all="ignore"):
            old, new = Floats(sample).run(site.term), Floats(sample).run(after)
            true = rounded(exact(site.term, sample))
            if np.shape(old) != np.shape(true) or not np.all(np.isfinite(true)) or not np.all(np.isfinite(new)):
                continue
            size = np.maximum(np.abs(true), np.finfo(float).tiny)
            off = np.where(np.abs(old - true) / size < RIGHT, np.abs(new - true) / size, 0.0)
            most = float(np.max(off))
            if most > RIGHT:
                at = tuple((v, show(x)) for v, x in sample.items())
                found.append(Bias(most, at, show(new), show(true)))
    return max(found, key=lambda one: one.size, default=None)


def change(site: Site, after: Term, sample: Sample) -> float | None:
    """By how much `after` is off at one input, relative to the true value or to 1; `None` if it gives no number."""
    with suppress(NotEvaluable, Undefined, ValueError, KeyError), np.errstate(all="ignore"):
        new, true = Floats(sample).run(after), rounded(exact(site.term, sample))
        size = float(np.max(np.abs(new - true) / np.maximum(np.abs(true), 1.0)))
        return size if np.isfinite(size) else None
    return None


def is_right_at(site: Site, after: Term, sample: Sample) -> bool | None:
    """Whether `after` is right at one input of the original; `None` where that cannot be told."""
    with suppress(NotEvaluable, Undefined, ValueError, KeyError), np.errstate(all="ignore"):
        new, true = Floats(sample).run(after), rounded(exact(site.term, sample))
        if np.shape(new) == np.shape(true) and np.all(np.isfinite(true)):
            # What is tiny beside the rest of a row is no fault.
            least = site.tolerance * min(float(np.max(np.abs(true))), 1.0)
            return bool(np.allclose(new, true, rtol=site.tolerance, atol=least))
    return None


def sample_of(at: At) -> Sample | None:
    """An input that is shown, as numbers."""
    try:
        return {v: np.asarray(literal_eval(text.replace("inf", "1e999")), dtype=float)[()] for v, text in at}
    except (ValueError, SyntaxError, TypeError):
        return None


def _samples(site: Site, after: Term) -> Iterator[Sample]:
    """Plain inputs, one by one, at which the conditions of the place hold."""
    variables = value_variables([site.term, after, *site.guards])
    positive = positive_variables(site.term)
    if is_shaped(site.term) or is_shaped(after):
        every = (one for ndim in (1, 2) for one in rows(variables, positive, ndim, ordinary=True))
    else:
        table = points(variables, positive, values=(*ORDINARY, *MORE))
        count = len(next(iter(table.values()), ()))
        every = ({v: x[i] for v, x in table.items()} for i in range(min(count, 60)))
    return (one for one in every if holds(site.guards, one))
