"""Whether what a pattern binds may lie in the domains of its parameters, as far as it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from stabaudit.catalogue.rule import Domain, Form
from stabaudit.proof.assumptions import is_guard
from stabaudit.terms import App, Term, Var
from stabaudit.terms.arithmetic import ONE, addends, factors, split
from stabaudit.terms.normal import VIEWS


def is_within(form: Form, bindings: Mapping[Var, Term]) -> bool:
    """Whether what is bound may lie in the domain of its parameter, as far as it is written down."""
    bound = {name: bindings[Var(name)] for name in form.domains}
    # What is exponentiated changes: `log(c + exp(1))` is a logarithm like any other.
    reals = [bound[n] for n, d in form.domains.items() if d.low < 0 and not (d.setting or d.zero)]
    if reals and not any(value.variables for value in reals):
        return False
    if any(_weighs_itself(n, bound) for n, d in form.domains.items() if d.rows and d.low >= 0):
        return False
    parts = [(bound[n], bound[d.part_of]) for n, d in form.domains.items() if d.part_of is not None]
    if not all(_is_part(value, whole) for value, whole in parts):
        return False
    return all(_could_be(bound[name], domain, form, name) for name, domain in form.domains.items())


def _is_part(value: Term, whole: Term) -> bool:
    """Whether a value is an element, or another look at the elements, of an array."""
    one, other = _looked_at(value), _looked_at(whole)
    return value != whole and one is not None and one == other


def _looked_at(term: Term) -> tuple[str, Fraction] | None:
    """The array that is looked at, by its name, and what it is multiplied by."""
    coefficient, inner = split(term)
    while isinstance(inner, App) and inner.op in VIEWS:
        inner = inner.args[0]
    return (inner.name.partition("[")[0], coefficient) if isinstance(inner, Var) else None


def _weighs_itself(name: str, bound: Mapping[str, Term]) -> bool:
    """Whether a weight is made of exponentials of what it weighs, as in `sigmoid(x) / sum(sigmoid(x))`."""
    weight = bound[name]
    others = frozenset[Var]().union(*(value.variables for n, value in bound.items() if n != name))
    return "exp" in weight.ops and not weight.variables.isdisjoint(others)


def _could_be(value: Term, domain: Domain, form: Form, name: str) -> bool:
    if domain.setting:
        return True
    coefficient, rest = split(value)
    if rest == ONE:
        if domain.tried and (domain.low < 0 or coefficient > domain.low):
            return True
        return domain.low <= coefficient <= domain.high
    if domain.guard:
        return isinstance(value, Var) and is_guard(value)
    if domain.literal:
        return False
    if domain.low < 0:
        return True
    # A width or a weight is not written with a minus in front, and what is taken from an exponential is none.
    if any(split(a)[0] > 0 for a in addends(value)) and not any(map(_takes_from_exponentials, factors(value))):
        return True
    return _is_exponent(Var(name), form.unstable)


def _takes_from_exponentials(factor: Term) -> bool:
    """Whether a sum has terms of both signs and an exponential among them, as `1 - exp(b)`: its sign is not known."""
    return "exp" in factor.ops and len({split(a)[0] > 0 for a in addends(factor)}) == 2


def _is_exponent(parameter: Var, template: Term) -> bool:
    """Whether a parameter stands nowhere but in the place of an exponent, as x in `log(exp(x) - 1)`."""
    if template == parameter:
        return False
    if template == App("exp", (parameter,)):
        return True
    return isinstance(template, App) and all(
        _is_exponent(parameter, part) for part in template.args if parameter in part.variables
    )


def is_positive(value: Term) -> bool:
    """Whether a value is above zero by the way it is written."""
    coefficient, rest = split(value)
    return coefficient > 0 and (rest == ONE or (isinstance(rest, App) and rest.op == "exp"))
