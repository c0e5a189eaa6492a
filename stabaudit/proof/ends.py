"""A slope that is infinite at the end of a clip, which everything beyond is sent to."""

from __future__ import annotations

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assume import is_shaped, value_variables
from stabaudit.proof.floats import Floats, NotEvaluable
from stabaudit.proof.gradient import gradient
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.runs import admitted
from stabaudit.proof.samples import points
from stabaudit.proof.shown import exactly, show


def judge(site: Site) -> Verdict:
    """Whether the gradient of `site` is no number at an input of its own samples at which its value is one."""
    variables = value_variables([site.term])
    if is_shaped(site.term) or not variables:
        return Verdict(None)
    sample = points(variables, frozenset(), values=tuple(x for x in site.samples if not isinstance(x, tuple)))
    size = np.shape(sample[variables[0]])
    try:
        value, back = np.broadcast_to(Floats(sample).run(site.term), size), gradient(site.term, sample)
    except NotEvaluable:
        return Verdict(None)
    fit = np.isfinite(value) & admitted(site.guards, sample, size)
    for v in variables:
        for i in np.flatnonzero(fit & ~np.isfinite(back.computed[v])):
            at = tuple((other, exactly(x[i])) for other, x in sample.items())
            said = "the gradient" if len(variables) == 1 else f"the gradient by `{' '.join(v.name.split())}`"
            note, text = f"{said} is {show(back.computed[v][i])}", show(value[i])
            return Verdict(Witness(told(at), text, text, None, note, "error"), at=at)
    return Verdict(None)
