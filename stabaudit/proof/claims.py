"""Rules that claim the same code: neither form is more specific, so chance would choose between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from stabaudit.catalogue.rule import Form, Rule
from stabaudit.terms import Var
from stabaudit.terms.arithmetic import ONE
from stabaudit.terms.match import Pattern, substitute_normal


def disputes(rules: Sequence[Rule]) -> Iterator[str]:
    """What two different rules both claim, in words."""
    for one, other in combinations(rules, 2):
        for a in one.forms:
            for b in other.forms:
                if _alike(a, b):
                    yield f"`{one.name}` ({a.name}) and `{other.name}` ({b.name}) claim the same code"


def _alike(one: Form, other: Form) -> bool:
    # What is judged apart by one of them leaves the value to the other.
    return one.is_apart == other.is_apart and any(
        _fits(a, b) and _fits(b, a) for a in one.patterns for b in other.patterns
    )


def _fits(wide: Pattern, narrow: Pattern) -> bool:
    """Whether `wide` fits all that `narrow` is written for, with nothing left over: not even a sign."""
    found = wide.match(substitute_normal(narrow.term, {v: Var(f"{v.name}'") for v in narrow.variables}))
    return found is not None and found.rest == ONE
