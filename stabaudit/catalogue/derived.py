"""What is derived from the patterns of rules, and kept from then on: the operations that tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from stabaudit.catalogue.rule import Rule
from stabaudit.terms import App, Const, Term, walk
from stabaudit.terms.special import ROWS as SPECIAL

#: Operations that are named in any text about arrays, or are written with signs.
COMMON = frozenset(
    {"sum", "mean", "prod", "max", "min", "abs", "maximum", "minimum", "where", "sin", "cos", "dot", "transpose",
     "item", "index", "reshape", "expand_dims", "squeeze", "+", "*", "^"}
)  # fmt: skip
#: Of these, what a text says by a word or a sign of its own.
SPOKEN = COMMON - {"+", "*", "item", "index", "reshape", "expand_dims", "squeeze", "transpose"}
#: What ends a model, and is told by its own name.
LOSSES = frozenset({"cross_entropy", "nll_loss", "bce", "bce_with_logits", "kl_div"})
#: Operations that must be named in one function, and how often.
Needle = tuple[tuple[str, int], ...]


def signs(known: Iterable[Rule]) -> tuple[frozenset[str], tuple[Needle, ...], frozenset[str]]:
    """What `stabaudit.catalogue.active.Signs` says of some rules."""
    rare = {"exp", "log"}
    needles: dict[Needle, None] = {}
    forms = [form for rule in known for form in rule.forms if not (form.quotient or form.undone)]
    patterns = [p.term for form in forms for p in form.patterns]
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
    return frozenset(rare), tuple(needles), frozenset().union(*(term.ops for term in patterns))


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


def blamed(known: Iterable[Rule]) -> frozenset[str]:
    """The choices that some rules blame for their gradient or their type, and what is blamed for a mask."""
    apart = ((form.unstable, form.traits) for rule in known for form in rule.forms if form.is_apart)
    return frozenset(
        root.op for root, traits in apart if isinstance(root, App) and (root.op == "where" or traits.masked)
    )
