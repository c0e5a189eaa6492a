"""What is reported elsewhere: values judged where they are computed, each with its stable form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from stabaudit.check.candidate_forms import Forms
from stabaudit.check.candidates import candidates, is_telling
from stabaudit.check.opaque import with_operands
from stabaudit.fix.aliases import is_alias
from stabaudit.terms import App, Term

#: Operations that leave the float range for moderate operands.
GROWTH = frozenset({"exp", "exp2", "expm1", "cosh", "sinh"})


class Reported:
    """The values of one module that were found unstable, so that no fault is reported twice.

    Each is kept with its stable form: it is reported where it is computed, or let through as warnings are off there.
    """

    def __init__(self, forms: Forms, known: Mapping[Term, Term | None] | None = None) -> None:
        self._forms = forms
        self.values: dict[Term, Term | None] = {**(known or {})}
        #: What is the same in its stable form, which is asked for again and again.
        self._as_they_are: set[Term] = set()

    def add(self, term: Term, stable: Term | None) -> None:
        """`term` is reported, and would be right as `stable`."""
        self.values[term] = stable

    def stabilised(self, term: Term, *, named: bool = False) -> Term:
        """The expression with stable forms for what is reported elsewhere.

        What is `named` was judged where the name is given its value.
        """
        if not isinstance(term, App) or not is_telling(term):
            return term
        named = named or is_alias(term)
        if named and (stable := self.values.get(term)) is not None:
            return stable
        if term.op == "call":
            return self._of_helper(term.args[0])
        return with_operands(term, [self.stabilised(operand, named=named) for operand in term.args])

    def _of_helper(self, term: Term) -> Term:
        """What a function of this module computes, in its stable form."""
        if not isinstance(term, App) or not is_telling(term) or term in self._as_they_are:
            return term
        for candidate in candidates(term, self._forms):
            if candidate.form.equal and "exp" not in candidate.match.rest.ops and candidate.replacement is not None:
                return candidate.replacement
        stable = with_operands(term, [self._of_helper(operand) for operand in term.args])
        if stable is term:
            self._as_they_are.add(term)
        return stable

    def covers(self, term: Term, *, named: bool = False) -> bool:
        """Whether all exponentials are under names, in values that were judged where they are computed."""
        if not self.values and "call" not in term.ops:
            return False
        if not isinstance(term, App) or not grows(term):
            return False
        named = named or is_alias(term)
        if named and term in self.values:
            return True
        if term.op == "call" and self._of_helper(term.args[0]) is not term.args[0]:
            return True
        inner = (operand for operand in term.args if grows(operand))
        return not _is_growth(term) and all(self.covers(operand, named=named) for operand in inner)


@lru_cache(maxsize=1 << 12)
def grows(term: Term) -> bool:
    """Whether there is an exponential in it."""
    if (GROWTH | {"pow"}).isdisjoint(term.ops) or not isinstance(term, App):
        return False
    return _is_growth(term) or any(grows(operand) for operand in term.args)


def _is_growth(term: App) -> bool:
    """Whether the operation is an exponential, `e**x` among them; a square is none."""
    return term.op in GROWTH or (term.op == "pow" and bool(term.args[1].variables))
