"""Infinite input, as of masks: where the original has a value, the rewrite is no nan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from stabaudit.proof.assumptions import is_count, is_guard, is_shaped
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Shortfall, Site
from stabaudit.proof.runs import holds
from stabaudit.proof.samples import Sample
from stabaudit.proof.value_text import show
from stabaudit.terms import Term, Var

#: What an array is, of one and of two dimensions: with a part that is masked.
MASKED = ((-np.inf, 0.0), ((-np.inf, 0.0), (0.0, 1.0)))


def lost_at_infinity(site: Site, after: Term, variables: Sequence[Var], positive: frozenset[Var]) -> Shortfall | None:
    """Where the rewrite is nan and the original is a number, be it infinite; `None` where that is nowhere so."""
    for sample in _samples(variables, positive, is_shaped(site.term) or is_shaped(after)):
        run, now = Floats(sample), Floats(sample)
        try:
            if not holds(site.guards, sample):
                continue
            old, new = run.run(site.term), now.run(after)
        except NotEvaluable:
            continue
        if np.shape(old) == np.shape(new) and np.any(np.isnan(new) & ~np.isnan(old)):
            at = tuple((v, show(x)) for v, x in sample.items())
            return Shortfall("infinite", f"it gives {show(new)}, the original {show(old)}", at)
    return None


def _samples(variables: Sequence[Var], positive: frozenset[Var], shaped: bool) -> Iterator[Sample]:
    """Each variable infinite by itself, two of three, and all of them."""
    free = [v for v in variables if v.bounds is None and not is_count(v) and not is_guard(v)]
    plain: Sample = {v: np.float64(1.0) for v in variables}
    alone = [[v] for v in free] if len(free) > 1 else []
    pairs = combinations(free, 2) if len(free) == 3 else ()
    for moving in (*alone, *map(list, pairs), free):
        if shaped:
            for rows in MASKED:
                ones = {v: np.ones(np.shape(rows)) for v in variables if not is_count(v)}
                yield plain | ones | {v: np.array(rows) for v in moving if v not in positive}
        else:
            yield plain | {v: np.float64(np.inf) for v in moving}
            yield plain | {v: np.float64(-np.inf) for v in moving if v not in positive}
