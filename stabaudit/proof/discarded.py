"""A formula in the branch that `where` does not take: its value is dropped, but 0 * inf in its gradient is nan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import is_shaped, positive_variables, value_variables
from stabaudit.proof.floats import Floats
from stabaudit.proof.gradient import Gradient, gradient
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.runs import admitted, runs
from stabaudit.proof.samples import FAR, Sample, points
from stabaudit.proof.value_text import exactly, show
from stabaudit.terms import Term, Var

#: Nearer to zero than this nobody asks: `1 - exp(x)` is zero there in float32, and a known `log1mexp` has no gradient.
NEAREST = 2.0**-23


def judge(site: Site, whole: Term, now: Term | None) -> Verdict:
    """Whether the gradient of `site` is nan where its value and the true gradient are finite.

    `site` is a choice in which one branch stands alone, `whole` the same with both, `now` that with the rewrite.
    A formula is not to blame where its rewrite has the same fault.
    """
    variables = value_variables([whole])
    positive = positive_variables(whole)
    for sample, value, back in _backward(site, variables, positive):
        shown = _gradient(whole, sample)
        if shown is None or not np.all(np.isfinite(gives := Floats(sample).run(whole))):
            continue
        for variable in variables:
            computed, true = (np.asarray(flow[variable]) for flow in (back.computed, shown.true))
            if np.all(np.isfinite(computed)) or not np.all(np.isfinite(true)):
                continue
            said = "the gradient" if len(variables) == 1 else f"the gradient by `{variable.name}`"
            note = f"{said} is {show(shown.computed[variable])}, not {show(true)}"
            at = tuple((v, exactly(x)) for v, x in sample.items())
            if now is not None and not _is_cured(now, sample, value):
                continue
            text = show(gives)
            witness = Witness(told(at), text, text, None if now is None else text, note, "error")
            return Verdict(witness, at=at)
    return Verdict(None)


def _backward(site: Site, variables: list[Var], positive: frozenset[Var]) -> Iterator[tuple[Sample, Any, Gradient]]:
    """Inputs at which the value is finite and the computed gradient is not, with both."""
    if is_shaped(site.term):
        for sample, _, value in runs(site, variables, positive, ordinary=False):
            near = any(np.any(is_near_zero(x)) for x in sample.values())
            if not near and np.all(np.isfinite(value)) and (back := _gradient(site.term, sample)) is not None:
                yield sample, value, back
        return
    sample = points(variables, positive, far=FAR)
    back = _gradient(site.term, sample)
    if back is None or not sample:
        return
    size = (len(next(iter(sample.values()))),)
    value = np.broadcast_to(Floats(sample).run(site.term), size)
    lost = np.logical_or.reduce([~np.isfinite(flow) for flow in back.computed.values()])
    near = np.logical_or.reduce([is_near_zero(x) for x in sample.values()])
    for i in np.flatnonzero(lost & ~near & np.isfinite(value) & admitted(site.guards, sample, size)):
        one = Gradient(*({v: flow[i] for v, flow in flows.items()} for flows in back))
        yield {v: x[i] for v, x in sample.items()}, value[i], one


def is_near_zero(x: Any) -> Any:
    """Whether a number is not zero, and nearer to it than is asked."""
    return (x != 0) & (np.abs(x) < NEAREST)


def _gradient(term: Term, sample: Sample) -> Gradient | None:
    try:
        return gradient(term, sample)
    except NotEvaluable:
        return None


def _is_cured(term: Term, sample: Sample, value: Any) -> bool:
    """Whether a rewrite has the same value, and a gradient, at an input."""
    back = _gradient(term, sample)
    if back is None or not all(np.all(np.isfinite(flow)) for flow in back.computed.values()):
        return False
    now = Floats(sample).run(term)
    return np.shape(now) == np.shape(value) and np.allclose(now, value, rtol=1e-6)
