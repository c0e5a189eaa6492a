"""One input of a form that is blamed for its gradient: the gradients of both sides beside the true one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import mpf

from stabaudit.catalogue.rule import Domain, Form
from stabaudit.proof.case import Case, Side
from stabaudit.proof.error import ulps
from stabaudit.proof.floats import Floats
from stabaudit.proof.gradient import gradient
from stabaudit.proof.inputs import Sample, inputs
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.samples import A_GUARD
from stabaudit.terms import Term, Var

#: Settings of what is summed as a whole.
NO_AXIS = {"axis": None, "keepdims": False}


def cases(form: Form, dtype: npt.DTypeLike) -> Iterator[Case]:
    """The inputs at which the value and the true gradient are finite; what is compared are the gradients.

    The true gradient is that of the form in the same type, without products of zero. Where a form has no stable
    counterpart, and slopes of any size, the flat one is taken for true.
    """
    truths = [Var(name) for name, domain in form.domains.items() if domain.truth]
    numbers = {name: domain for name, domain in form.domains.items() if not domain.truth}
    for numbers_there in chain(_nothing(numbers, dtype), inputs(numbers, dtype, form.traits.samples)):
        for taken in product((False, True), repeat=len(truths)):
            sample = numbers_there | dict(zip(truths, map(np.bool_, taken), strict=True))
            asked = [Var(name) for name, domain in numbers.items() if not (domain.setting or domain.guard)]
            one = _case(form, sample, asked, dtype)
            if one is not None:
                yield one


def _nothing(domains: Mapping[str, Domain], dtype: npt.DTypeLike) -> Iterator[Sample]:
    """A row of zeros, summed as a whole, where a form is one of rows."""
    if any(domain.rows for domain in domains.values()):
        guard = np.asarray(A_GUARD, dtype)
        yield {
            Var(name): np.zeros(2, dtype) if domain.rows else NO_AXIS.get(name) if domain.setting else guard
            for name, domain in domains.items()
        }


def _case(form: Form, sample: Sample, variables: list[Var], dtype: npt.DTypeLike) -> Case | None:
    written, mine, right = _gradients(form.unstable, sample, variables, dtype)
    if form.stable is None:
        right = np.where(np.isfinite(right), right, 0.0)
    if not np.all(np.isfinite(written)) or not np.all(np.isfinite(right)):
        return None
    truth = np.frompyfunc(lambda x: mpf(float(x)), 1, 1)(right)
    if form.stable is None:
        return Case(sample, truth, False, _side(mine, truth), None)
    meant, cured, same = _gradients(form.stable, sample, variables, dtype)
    if not form.equal:
        # What is cut off has no gradient, where the intended form has one.
        if not (np.all(np.isfinite(meant)) and np.all(np.isfinite(cured))):
            return None
        truth = np.frompyfunc(lambda x: mpf(float(x)), 1, 1)(cured)
    return Case(
        sample, truth, bool(meant == written and np.all(same == right)), _side(mine, truth), _side(cured, truth)
    )


def _gradients(term: Term, sample: Sample, variables: list[Var], dtype: npt.DTypeLike) -> tuple[Any, Any, Any]:
    """The value, the gradient as it is computed, and the true one."""
    try:
        value, back = Floats(sample, dtype).run(term), gradient(term, sample, dtype)
    except NotEvaluable:
        return np.float64(np.nan), np.array(np.nan), np.array(np.nan)
    return value, *(np.concatenate([np.ravel(flows[v]) for v in variables]).astype(dtype) for flows in back)


def _side(computed: Any, truth: Any) -> Side:
    return Side(computed, False, np.array([ulps(x, t) for x, t in zip(computed, truth, strict=True)]))
