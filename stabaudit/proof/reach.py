"""Inputs at which the formula is not to blame: what it is given leaves the float range by itself."""

from __future__ import annotations

import contextlib

import numpy as np
import numpy.typing as npt

from stabaudit.proof.floats import Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.question import Site
from stabaudit.proof.samples import Sample
from stabaudit.terms import App, applications
from stabaudit.terms.ops import expand

#: The smallest float64 of all its digits.
TINY = np.finfo(np.float64).tiny
PRODUCTS, GROWTH = frozenset({"mul", "div", "pow", "square"}), frozenset({"exp", "cosh", "sinh"})


def is_out_of_range(site: Site, sample: Sample) -> bool:
    """Whether what the formula is a function of leaves the float range itself, as `exp(s) * x` in `y - softplus(y)`.

    Of tiny numbers a product is zero: `expm1(r * i / v)` is not to blame for it.
    """
    if inputs_overflow(site, sample):
        return True
    products = (part for part in applications(site.term) if part.op in PRODUCTS)
    run = Floats(sample)
    return any(_underflows(part, run) for part in products if GROWTH.isdisjoint(expand(part).ops))


def inputs_overflow(site: Site, sample: Sample, dtype: npt.DTypeLike = np.float64) -> bool:
    """Whether what the formula is a function of overflows by itself in a type."""
    for term in site.inputs:
        if isinstance(term, App):
            run = Floats(sample, dtype)
            with contextlib.suppress(NotEvaluable):
                run.run(term)
            if np.any(run.overflow):
                return True
    return False


def _underflows(product: App, run: Floats) -> bool:
    """Whether a product of finite numbers that are not zero has lost its digits or is zero."""
    with contextlib.suppress(NotEvaluable):
        value = run.run(product)
        given = [run.run(operand) for operand in product.args]
        return np.ndim(value) == 0 and abs(value) < TINY and all(np.isfinite(one) and one for one in given)
    return False
