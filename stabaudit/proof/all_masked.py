"""A row in which all is masked: every element is -inf, and a softmax of that is nan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import mpf

from stabaudit.catalogue.rule import Form
from stabaudit.findings.finding import Witness
from stabaudit.proof.case import Case, Side
from stabaudit.proof.error import ulps
from stabaudit.proof.floats import Floats
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.samples import Sample
from stabaudit.proof.value_text import exactly, show
from stabaudit.terms import Const, Term, Var, substitute

#: Rows that are tried, with each of the ways to mask them.
ROWS = ((0.5, -1.0), (3.0, 3.0), (-40.0, 2.0, 0.25))
#: The parameters of a form that is blamed for such a row, as a report names them.
MASK, ROW = Var("what is masked"), Var("x")


def judge(form: Form) -> tuple[Site, Verdict]:
    """The formula for a row in which all is masked, and the verdict on it."""
    assert form.stable is not None
    site = Site(_in_a_row(form.unstable))
    row, masked = np.array(ROWS[0]), np.ones(len(ROWS[0]), dtype=bool)
    gives, meant = (Floats({ROW: row, MASK: masked}).run(_in_a_row(term)) for term in (form.unstable, form.stable))
    if np.all(np.isfinite(gives)):
        return site, Verdict(None)
    at = ((ROW, exactly(row)), (MASK, "[True, True]"))
    return site, Verdict(Witness(told(at), show(gives), show(meant), None, "in float32", "error"), at=at)


def _in_a_row(term: Term) -> Term:
    """What a form says of single rows, in the words of a report."""
    return substitute(term, {Var("m"): MASK, Var("x"): ROW, Var("axis"): Const(-1)})


def cases(form: Form, dtype: npt.DTypeLike) -> Iterator[Case]:
    """Rows of which nothing, some elements, or all is masked."""
    assert form.stable is not None
    for row in ROWS:
        for masked in product((False, True), repeat=len(row)):
            sample: Sample = {Var("m"): np.array(masked), Var("x"): np.array(row, dtype), Var("axis"): None}
            gives, meant = (Floats(sample, dtype).run(term) for term in (form.unstable, form.stable))
            truth = np.frompyfunc(lambda x: mpf(float(x)), 1, 1)(meant)
            same = bool(np.array_equal(gives, meant))
            yield Case(sample, truth, same, _side(gives, truth), _side(meant, truth))


def _side(computed: Any, truth: Any) -> Side:
    return Side(computed, False, np.array([ulps(x, t) for x, t in zip(computed, truth, strict=True)]))
