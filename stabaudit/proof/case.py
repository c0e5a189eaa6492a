"""One input of a form: what is true there, what both sides give in floats, and how far off they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from stabaudit.catalogue.rule import Form
from stabaudit.proof.error import is_beyond, rounded, ulps
from stabaudit.proof.floats import Floats
from stabaudit.proof.inputs import Sample, inputs, is_shaped
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.truth import truth
from stabaudit.terms import Term, Var

#: How far equal forms may seem to differ, relative: sixteen times the width to which a value is decided.
SAME = 2.0**-70


@dataclass(frozen=True)
class Given:
    """What one side gives in floats, and whether a step left their range."""

    value: Any
    overflow: bool


@dataclass(frozen=True)
class Side(Given):
    """What one side gives, beside the truth; `errors` are in ULP of it, element by element."""

    errors: Any

    @cached_property
    def error(self) -> float:
        """The largest error."""
        return float(np.max(self.errors))


@dataclass(frozen=True)
class Case:
    """One input: `right` is what should come out, `same` says that both sides mean it in real numbers."""

    sample: Sample
    right: Any
    same: bool
    unstable: Side
    stable: Side | None

    def __str__(self) -> str:
        return ", ".join(f"{label} {text}" for label, text in self.told())

    def told(self) -> Iterator[tuple[str, str]]:
        """What there is to say about the input, each with its label."""
        yield "at", self.place
        yield "true value", shown(rounded(self.right, np.result_type(self.unstable.value)))
        yield "unstable", _outcome(self.unstable)
        if self.stable is not None:
            yield "stable", _outcome(self.stable)

    @property
    def place(self) -> str:
        """The input in words."""
        return ", ".join(f"{v.name} = {shown(x)}" for v, x in self.sample.items())


def cases(form: Form, dtype: npt.DTypeLike, samples: Sequence[Sample] | None = None) -> Iterator[Case]:
    """All inputs, or `samples`, at which the unstable side has a value in real numbers and in floats."""
    samples = list(inputs(form.domains, dtype, form.traits.samples)) if samples is None else samples
    for sample, mine, replacement in _runs(form, dtype, samples):
        written = truth(form.unstable, sample)
        meant = None if form.stable is None else truth(form.stable, sample)
        if written is None and form.traits.limit:
            written = meant
        if written is None or mine is None:
            continue
        right = written if form.equal or meant is None else meant
        unstable = _beside(mine, right)
        stable = None if replacement is None else _beside(replacement, right)
        yield Case(sample, right, _same(written, meant), unstable, stable)


def _runs(
    form: Form, dtype: npt.DTypeLike, samples: Sequence[Sample]
) -> Iterator[tuple[Sample, Given | None, Given | None]]:
    """All inputs with what both sides give; a form without rows is run on all at once, as array code is."""
    if is_shaped(form.domains):
        for sample in samples:
            yield sample, _run(form.unstable, sample, dtype), _run(form.stable, sample, dtype)
        return
    named = [Var(name) for name, domain in form.domains.items() if domain.among]
    for names in dict.fromkeys(tuple(s[v] for v in named) for s in samples):
        alike = [s for s in samples if tuple(s[v] for v in named) == names]
        together = {v: s if v in named else np.array([s[v] for s in alike], dtype=dtype) for v, s in alike[0].items()}
        mine, replacement = (_run(term, together, dtype) for term in (form.unstable, form.stable))
        for i, sample in enumerate(alike):
            yield sample, _element(mine, i), _element(replacement, i)


def _run(term: Term | None, sample: Sample, dtype: npt.DTypeLike) -> Given | None:
    if term is None:
        return None
    floats = Floats(sample, dtype)
    try:
        return Given(floats.run(term), floats.overflow)
    except NotEvaluable:
        return None


def _element(given: Given | None, i: int) -> Given | None:
    if given is None:
        return None
    return Given(*(x[i] if np.ndim(x) else x for x in astuple(given)))


def _beside(given: Given, right: Any) -> Side:
    """A side beside the truth; an overflow on the way to one is none."""
    kind = np.result_type(given.value)
    errors = np.array(np.inf)
    if np.shape(given.value) == right.shape:
        pairs = zip(np.ravel(given.value), right.flat, strict=True)
        errors = np.array([ulps(x, t) for x, t in pairs]).reshape(right.shape)
    in_range = not any(is_beyond(number, kind) for number in right.flat)
    return Side(given.value, bool(np.any(given.overflow)) and in_range, errors)


def _same(right: Any, meant: Any) -> bool:
    if meant is None or right.shape != meant.shape:
        return False
    return all(abs(a - b) <= SAME * abs(a) for a, b in zip(right.flat, meant.flat, strict=True))


def _outcome(side: Side) -> str:
    return shown(side.value) + (", overflowing on the way" if side.overflow else "")


def shown(value: Any) -> str:
    """A value as Python would read it back, in the fewest digits that its type needs."""
    if np.ndim(value):
        return f"[{', '.join(shown(x) for x in value)}]"
    return str(value[()] if isinstance(value, np.ndarray) else value)
