"""A formula that is right in float64 and fails in a narrower type, in which its library computes."""

from __future__ import annotations

import numpy as np

from stabaudit.findings.finding import Witness
from stabaudit.proof.assume import is_shaped, value_variables
from stabaudit.proof.floats import Floats, NotEvaluable
from stabaudit.proof.question import Site, Verdict, told
from stabaudit.proof.runs import admitted
from stabaudit.proof.samples import points
from stabaudit.proof.shown import exactly, show


def judge(site: Site, dtype: str) -> Verdict:
    """Whether `site` gives no number in a type where it gives one in float64, which the type could hold or come near.

    It is tried on the samples of its own.
    """
    variables = value_variables([site.term])
    if is_shaped(site.term) or not variables:
        return Verdict(None)
    sample = points(variables, frozenset(), values=tuple(x for x in site.samples if not isinstance(x, tuple)))
    size = np.shape(sample[variables[0]])
    with np.errstate(over="ignore"):
        narrow = {v: x.astype(dtype) for v, x in sample.items()}
    try:
        value = np.broadcast_to(Floats(narrow, dtype).run(site.term), size)
        true = np.broadcast_to(Floats(sample).run(site.term), size)
    except NotEvaluable:
        return Verdict(None)
    for i in np.flatnonzero(~np.isfinite(value) & np.isfinite(true) & admitted(site.guards, sample, size)):
        at = tuple((v, exactly(x[i])) for v, x in sample.items())
        witness = Witness(told(at), show(value[i]), show(true[i]), None, f"in {dtype}", "error")
        return Verdict(witness, at=at)
    return Verdict(None)
