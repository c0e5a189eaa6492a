"""How many digits a formula loses along one line through its inputs, before and after the rewrite."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from stabaudit.catalogue.rule import Domain, Form, Rule
from stabaudit.proof.case import cases
from stabaudit.proof.inputs import Sample
from stabaudit.records import Record
from stabaudit.terms import Term, Var

#: At these sizes and their negatives: the powers at which digits go, and both sides of each overflow.
SIZES = (
    *(1e-17, 1e-16, 1e-15, 1e-13, 1e-11, 1e-9, 1e-7, 1e-5, 1e-3, 0.1, 0.5, 1.0, 3.0, 10.0, 20.0, 30.0, 36.0, 38.0),
    *(60.0, 100.0, 300.0, 600.0, 700.0, 709.0, 710.0, 745.0, 746.0, 800.0, 1000.0, 2000.0),
)
#: The sixty inputs, from the lowest to the highest.
LINE = (*(-size for size in reversed(SIZES)), *SIZES)
#: The digits of a float64.
DIGITS = 16.0


class Point(Record):
    """At `x` so many digits are lost by the formula as it is written, and by what replaces it.

    `overflows` says that a step of the formula leaves the range of floats on the way to a value within it.
    """

    x: float
    before: float
    after: float
    overflows: bool = False

    @property
    def fails(self) -> bool:
        """Whether more than half of the digits are lost."""
        return self.before > DIGITS / 2


class Curve(Record):
    """The unstable form, its stable twin, the inputs in words, of `x`, and the digits lost there."""

    unstable: Term
    stable: Term
    along: str
    points: tuple[Point, ...]


def curve(rule: Rule) -> Curve | None:
    """The curve of the first form of a rule that has a twin which is equal to it."""
    fitting = (one for one in rule.forms if one.stable is not None and one.equal and not one.traits.gradient)
    form = next(fitting, None)
    if form is None or form.stable is None:
        return None
    points, rows = _points(form, rows=1), 1
    if not any(point.fails for point in points) and any(domain.rows for domain in form.domains.values()):
        # What is wrong may be what rows have to do with each other.
        points, rows = _points(form, rows=2), 2
    if form.traits.samples and not any(point.fails or point.overflows for point in points):
        # It fails at inputs of its own, which lie on no line.
        return None
    return Curve(form.unstable, form.stable, _along(form, rows), points) if points else None


def _points(form: Form, rows: int) -> tuple[Point, ...]:
    points = []
    for x in LINE:
        sample = _sample(form.domains, x, rows)
        # One by one: what one gives would not say which it was of.
        for case in cases(form, np.float64, [] if sample is None else [sample]):
            if case.stable is not None:
                before, after = _lost(case.unstable.error), _lost(case.stable.error)
                points.append(Point(x, before, after, case.unstable.overflow))
    return tuple(points)


def _lost(error: float) -> float:
    """The digits that an error in ULP takes; all of them where there is no number."""
    if not math.isfinite(error):
        return DIGITS
    return min(max(math.log10(max(error, 1.0)), 0.0), DIGITS)


def _sample(domains: Mapping[str, Domain], x: float, rows: int) -> Sample | None:
    """The input at `x`: arrays have it and its neighbour below, other numbers lie one below the first.

    With two `rows`, arrays have another one of small numbers.
    """
    sample: dict[str, Any] = {}
    moved = 0
    for name, domain in domains.items():
        value: Any
        if domain.among:
            value = domain.among[0]
        elif domain.setting:
            value = False if name == "keepdims" else -1
        elif domain.zero and not domain.rows:
            value = np.float64(0.0)
        elif domain.low >= 0.0 and domain.high > 0.0 and moved:
            value = np.ones((rows, 2)[rows == 1 :]) if domain.rows else np.float64(1.0)
        else:
            at = x - moved
            if not domain.low < at < domain.high:
                return None
            value = np.array([at, at - 1.0]) if domain.rows else np.float64(at)
            if domain.matrix:
                value = np.eye(2) * at
            if domain.rows and rows == 2:
                value = np.array([value, [1.0, 0.0]])
            moved += 1
        sample[name] = value
    for name, domain in domains.items():
        if domain.part_of is not None:
            sample[name] = sample[domain.part_of].flat[0]
        elif domain.below is not None and not sample[name] < sample[domain.below]:
            return None
    return {Var(name): value for name, value in sample.items()}


def _along(form: Form, rows: int) -> str:
    name, domain = next((name, domain) for name, domain in form.domains.items() if not domain.setting)
    if domain.matrix:
        return f"{name} = [[t, 0], [0, t]]"
    if not domain.rows:
        return f"{name} = t"
    return f"{name} = [[t, t - 1], [1, 0]]" if rows == 2 else f"{name} = [t, t - 1]"
