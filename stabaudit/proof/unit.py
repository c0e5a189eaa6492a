"""What an error is measured in: one ULP of the truth, and what no float program of that form can keep.

The measure takes no account of how sensitive the function is to its input: `softplus(-700)` has to be right
to the last place although one ULP of -700 moves it by 700 of its own. Two things alone are allowed for.

*Exponents are handed on as floats.* In `exp(a - logsumexp(b))` the difference is rounded before its
exponential is taken, and one ULP of an exponent of 1000 is 1000 ULP of its exponential. So a step that is
rounded and then goes into an exponential adds what one ULP of it changes in the result. Other steps add
nothing: `exp(x) - 1` is not excused by the rounding of `exp(x)`, nor `logsumexp(x) - max(x)` by that of
`logsumexp(x)`.

*Nobody knows where a function happens to be zero.* `log(exp(x) - 1)` is zero near ln 2, and the float nearest
to ln 2 leaves 4.6e-17. Where the truth changes its sign when inputs are halved or doubled, it is measured
against its size there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import mp

from stabaudit.proof.error import rounded, ulp
from stabaudit.proof.floats import Floats
from stabaudit.proof.inputs import Sample
from stabaudit.proof.truth import truth
from stabaudit.terms import App, Term, Var
from stabaudit.terms.normal import VIEWS
from stabaudit.terms.ops import expand

#: How many units a stable form may be off: what NumPy allows the `exp` and `log` that it is made of.
BOUND = 4.0
#: Steps whose result is a float if their operands are.
UNROUNDED = VIEWS | {"neg", "abs", "max", "min", "maximum", "minimum", "same"}


def unit(form: Term, sample: Sample, dtype: npt.DTypeLike) -> Any:
    """The unit of each element of the result of a stable form, in ULP of its true value."""
    right = truth(form, sample)
    with mp.workprec(200):
        own = np.frompyfunc(lambda size: ulp(size, dtype), 1, 1)
        size = _size_nearby(form, sample, right)
        return np.asarray((own(size) + _handed_over(form, sample, right, dtype)) / own(right), dtype=float)


def _handed_over(form: Term, sample: Sample, right: Any, dtype: npt.DTypeLike) -> Any:
    """What one ULP of each exponent that the form computes changes in the result."""
    total = np.full_like(right, mp.mpf(0))
    for step in dict.fromkeys(exponents(form)):
        true = truth(step, sample)
        # A difference that is zero is never decided by intervals.
        value = np.array(Floats(sample, dtype).run(step) if true is None else rounded(true, dtype), dtype=dtype)
        whole, name = with_hole(form, step)
        before = truth(whole, {**sample, name: value})
        for place in np.ndindex(value.shape):
            moved = value.copy()
            moved[place] = np.nextafter(moved[place], np.array(np.inf, dtype))
            after = truth(whole, {**sample, name: moved})
            if before is not None and after is not None:
                total = total + np.abs(after - before)
    return total


def exponents(term: Term, *, below: bool = False) -> Iterator[App]:
    """The rounded steps inside a form that go into an exponential."""
    if not isinstance(term, App):
        return
    if below and term.op not in UNROUNDED:
        yield term
    bare = App(term.op, tuple(Var(f"{i}") for i in range(len(term.args))), term.attrs)
    inside = below or "exp" in expand(bare).ops
    for operand in term.args:
        yield from exponents(operand, below=inside)


def with_hole(form: Term, step: Term) -> tuple[Term, Var]:
    """The form with a variable in the place of one of its steps."""
    hole = Var("the step")

    def filled(term: Term) -> Term:
        if term == step:
            return hole
        if isinstance(term, App):
            return App(term.op, tuple(filled(a) for a in term.args), term.attrs)
        return term

    return filled(form), hole


def _size_nearby(form: Term, sample: Sample, right: Any) -> Any:
    """The size of the truth, or where halving or doubling inputs changes its sign, the smallest one there."""
    across = np.full_like(right, mp.inf)
    numbers = [v for v, x in sample.items() if isinstance(x, (np.ndarray, np.floating))]
    for scaled in dict.fromkeys(chain([tuple(numbers)], ((v,) for v in numbers))):
        for factor in (0.5, 2.0):
            moved = {v: x * x.dtype.type(factor) if v in scaled else x for v, x in sample.items()}
            there = truth(form, moved)
            if there is not None:
                across = np.where((there * right < 0) & (abs(there) < across), abs(there), across)
    # Else the truth itself: its absolute value would be rounded, perhaps across a power of two.
    return np.where((across < mp.inf) & (across > abs(right)), across, right)
