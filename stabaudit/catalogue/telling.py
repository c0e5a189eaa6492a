"""The rules that hold, and operations of which every pattern of theirs has one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stabaudit.catalogue.chosen import chosen
from stabaudit.catalogue.compiled import compiled
from stabaudit.terms.special import ROWS as SPECIAL

if TYPE_CHECKING:
    # What is derived from the rules is kept: most files need no rule.
    from stabaudit.catalogue.rule import Rule


def rules() -> tuple[Rule, ...]:
    """The rules that hold."""
    return _rules(chosen())


@cache
def _rules(more: frozenset[str]) -> tuple[Rule, ...]:
    from stabaudit.catalogue.rule import load

    return tuple(rule for rule in load() if rule.tier == "default" or rule.name in more)


def telling() -> frozenset[str]:
    """Operations of which every pattern has one: exponentials and logarithms, and for others what is rarest in them."""
    return _telling(chosen())


@cache
def _telling(more: frozenset[str]) -> frozenset[str]:
    if more:
        return _told_by(_rules(more))
    # A file that holds nothing pays for no rule.
    return compiled("telling", lambda: _told_by(_rules(more)), _packed, lambda text: frozenset(text.split()))


def _packed(ops: frozenset[str]) -> str:
    return " ".join(sorted(ops))


def _told_by(known: tuple[Rule, ...]) -> frozenset[str]:
    found = {"exp", "log"}
    for rule in known:
        for form in rule.forms:
            for pattern in form.patterns:
                if not form.quotient and found.isdisjoint(pattern.term.ops):
                    found.add(min(pattern.ops or pattern.term.ops, key=lambda op: (op not in SPECIAL, op)))
    return frozenset(found)
