"""What is asked about a formula, once for all places where it stands, whatever its variables are called there.

Names say something in a few respects alone, `stabaudit.proof.assumptions` has them all: what it makes of them is part
of the question. Only texts are remembered, so that no term keeps the source alive that it was read from.

NumPy and mpmath, which take longer to import than most answers, are imported for what was not asked before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.catalogue.rule import Form
from stabaudit.findings.finding import Witness
from stabaudit.findings.severity import SEVERITIES
from stabaudit.proof import answers
from stabaudit.proof.assumptions import (
    elements,
    has_deliberate_shift,
    is_constant,
    is_count,
    is_distance,
    is_guard,
    is_scale,
    is_width,
    value_variables,
)
from stabaudit.proof.peaks import unimodal_exponents
from stabaudit.proof.question import FAULTS, At, Shortfall, Site, Verdict, told
from stabaudit.records import Record
from stabaudit.terms import Term, Var
from stabaudit.terms.ops import expand

#: A variable in the key of a term.
VARIABLE = re.compile(r"`[^`]*`")

#: What names say of variables.
MEANINGS = (is_count, is_guard, is_scale, is_width, is_distance, is_constant)

Question = tuple[object, ...]
#: The values of variables, by number.
Numbered = tuple[tuple[int, str], ...]


class _Answer(Record):
    """A verdict or a shortfall, with the variables of its input by number."""

    said: Verdict | Shortfall | None
    at: Numbered = ()


def judge(site: Site, replacement: Term | None, *, equal: bool = True) -> Verdict:
    """The verdict of `stabaudit.proof.site`."""
    names = _Names((site.term, *site.inputs, *site.guards, *([] if replacement is None else [replacement])))
    question = ("verdict", equal, *_question(site, replacement, names))
    if names.are_plain and (answer := _known(question, names, _read_verdict)) is not None:
        verdict = answer.said
        assert isinstance(verdict, Verdict)
        return names.put_into(verdict, answer.at)
    # Imported here, and NumPy and mpmath with it.
    from stabaudit.proof import site as place

    verdict = place.judge(site, replacement, equal=equal)
    # A reason that quotes a term is for this place alone.
    if names.are_plain and "`" not in (verdict.refuted or ""):
        nameless = verdict.witness and (verdict.witness._replace(at="") if verdict.at else verdict.witness)
        _keep(question, [nameless, verdict.refuted, names.numbers(verdict.at)])
    return verdict


def compare(site: Site, after: Term, *, itself: bool = False, own: frozenset[Var] | None = None) -> Shortfall | None:
    """How `after` falls short of the term of `site`, as `stabaudit.proof.compare` says, once for all names."""
    names = _Names((site.term, *site.inputs, *site.guards, after))
    asked = _question(site, after, names)
    if own is not None:
        own &= site.term.variables | after.variables
        if own >= {*value_variables([site.term, after, *site.guards])}:
            # Nothing is left that a shortfall could hang on.
            own = None
    owned = None if own is None else tuple(sorted(map(names.number, own)))
    question = ("shortfall", itself, owned, *asked)
    if names.are_plain and (answer := _known(question, names, _read_shortfall)) is not None:
        short = answer.said
        assert not isinstance(short, Verdict)
        return short and short._replace(at=names.at(answer.at))
    short = _compared(site, after, itself=itself, own=own)
    if names.are_plain and (short is None or "`" not in short.says):
        _keep(question, short and [short.fault, short.says, names.numbers(short.at)])
    return short


def is_at_fault(form: Form) -> bool:
    """Whether a form leaves the float range before its true value does, as `stabaudit.proof.site` says."""
    site = Site(expand(form.unstable), samples=form.traits.samples, limit=form.traits.limit)
    names = _Names((site.term, *([] if form.stable is None else [form.stable])))
    question = ("fault", *_question(site, form.stable, names))
    if (answer := answers.find(question)) in ("true", "false"):
        return answer == "true"
    from stabaudit.proof import site as place

    found = place.is_at_fault(site, form.stable)
    _keep(question, found)
    return found


def _compared(site: Site, after: Term, *, itself: bool, own: frozenset[Var] | None) -> Shortfall | None:
    from stabaudit.proof import compare as comparison
    from stabaudit.proof.no_value import NotEvaluable

    try:
        return comparison.compare(site, after, itself=itself, own=own)
    except (NotEvaluable, ArithmeticError, LookupError, ValueError) as error:
        # What cannot be computed is no reason to say nothing of the rest of the file.
        return Shortfall("as wrong", f"it could not be shown to be right (`{error}`)")


def _keep(question: Question, answer: object) -> None:
    answers.keep(question, json.dumps(answer, separators=(",", ":")))


def _known(question: Question, names: _Names, read: Callable[[Any], _Answer]) -> _Answer | None:
    """The answer to a question; `None` if it is not known, or damaged."""
    if (text := answers.find(question)) is None:
        return None
    try:
        answer = read(json.loads(text))
        return answer if names.include(answer.at) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _read_verdict(plain: Any) -> _Answer:
    witness, refuted, at = plain
    # What was kept may be damaged: all of it is text or nothing.
    if not all(one is None or isinstance(one, str) for one in (*(witness or ()), refuted)):
        raise ValueError(plain)
    if witness is not None and (len(witness) != len(Witness._fields) or witness[5] not in SEVERITIES):
        raise ValueError(plain)
    return _Answer(Verdict(None if witness is None else Witness(*witness), refuted), _numbered(at))


def _read_shortfall(plain: Any) -> _Answer:
    if plain is None:
        return _Answer(None)
    fault, says, at = plain
    if fault not in FAULTS or not isinstance(says, str):
        raise ValueError(plain)
    return _Answer(Shortfall(fault, says), _numbered(at))


def _numbered(plain: Any) -> Numbered:
    return tuple((int(number), str(shown)) for number, shown in plain)


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

    def include(self, at: Numbered) -> bool:
        """Whether all variables of an answer are there: one that was kept may be damaged."""
        return all(0 <= number < len(self._numbers) for number, _ in at)

    def put_into(self, verdict: Verdict, numbers: Numbered) -> Verdict:
        """The verdict in the names of these variables."""
        if verdict.witness is None or not numbers:
            return verdict
        at = self.at(numbers)
        return verdict._replace(witness=verdict.witness._replace(at=told(at)), at=at)

    def numbers(self, at: At) -> Numbered:
        """The values of these variables by number."""
        return tuple((self.number(v), text) for v, text in at)

    def at(self, numbers: Numbered) -> At:
        """The values of variables by number as those of these variables."""
        keys = list(self._numbers)
        return tuple((self._variables[keys[number]], text) for number, text in numbers)


def _question(site: Site, after: Term | None, names: _Names) -> Question:
    """All that an answer depends on."""
    terms = [site.term, *([] if after is None else [after]), *site.guards]
    variables = value_variables(terms)
    return (
        names.without(site.term),
        tuple(names.without(t) for t in site.inputs),
        tuple(names.without(t) for t in site.guards),
        None if after is None else names.without(after),
        # All but these four.
        site[3:-1],
        tuple((*(means(v) for means in MEANINGS), v.rank, v.bounds) for v in variables),
        tuple((names.number(v), names.number(row), place) for v, (row, place) in elements(variables).items()),
        tuple(sorted(names.number(v) for v in (site.nothing if site.limit else site.positive))),
        tuple(names.without(t) for t in unimodal_exponents(site.term)),
        has_deliberate_shift(site.term),
    )
