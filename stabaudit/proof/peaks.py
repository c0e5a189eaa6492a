"""Curves that have a peak by their form: Gaussian curves, `exp(-abs(x))`, densities.

A finding is withheld or kept by it, with its severity; none is made by it.
"""

from __future__ import annotations

import re

from stabaudit.terms import App, Const, Term, Var, applications
from stabaudit.terms.arithmetic import addends, base_and_exponent, factors, split
from stabaudit.terms.normal import VIEWS, normal
from stabaudit.terms.ops import expand

#: Calls that give the distances of some points from others; of points from themselves one is zero.
DISTANCES = re.compile(
    r"(?:^|\.)(?:cdist|euclidean_distances|pairwise_distances|pairwise_distances_argmin_min|distance_matrix)"
    r"\(\s*([\w.\[\]]+)\s*,(?!\s*\1\s*[,)])"
)


def unimodal_exponents(term: Term) -> tuple[Term, ...]:
    """The exponents that are never positive because of their form: `-(x - mu)**2 / (2 * s**2)`, `-abs(x) / s`.

    Such a curve is evaluated around its peak: somewhere the exponent is near zero. Around centres that are given,
    `(x - mu)**2`, it is not: a point may lie far from all of them. Who takes the logarithm of a sum of them asks how
    likely each point is, those far out among them.
    """
    expanded = expand(term)
    if isinstance(expanded, App) and expanded.op == "log":
        return ()
    exponents = [p.args[0] for p in applications(expanded) if p.op == "exp"]
    return tuple(
        e for e in exponents if all(map(is_falling, parts := addends(normal(e)))) and not any(map(_has_a_centre, parts))
    )


def is_falling(addend: Term) -> bool:
    """Whether it is a square or a size with a minus before it."""
    coefficient, rest = split(addend)
    if isinstance(rest, App) and rest.op == "logpdf":
        return coefficient > 0
    pairs = [base_and_exponent(f) for f in factors(rest)]
    return coefficient < 0 and any(is_square(b, e) or is_magnitude(b) for b, e in pairs)


def _has_a_centre(addend: Term) -> bool:
    """Whether it is the distance of data from a centre: the square or size of a difference of two variables."""
    if isinstance(density := split(addend)[1], App) and density.op == "logpdf":
        x, _, _, place, _ = density.args
        distance = normal(App("sub", (x, place)))
        return isinstance(distance, App) and distance.op == "+" and _is_a_difference(distance)
    bases = [base_and_exponent(f)[0] for f in factors(split(addend)[1])]
    if any(isinstance(b, Var) and DISTANCES.search(b.name) for b in bases):
        return True
    bases = [b.args[0] if isinstance(b, App) and b.op == "abs" else b for b in bases]
    return any(isinstance(b, App) and b.op == "+" and _is_a_difference(b) for b in bases)


def _is_a_difference(total: App) -> bool:
    """Whether something is taken from something else, neither of them the points of a grid."""
    parts = [split(a) for a in addends(total)]
    signs = {coefficient > 0 for coefficient, rest in parts if rest.variables}
    grids = any(v.bounds is not None and not v.bounds.anywhere for v in total.variables)
    return signs == {True, False} and not grids


def is_square(base: Term, exponent: Term) -> bool:
    """An even power, a look at one, or a sum of them."""
    if isinstance(exponent, Const) and exponent.value > 0 and exponent.value % 2 == 0:
        return True
    if isinstance(base, App) and base.op in VIEWS:
        return any(is_square(*base_and_exponent(f)) for f in factors(base.args[0]))
    if not (isinstance(base, App) and base.op == "+"):
        return False
    return all(
        split(a)[0] > 0 and any(is_square(*base_and_exponent(f)) for f in factors(split(a)[1])) for a in base.args
    )


def is_magnitude(base: Term) -> bool:
    """The size of something."""
    return isinstance(base, App) and base.op == "abs"
