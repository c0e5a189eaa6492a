"""The verdict on a formula, once for all places where it stands, whatever its variables are called there.

Names say something in a few respects alone, `stabaudit.proof.assume` has them all: what it makes of them is part of
the question. Only texts are remembered, so that no term keeps the source alive that it was read from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from stabaudit.findings.finding import SEVERITIES, Witness
from stabaudit.proof.assume import (
    elements,
    has_deliberate_shift,
    is_count,
    is_guard,
    is_scale,
    positive_variables,
    unimodal_exponents,
    value_variables,
)
from stabaudit.proof.question import At, Shortfall, Site, Verdict, told
from stabaudit.proof.verdict_cache import current
from stabaudit.source.digest import blake2b
from stabaudit.terms import Term, Var

#: How many verdicts are remembered; the one that was not asked for the longest goes first.
MOST = 4096
#: A variable in the key of a term.
VARIABLE = re.compile(r"`[^`]*`")

Question = tuple[object, ...]


class _Answer(NamedTuple):
    """A verdict with the variables of its witness by number."""

    verdict: Verdict
    at: tuple[tuple[int, str], ...]


_KNOWN: dict[Question, _Answer] = {}
_COMPARED: dict[Question, tuple[Shortfall, tuple[tuple[int, str], ...]] | None] = {}


def judge(site: Site, replacement: Term | None, *, equal: bool = True) -> Verdict:
    """The verdict of `stabaudit.proof.site`."""
    names = _Names((site.term, *site.inputs, *site.guards, *([] if replacement is None else [replacement])))
    question = _question(site, replacement, names, equal=equal)
    if not names.are_plain:
        return _fresh(site, replacement, equal=equal)
    answer = _KNOWN.pop(question, None) or _kept(question)
    if answer is not None and names.include(answer):
        _remember(question, answer)
        return names.put_into(answer)
    verdict = _fresh(site, replacement, equal=equal)
    # A reason that quotes a term is for this place alone.
    if "`" not in (verdict.refuted or ""):
        answer = _Answer(verdict._replace(at=()), tuple((names.number(v), text) for v, text in verdict.at))
        _remember(question, answer)
        if (cache := current()) is not None:
            cache.keep(_named(question), _written(answer))
    return verdict


def compare(site: Site, after: Term, *, itself: bool = False, own: frozenset[Var] | None = None) -> Shortfall | None:
    """How `after` falls short of the term of `site`, as `stabaudit.proof.compare` says, once for all names."""
    names = _Names((site.term, *site.inputs, *site.guards, after))
    asked = _question(site, after, names, equal=True)
    if own is not None:
        own &= site.term.variables | after.variables
    variables = value_variables([site.term, after, *site.guards])
    tied = tuple((names.number(v), names.number(row), place) for v, (row, place) in elements(variables).items())
    question = ("compare", itself, asked, tied, None if own is None else tuple(sorted(map(names.number, own))))
    if not names.are_plain:
        return _compared(site, after, itself=itself, own=own)
    if question not in _COMPARED:
        found = _compared(site, after, itself=itself, own=own)
        if found is not None and "`" in found.says:
            return found
        while len(_COMPARED) >= MOST:
            del _COMPARED[next(iter(_COMPARED))]
        _COMPARED[question] = None if found is None else (found, tuple((names.number(v), t) for v, t in found.at))
    if (kept := _COMPARED[question]) is None:
        return None
    return kept[0]._replace(at=names.at(kept[1]))


def _compared(site: Site, after: Term, *, itself: bool, own: frozenset[Var] | None) -> Shortfall | None:
    from stabaudit.proof import compare as comparison
    from stabaudit.proof.floats import NotEvaluable

    try:
        return comparison.compare(site, after, itself=itself, own=own)
    except (NotEvaluable, ArithmeticError, LookupError, ValueError) as error:
        # What cannot be computed is no reason to say nothing of the rest of the file.
        return Shortfall("as wrong", f"it could not be shown to be right (`{error}`)")


def _fresh(site: Site, replacement: Term | None, *, equal: bool) -> Verdict:
    # Imported here, and NumPy and mpmath with it: what was asked before needs none of them.
    from stabaudit.proof import site as place

    return place.judge(site, replacement, equal=equal)


def _remember(question: Question, answer: _Answer) -> None:
    if len(_KNOWN) >= MOST:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN[question] = answer


def _kept(question: Question) -> _Answer | None:
    """The answer of an earlier run."""
    cache = current()
    text = None if cache is None else cache.find(_named(question))
    return None if text is None else _read(text)


def _named(question: Question) -> str:
    """What a question is known by from run to run."""
    return blake2b(repr(question).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _written(answer: _Answer) -> str:
    return json.dumps([answer.verdict.witness, answer.verdict.refuted, answer.at], separators=(",", ":"))


def _read(text: str) -> _Answer | None:
    """An answer from its text; `None` if that is damaged."""
    try:
        witness, refuted, at = json.loads(text)
        # What was kept may be damaged: all of it is text or nothing.
        if not all(one is None or isinstance(one, str) for one in (*(witness or ()), refuted)):
            return None
        if witness is not None and (len(witness) != len(Witness._fields) or witness[5] not in SEVERITIES):
            return None
        verdict = Verdict(None if witness is None else Witness(*witness), refuted)
        return _Answer(verdict, tuple((int(number), str(shown)) for number, shown in at))
    except (ValueError, TypeError, RecursionError):
        return None


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

    def include(self, answer: _Answer) -> bool:
        """Whether all variables of an answer are there: one that was kept may be damaged."""
        return all(0 <= number < len(self._numbers) for number, _ in answer.at)

    def put_into(self, answer: _Answer) -> Verdict:
        """The verdict in the names of these variables."""
        if answer.verdict.witness is None or not answer.at:
            return answer.verdict
        at = self.at(answer.at)
        return answer.verdict._replace(witness=answer.verdict.witness._replace(at=told(at)), at=at)

    def at(self, numbers: tuple[tuple[int, str], ...]) -> At:
        """The values of variables by number as those of these variables."""
        keys = list(self._numbers)
        return tuple((self._variables[keys[number]], text) for number, text in numbers)


def _question(site: Site, replacement: Term | None, names: _Names, *, equal: bool) -> Question:
    """All that a verdict depends on."""
    return (
        names.without(site.term),
        tuple(names.without(t) for t in site.inputs),
        tuple(names.without(t) for t in site.guards),
        None if replacement is None else names.without(replacement),
        (equal, site.quiet, site.raises, site.differentiated, site.digits, site.relative, site.samples, site.limit),
        tuple(
            (is_count(v), is_guard(v), is_scale(v), v.rank, v.bounds)
            for v in value_variables([site.term, *site.guards])
        ),
        tuple(sorted(names.number(v) for v in positive_variables(site.term))),
        tuple(names.without(t) for t in unimodal_exponents(site.term)),
        has_deliberate_shift(site.term),
    )
