"""The court that a rule has to pass before it may say anything: promises, each refuted by one witness.

* *equal*: the stable form is the same function as the unstable one (an `intended` form is another one, on
  ordinary input: there the difference is the fault);
* *needed*: somewhere the unstable form gives inf or nan for a number, leaves the float range on the way
  to one, or loses more than `LOST` ULP;
* *works*: nowhere does the stable form leave the range, nor is it more than `BOUND` units off
  (`stabaudit.proof.unit` says what a unit is, and why).

What is blamed for its gradient is held to the same promises with its gradient in the place of its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from stabaudit.catalogue.rule import PLAIN, Domain, Form, Rule
from stabaudit.proof.all_masked import cases as masked_cases
from stabaudit.proof.case import Case, cases
from stabaudit.proof.gradient_case import cases as gradient_cases
from stabaudit.proof.inputs import is_ordinary
from stabaudit.proof.narrower_case import cases as narrower_cases
from stabaudit.proof.unit import unit
from stabaudit.terms import Var
from stabaudit.terms.ops import TABLE, Op

#: The loss, in ULP, that makes a form worth a finding: six of a float64's digits, nearly all of a float32's.
LOST = 1e6
#: Fewer inputs with a true value than this are no trial.
FEWEST = 8
#: How many units operations may be off that are NumPy's own: it adds two logarithms near zero in plain float64.
OF_NUMPY = {"logaddexp2": 8.0}

Promise = Literal["evaluable", "equal", "needed", "works"]


@dataclass(frozen=True)
class Breach:
    """A promise that does not hold, why, and the input that shows it."""

    promise: Promise
    reason: str
    witness: Case | None = None

    def __str__(self) -> str:
        return f"not {self.promise}: {self.reason}" + (f": {self.witness}" if self.witness else "")


@dataclass(frozen=True)
class Trial:
    """One form in one type: inputs tried, where either side was worst, what did not hold.

    `units` is the largest error of the stable side in units.
    """

    rule: str
    form: str
    dtype: str
    points: int
    before: Case | None
    after: Case | None
    units: float
    breaches: tuple[Breach, ...]


def audit(rule: Rule, dtype: npt.DTypeLike = np.float64) -> tuple[Trial, ...]:
    """The trials of a rule, one a form; what fails in a type of its own is tried in that, beside float64 alone."""
    own = np.dtype(dtype) == np.float64
    return tuple(_tried(rule.name, form, dtype) for form in rule.forms if own or form.traits.dtype is None)


def audit_runtime(dtype: npt.DTypeLike = np.float64) -> tuple[Trial, ...]:
    """The trials of the stable operations themselves, each against its definition."""
    return tuple(_tried("runtime", _form(op), dtype, needed=False) for op in stable_operations())


def stable_operations() -> Iterator[Op]:
    """The operations that the runtime, or each library, computes well; densities are for SciPy alone to compute."""
    return (op for op in TABLE.values() if op.stable and "law" not in op.settings)


def _form(op: Op) -> Form:
    """An operation and its definition; where the definition has no real value, there is no input to try."""
    shaped = "axis" in op.settings
    first, *others = op.operands
    domains = {first: Domain(rows=shaped)}
    # What stands beside rows are their weights.
    domains |= {name: Domain(0.0, rows=True) if shaped else Domain() for name in others}
    domains |= {name: Domain(setting=True) for name in op.settings}
    assert op.defining_term is not None
    replacement = op(*map(Var, op.operands), **{n: Var(n) for n in op.settings})
    traits = PLAIN._replace(bound=OF_NUMPY.get(op.name, PLAIN.bound))
    return Form(op.name, op.defining_term, replacement, domains, traits=traits)


def _tried(rule: str, form: Form, dtype: npt.DTypeLike, *, needed: bool = True) -> Trial:
    tried = list(_cases(form)(form, dtype))
    before = max((c for c in tried if _is_telling(c, form)), key=_harm, default=None)
    after = max((c for c in tried if c.stable), key=_remainder, default=None)
    units, strictest = _worst(form, tried, dtype)
    breaches = [*_equality(form, tried)]
    if needed and form.equal and (before is None or not _is_lost(before)):
        breaches.append(Breach("needed", "the unstable form does well on all inputs tried", before))
    breaches += _workings(form, tried, units, strictest)
    if len(tried) < FEWEST:
        breaches = [Breach("evaluable", f"the formula has a value at {len(tried)} of the inputs tried")]
    kind = np.dtype(form.traits.dtype or dtype).name
    return Trial(rule, form.name, kind, len(tried), before, after, units, tuple(breaches))


def _cases(form: Form) -> Callable[[Form, npt.DTypeLike], Iterator[Case]]:
    """What makes the inputs of a form: of its value, its gradient, its value in its own type, or below a mask."""
    if form.traits.dtype is not None:
        return narrower_cases
    if form.traits.masked:
        return masked_cases
    return gradient_cases if form.traits.gradient else cases


def _equality(form: Form, tried: Sequence[Case]) -> Iterator[Breach]:
    if form.stable is None:
        return
    if form.equal:
        for case in tried:
            if not case.same:
                yield Breach("equal", "the forms are different functions", case)
                return
    elif all(case.same for case in tried if form.traits.floored or is_ordinary(case.sample)):
        yield Breach("equal", "what is intended is what is written already")


def _workings(form: Form, tried: Sequence[Case], units: float, strictest: Case | None) -> Iterator[Breach]:
    if form.stable is None:
        return
    for case in tried:
        if case.stable is None:
            yield Breach("works", "the stable form cannot be computed", case)
            return
        if case.stable.overflow:
            yield Breach("works", "the stable form leaves the float range", case)
            return
    if units > (bound := form.traits.bound):
        reason = f"the stable form is {units:.3g} units off, where {bound:g} are allowed"
        yield Breach("works", reason, strictest)


def _worst(form: Form, tried: Sequence[Case], dtype: npt.DTypeLike) -> tuple[float, Case | None]:
    """The largest error of the stable side in units, and where."""
    worst, where = 0.0, None
    for case in tried:
        # A unit is one ULP or more, so a smaller error in ULP is not looked into.
        if form.stable is None or case.stable is None or case.stable.error <= worst:
            continue
        units = case.stable.error
        if 1 < units < np.inf:
            units = float(np.max(case.stable.errors / unit(form.stable, case.sample, dtype)))
        if units > worst:
            worst, where = units, case
    return worst, where


def _is_telling(case: Case, form: Form) -> bool:
    """Whether the input speaks against the unstable form: where the stable one is lost, too, it does not.

    Against a form that does not mean what is intended every ordinary input speaks.
    """
    if not form.equal:
        return not case.same and (form.traits.floored or is_ordinary(case.sample))
    return case.stable is None or case.stable.error < case.unstable.error or case.unstable.overflow


def _is_lost(case: Case) -> bool:
    return case.unstable.error > LOST or case.unstable.overflow


def _remainder(case: Case) -> float:
    return case.stable.error if case.stable else 0.0


def _harm(case: Case) -> tuple[float, bool, float]:
    """How bad an input is, by order of magnitude: of those equally bad the first and plainest is told."""
    error = case.unstable.error
    lost = error if error == np.inf else np.floor(np.log10(error)) if error > LOST else 0.0
    return lost, case.unstable.overflow, 0.0 if lost else error
