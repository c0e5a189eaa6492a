"""Values that a stable function takes otherwise than the formula does: what a file says of them makes a fix unsafe."""

from __future__ import annotations

import re

from stabaudit.fix.propose import Place
from stabaudit.terms import App, Lit, Term, Var, applications, children
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

#: Operations whose functions in torch take tensors alone, where operators take a number as well.
OF_TENSORS = frozenset({"logaddexp", "logaddexp2", "hypot", "xlogy"})
#: Functions that take or give an angle where quantities have units, and one that takes none.
ANGLES = frozenset({"asinh", "acosh", "atanh", "sinh", "cosh", "tanh"})
#: Functions of `math` that raise an error at infinity, where the formula is nan.
BOUNDED = frozenset({"acosh", "atanh"})
#: Functions of NumPy itself that take two tables, and no table beside a column.
OF_ALIKE = frozenset({"logaddexp2", "hypot"})
#: Functions of real numbers alone, where the formula takes complex ones.
REAL = frozenset({"gammaln", "betaln", "hypot", "exprel", "cbrt", "entr"})
#: Functions of SciPy that give an array, whatever they are given.
UNLABELLED = frozenset({"softmax", "log_softmax", "logsumexp"})


def stranger(place: Place, replacement: Term, text: str) -> str | None:
    """Why a rewrite is not safe of which a value may be what the stable function takes otherwise."""
    if (hook := place.evidence.hook) is not None:
        return f"a class of this file has `{hook}`, which decides what functions it takes"
    if place.home.home == "runtime":
        return _of_quantities(place, replacement) or _of_arrays(place, replacement, text)
    if place.home.raises and place.evidence.has_infinities and not BOUNDED.isdisjoint(replacement.ops):
        return "of an infinite number it is an error, and the formula is nan"
    if place.home.name == "torch" and (name := _number_for_a_tensor(place, replacement)) is not None:
        return f"`{name}` may be a Python number"
    return None


def _of_quantities(place: Place, replacement: Term) -> str | None:
    if not place.evidence.has_units:
        return None
    if not (ANGLES & replacement.ops).issubset(place.term.ops):
        return "of quantities with units it takes or gives an angle"
    return "there is none of quantities with units" if "logabsdet" in replacement.ops else None


def _of_arrays(place: Place, replacement: Term, text: str) -> str | None:
    evidence = place.evidence
    if evidence.has_decimals:
        return "a `Decimal` has an exponential of its own, and no such function"
    from_scipy = {part.op for part in applications(place.term) if part.library == "scipy"}
    if from_scipy and evidence.has_half:
        return "of float16 SciPy's functions give float64"
    if evidence.has_containers and not UNLABELLED.isdisjoint(from_scipy):
        return "SciPy's function gives an array, whatever it is given"
    if evidence.has_complex and not REAL.isdisjoint(replacement.ops):
        return "it takes no complex numbers"
    if evidence.has_frames and not OF_ALIKE.isdisjoint(replacement.ops) and len(place.term.variables) > 1:
        return "NumPy's function takes no DataFrame beside a Series"
    if evidence.has_jax and _computed_with_outside(place.term):
        return "an array of JAX becomes one of NumPy"
    if evidence.has_dimensions and any(_may_be_name(part.attr("axis")) for part in applications(place.term)):
        return "an axis of a DataArray may be a name"
    if evidence.has_dimensions and _is_turned(list(dict.fromkeys(_names(place.term))), text):
        return "the dimensions of a DataArray come in the order of the operands"
    return None


def _may_be_name(axis: Term | None) -> bool:
    return isinstance(axis, (Var, App)) or (isinstance(axis, Lit) and isinstance(axis.value, str))


def _computed_with_outside(term: Term) -> bool:
    """Whether a variable is computed with by operators, and not by functions alone."""
    if isinstance(term, Var):
        return True
    return not (isinstance(term, App) and term.library is not None) and any(map(_computed_with_outside, children(term)))


def _names(term: Term) -> list[str]:
    """The variables of a term in the order in which it reads them."""
    return [term.name] if isinstance(term, Var) else [name for child in children(term) for name in _names(child)]


def _is_turned(names: list[str], text: str) -> bool:
    """Whether some names come in another order in a text."""
    found = [re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) for name in names]
    places = [one.start() for one in found if one is not None]
    return places != sorted(places)


def _number_for_a_tensor(place: Place, replacement: Term) -> str | None:
    """An operand that is given to a function of tensors, and only to operators before."""
    given = {normal(expand(a)) for p in applications(place.term) if p.library == place.home.name for a in p.args}
    for part in applications(replacement):
        for operand in part.args if part.op in OF_TENSORS else ():
            if isinstance(operand, Var) and normal(operand) not in given and not place.evidence.is_made(operand):
                return operand.name
    return None
