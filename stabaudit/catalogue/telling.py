"""The rules that hold, and what tells that a text could hold a finding of theirs: derived from their patterns.

Almost every pattern has an exponential, a logarithm or a special function in it, which few texts name. Of the others,
such as a difference of means, all operations together tell: that is their needle.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stabaudit.catalogue.chosen import chosen
from stabaudit.catalogue.compiled import compiled
from stabaudit.terms import App, Const, Term, walk
from stabaudit.terms.special import ROWS as SPECIAL

if TYPE_CHECKING:
    # What is derived from the rules is kept: most files need no rule.
    from stabaudit.catalogue.rule import Rule

#: Operations that are named in any text about arrays, or are written with signs.
COMMON = frozenset(
    {"sum", "mean", "prod", "max", "min", "abs", "maximum", "minimum", "where", "sin", "cos", "dot", "transpose",
     "item", "index", "reshape", "expand_dims", "squeeze", "+", "*", "^"}
)  # fmt: skip
#: What ends a model, and is told by its own name.
LOSSES = frozenset({"cross_entropy", "nll_loss", "bce", "bce_with_logits", "kl_div"})
#: Of these, what a text says by a word or a sign of its own.
SPOKEN = COMMON - {"+", "*", "item", "index", "reshape", "expand_dims", "squeeze", "transpose"}
#: Operations that must be named in one function, and how often.
Needle = tuple[tuple[str, int], ...]


class Signs(NamedTuple):
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
    from stabaudit.catalogue.rule import load

    return tuple(rule for rule in load() if rule.tier == "default" or rule.name in more)


def telling() -> frozenset[str]:
    """Operations that tell by themselves: exponentials, logarithms, and what is as rare."""
    return signs().rare


def signs() -> Signs:
    """What tells of the rules that hold."""
    return _signs(chosen())


@cache
def _signs(more: frozenset[str]) -> Signs:
    if more:
        return _told_by(_rules(more))
    # A file that holds nothing pays for no rule.
    return compiled("telling", lambda: _told_by(_rules(more)), _packed, _unpacked)


def choices() -> frozenset[str]:
    """Operations that are blamed for their gradient."""
    return _choices(chosen())


@cache
def _choices(more: frozenset[str]) -> frozenset[str]:
    if more:
        return _blamed(_rules(more))
    return compiled("choices", lambda: _blamed(_rules(more)), " ".join, lambda text: frozenset(text.split()))


def _blamed(known: tuple[Rule, ...]) -> frozenset[str]:
    roots = (form.unstable for rule in known for form in rule.forms if form.is_choice)
    return frozenset(root.op for root in roots if isinstance(root, App))


def _packed(known: Signs) -> str:
    return json.dumps([sorted(known.rare), known.needles, sorted(known.asked)])


def _unpacked(text: str) -> Signs:
    rare, needles, asked = json.loads(text)
    found = tuple(tuple((op, often) for op, often in needle) for needle in needles)
    return Signs(frozenset(rare), found, frozenset(asked))


def _told_by(known: tuple[Rule, ...]) -> Signs:
    rare = {"exp", "log"}
    needles: dict[Needle, None] = {}
    patterns = [p.term for rule in known for form in rule.forms if not form.quotient for p in form.patterns]
    for term in patterns:
        own = term.ops - COMMON
        if isinstance(term, App) and term.op in LOSSES:
            # The loss may stand in another function than what it is given.
            rare.add(term.op)
        if own and rare.isdisjoint(own):
            rare.add(min(own, key=lambda op: (op not in SPECIAL, op)))
    for term in patterns:
        if rare.isdisjoint(term.ops):
            needles.setdefault(_needle(term))
    return Signs(frozenset(rare), tuple(needles), frozenset().union(*(term.ops for term in patterns)))


def _needle(term: Term) -> Needle:
    """The operations of a pattern that a text has to name, those that are named least first."""
    said = Counter(part.op for part in walk(term) if isinstance(part, App) and _is_said(part))
    return tuple(sorted(said.items(), key=lambda pair: (pair[0] == "^", pair)))


def _is_said(part: App) -> bool:
    """Whether an operation has a word or a sign: a whole power may be written as a product or a division."""
    if part.op == "^":
        exponent = part.args[1]
        return not isinstance(exponent, Const) or exponent.value.denominator != 1
    return part.op in SPOKEN
