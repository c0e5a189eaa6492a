"""Whether a fix does with values what the code does not: of lists and small integers it would be something else."""

from __future__ import annotations

from fractions import Fraction

import libcst as cst

from stabaudit.fix.propose import Place
from stabaudit.terms import App, Const, Term, Var, applications, walk
from stabaudit.terms.arithmetic import ONE, scale, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

#: Functions that make a float16 of the smallest integers, and what the formula makes a float64 of them with.
WIDER = {"logaddexp2": ("logaddexp2", "2.0 ** x"), "atanh": ("arctanh", "(1 + x) / (1 - x)")}


def other_arithmetic(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is not safe that adds, subtracts or negates what the code only gives to functions."""
    if place.home.home not in ("runtime", "scalar"):
        return None
    said: dict[Term, list[Term]] = {}
    for part in walk(place.term):
        key = normal(expand(part))
        # `exp(a) / exp(b)` does not say `exp(a - b)`.
        if not (isinstance(part, App) and part.op in ("mul", "div") and isinstance(key, App) and key.op == "exp"):
            said.setdefault(key, []).append(part)
    if place.evidence.has_integers and not _adds_a_float(place.term) and not _are_floats(place, replacement):
        return "for small integer dtypes `1 + x` wraps around, and `log1p` does not"
    for part in applications(replacement):
        if part.op in WIDER and not all(_is_known_float(operand, place) for operand in part.args):
            name, naive = WIDER[part.op]
            return f"of truth values and the smallest integers `{name}` makes a float16, and `{naive}` a float64"
    if place.evidence.has_narrow and place.home.home == "runtime":
        pairs = (part for part in applications(replacement) if part.op in ("logaddexp", "logdiffexp"))
        exponents = [part for pair in pairs for o in pair.args for part in said.get(normal(o), ())]
        exponents += _apart(place.term)
        if any(isinstance(part, Var) and not place.evidence.has_axes(part) for part in exponents):
            return "next to float32, `exp` of a Python number is a float64, and the number itself is not"
    return _strange(replacement, place, said)


def _apart(term: Term) -> list[Term]:
    """The exponents of a formula, if they have not all the same variables."""
    found = [part.args[0] for part in applications(term) if part.op == "exp"]
    return found if len({exponent.variables for exponent in found}) > 1 else []


def _strange(term: Term, place: Place, said: dict[Term, list[Term]]) -> str | None:
    key = normal(term)
    opposite = scale(Fraction(-1), key)
    if key in said or (opposite in said and isinstance(opposite, App)):
        return None
    if isinstance(term, App):
        operands = _operands(term)
        known = [parts for o in operands if (parts := said.get(normal(o))) is not None]
        # An array of floats makes one of what is computed with it, and a number does not.
        arrays = any(place.evidence.is_float(o) for o in operands if o.variables)
        if known and not arrays and not any(_is_float(parts, place) for parts in known):
            listed = [part for parts in known for part in parts if place.evidence.may_be_list(part)]
            if listed and place.home.home == "runtime":
                return f"`{listed[0].name}` may be a list, which is not computed with"
            if place.evidence.has_small and not any(map(place.evidence.is_float, operands)):
                return "integers of a small dtype and truth values would be added, and overflow"
    found = (_strange(operand, place, said) for operand in term.args)
    return next((reason for reason in found if reason is not None), None)


def _operands(term: App) -> list[Term]:
    """What a step of arithmetic is taken of, without signs and numbers; nothing for other steps."""
    if term.op in ("add", "sub", "+", "neg"):
        return [split(operand)[1] for operand in term.args]
    if term.op in ("mul", "*"):
        return [operand for operand in term.args if not isinstance(operand, Const)]
    return []


def _is_float(parts: list[Term], place: Place) -> bool:
    return any(map(place.evidence.is_float, parts))


def promotes(place: Place, replacement: Term) -> bool:
    """Whether functions have to make floats of integers, as the formula does.

    `jax.nn.sigmoid` refuses them, and NumPy's `log1p` and `expm1` make small floats of the smallest.
    """
    if refusing := place.home.floats_only:
        return not all(
            _is_known_float(part.args[0], place) for part in applications(replacement) if part.op in refusing
        )
    if place.home.home != "runtime":
        return False
    if place.evidence.has_others and not {"log1p", "expm1"}.isdisjoint(replacement.ops):
        return True
    # `np.e ** x` is a float64 for the smallest integers, too.
    widens = place.evidence.has_bool or _adds_a_float(place.term) or is_power(place.term)
    return widens and not _are_floats(place, replacement)


def is_power(term: Term) -> bool:
    """Whether an exponential is written as a power of e."""
    return any(
        part.op == "pow" and not part.args[0].variables and part.args[1].variables for part in applications(term)
    )


def _are_floats(place: Place, replacement: Term) -> bool:
    """Whether `log1p` is given floats alone, if it is there, and `expm1` in the place of a power."""
    given = {"log1p", "expm1"} if is_power(place.term) else {"log1p"}
    return all(_is_known_float(part.args[0], place) for part in applications(replacement) if part.op in given)


def _is_known_float(operand: Term, place: Place) -> bool:
    key = normal(expand(operand))
    same = (part for part in walk(place.term) if normal(expand(part)) == key)
    return place.evidence.is_float(operand) or any(map(place.evidence.is_float, same))


def _adds_a_float(term: Term) -> bool:
    """Whether the one in the logarithm of a sum is written `1.0`."""
    # No integer but zero can be taken from one.
    sums = (part.args[0] for part in applications(term) if part.op in ("log", "log2", "log10"))
    added = (total for total in sums if not (isinstance(total, App) and total.op == "sub" and total.args[0] == ONE))
    ones = (one for total in added for one in walk(total) if isinstance(one, Const) and abs(one.value) == ONE.value)
    return any(isinstance(one.origin, cst.Float) for one in ones)
