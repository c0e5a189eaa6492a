"""The place of an expression as a rule's form sees it."""

from __future__ import annotations

from collections.abc import Sequence

from stabaudit.check.candidates import Candidate
from stabaudit.check.digits import loses_digits
from stabaudit.proof.question import Site
from stabaudit.terms import Term, substitute


def site_for(candidate: Candidate, term: Term, guards: Sequence[Term] = (), *, quiet: bool = False) -> Site:
    """The place where `term`, which the form fits, is computed, with what the form takes for granted of it."""
    traits = candidate.form.traits
    return Site(
        substitute(term, dict(candidate.lengths)),
        candidate.inputs,
        (*guards, *candidate.assumed),
        quiet=quiet,
        digits=loses_digits(candidate.form),
        relative=traits.relative,
        samples=traits.samples,
        limit=traits.limit,
        floored=traits.floored,
        nothing=candidate.nothing,
    )
