"""The verdict on a formula, once for all places where it stands, whatever its variables are called there.

Names say something in a few respects alone, `stabaudit.proof.assume` has them all: what it makes of them is part of
the question. Only texts are remembered, so that no term keeps the source alive that it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stabaudit.proof import site as place
from stabaudit.proof.assume import bells, has_deliberate_shift, is_count, positive_variables
from stabaudit.proof.samples import value_variables
from stabaudit.proof.site import Site, Verdict, told
from stabaudit.terms import Term, Var

#: How many verdicts are remembered; the one that was not asked for the longest goes first.
MOST = 4096
#: A variable in the key of a term.
VARIABLE = re.compile(r"`[^`]*`")

Question = tuple[object, ...]


@dataclass(frozen=True)
class _Answer:
    """A verdict with the variables of its witness by number."""

    verdict: Verdict
    at: tuple[tuple[int, str], ...]


_KNOWN: dict[Question, _Answer] = {}


def judge(site: Site, twin: Term | None, *, equal: bool = True) -> Verdict:
    """The verdict of `stabaudit.proof.site`."""
    names = _Names((site.term, *site.inputs, *site.guards, *([] if twin is None else [twin])))
    question = _question(site, twin, names, equal=equal)
    answer = _KNOWN.pop(question, None)
    if answer is not None and names.are_plain:
        _KNOWN[question] = answer
        return names.put_into(answer)
    verdict = place.judge(site, twin, equal=equal)
    # A reason that quotes a term is for this place alone.
    if names.are_plain and "`" not in (verdict.refuted or ""):
        if len(_KNOWN) >= MOST:
            del _KNOWN[next(iter(_KNOWN))]
        _KNOWN[question] = _Answer(replace(verdict, at=()), tuple((names.number(v), text) for v, text in verdict.at))
    return verdict


class _Names:
    """The variables of some terms, numbered as they occur."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._variables = {v.key: v for term in terms for v in term.variables}
        self._numbers: dict[str, int] = {}

    def number(self, variable: Var) -> int:
        """The number of a variable."""
        return self._numbers.setdefault(variable.key, len(self._numbers))

    def without(self, term: Term) -> str:
        """What a term says apart from the names in it."""
        return VARIABLE.sub(lambda found: f"`{self._numbers.setdefault(found[0], len(self._numbers))}`", term.key)

    @property
    def are_plain(self) -> bool:
        """Whether each pair of quotes in the keys is about a variable: source text that is one may have its own."""
        return self._numbers.keys() <= self._variables.keys()

    def put_into(self, answer: _Answer) -> Verdict:
        """The verdict in the names of these variables."""
        if answer.verdict.witness is None or not answer.at:
            return answer.verdict
        keys = list(self._numbers)
        at = tuple((self._variables[keys[number]], text) for number, text in answer.at)
        return replace(answer.verdict, witness=replace(answer.verdict.witness, at=told(at)), at=at)


def _question(site: Site, twin: Term | None, names: _Names, *, equal: bool) -> Question:
    """All that a verdict depends on."""
    return (
        names.without(site.term),
        tuple(names.without(t) for t in site.inputs),
        tuple(names.without(t) for t in site.guards),
        None if twin is None else names.without(twin),
        (equal, site.quiet, site.raises, site.differentiated, site.digits),
        tuple((is_count(v), v.rank, v.bounds) for v in value_variables([site.term, *site.guards])),
        frozenset(names.number(v) for v in positive_variables(site.term)),
        tuple(names.without(t) for t in bells(site.term)),
        has_deliberate_shift(site.term),
    )
