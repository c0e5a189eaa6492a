"""What is asked of the forms that fit an expression, before they are judged."""

from __future__ import annotations

from stabaudit.check.candidates import Candidate
from stabaudit.proof.assumptions import is_draw, value_variables
from stabaudit.terms import App, Const
from stabaudit.terms.arithmetic import ONE
from stabaudit.terms.match import more_specific


def is_of_draws(candidate: Candidate) -> bool:
    """Whether a formula is one of random numbers alone."""
    variables = value_variables(candidate.inputs)
    return bool(variables) and all(map(is_draw, variables))


def is_whole(candidate: Candidate, term: App) -> bool:
    """Whether nothing is left over beside the form: `log2` alone divides by a number that nobody wrote."""
    rest = candidate.match.rest
    return rest == ONE or (term.op in ("log2", "log10") and not rest.variables)


def with_narrower(whole: list[Candidate], fitting: list[Candidate]) -> list[Candidate]:
    """What fits as a whole, behind the narrower forms of which it is a multiple: `exp(x) - exp(-x)` is twice `sinh`."""
    multiples = [c for c in fitting if c not in whole and isinstance(c.match.rest, Const)]
    return [*(c for c in multiples if any(more_specific(c.pattern, w.pattern) for w in whole)), *whole]
