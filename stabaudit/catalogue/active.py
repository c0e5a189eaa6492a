"""The rules that hold, and what tells that a text could hold a finding of theirs: derived from their patterns.

Almost every pattern has an exponential, a logarithm or a special function in it, which few texts name. Of the others,
such as a difference of means, all operations together tell: that is their needle.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stabaudit.catalogue.compiled import compiled
from stabaudit.catalogue.extra_rules import chosen
from stabaudit.records import Record

if TYPE_CHECKING:
    # What is derived from the rules is kept: most files need no rule.
    from stabaudit.catalogue.rule import Rule

#: Operations that must be named in one function, and how often.
Needle = tuple[tuple[str, int], ...]


class Signs(Record):
    """What tells of some rules: `rare` operations, each by itself, and `needles` of those that are common."""

    rare: frozenset[str]
    needles: tuple[Needle, ...]
    #: All operations in the patterns.
    asked: frozenset[str]

    @property
    def operations(self) -> frozenset[str]:
        """Operations of which every pattern has one."""
        return self.rare.union(*({op for op, _ in needle} for needle in self.needles))


def rules() -> tuple[Rule, ...]:
    """The rules that hold."""
    return _rules(chosen())


@cache
def _rules(more: frozenset[str]) -> tuple[Rule, ...]:
    from stabaudit.catalogue.load import load

    return tuple(rule for rule in load() if rule.tier == "default" or rule.name in more)


def telling() -> frozenset[str]:
    """Operations that tell by themselves: exponentials, logarithms, and what is as rare."""
    return signs().rare


def signs() -> Signs:
    """What tells of the rules that hold."""
    return _signs(chosen())


@cache
def _signs(more: frozenset[str]) -> Signs:
    # A file that holds nothing pays for no rule.
    return _derived(more) if more else compiled("telling", lambda: _derived(more), _packed, _unpacked)


def choices() -> frozenset[str]:
    """Operations that choose between branches, where a rule blames them for their gradient or their type."""
    return _choices(chosen())


@cache
def _choices(more: frozenset[str]) -> frozenset[str]:
    if more:
        return _blamed(more)
    return compiled("choices", lambda: _blamed(more), " ".join, lambda text: frozenset(text.split()))


def _derived(more: frozenset[str]) -> Signs:
    from stabaudit.catalogue.derived import signs

    return Signs(*signs(_rules(more)))


def _blamed(more: frozenset[str]) -> frozenset[str]:
    from stabaudit.catalogue.derived import blamed

    return blamed(_rules(more))


def _packed(known: Signs) -> str:
    needles = (" ".join(f"{op}:{often}" for op, often in needle) for needle in known.needles)
    return "\n".join([" ".join(sorted(known.rare)), " ".join(sorted(known.asked)), *needles])


def _unpacked(text: str) -> Signs:
    # To import `json` takes 2 ms.
    rare, asked, *needles = text.split("\n")
    parts = ([part.split(":") for part in needle.split()] for needle in needles)
    told = tuple(tuple((op, int(often)) for op, often in needle) for needle in parts)
    return Signs(frozenset(rare.split()), told, frozenset(asked.split()))
