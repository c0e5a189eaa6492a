"""What keeps a float64 from zero may be lost in a float32: `1 - p + 1e-10` is 1e-10 at p = 1, `1e-10 - p` is -1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stabaudit.proof.assumptions import is_guard
from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Shortfall, Site
from stabaudit.proof.runs import admitted
from stabaudit.proof.samples import Sample
from stabaudit.proof.value_text import show
from stabaudit.terms import Const, Term, Var, walk
from stabaudit.terms.size import to_float

#: What is smaller than this is lost beside a one in float32, and what a guard is there.
LOST, A_GUARD = 6e-8, np.float32(1e-10)
#: Where what is guarded is zero.
VALUES = np.array([1.0, 0.0, -1.0], dtype=np.float32)


def lost_in_float32(site: Site, after: Term, variables: Sequence[Var]) -> Shortfall | None:
    """Where a rewrite of a guarded formula is no number in float32, and the original is; `None` if nowhere."""
    guards = [v for v in variables if is_guard(v)]
    if not guards and not any(isinstance(p, Const) and 0 < abs(to_float(p.value)) < LOST for p in walk(site.term)):
        return None
    sample: Sample = {v: np.full_like(VALUES, A_GUARD) if v in guards else VALUES for v in variables}
    try:
        with np.errstate(all="ignore"):
            old, new = (Floats(sample, np.float32).run(term) for term in (site.term, after))
    except NotEvaluable:
        return None
    if np.shape(old) != VALUES.shape or np.shape(new) != VALUES.shape:
        return None
    lost = np.isfinite(old) & ~np.isfinite(new) & admitted(site.guards, sample, VALUES.shape)
    if not np.any(lost):
        return None
    at = int(np.argmax(lost))
    where = tuple((v, show(np.float64(x[at]))) for v, x in sample.items())
    says = f"it gives {show(np.float64(new[at]))} in float32, the original {show(np.float64(old[at]))}"
    return Shortfall("worse", says, where)
