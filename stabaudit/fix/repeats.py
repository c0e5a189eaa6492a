"""Whether a rewrite reads more or less often than the code what may do more than give a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import dedent

from stabaudit.fix.callees import Callees
from stabaudit.fix.rereading import Obstacle
from stabaudit.syntax.bindings import stored
from stabaudit.syntax.expressions import Attribute, Constant, Name, Subscript
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import below
from stabaudit.syntax.printer import source


def repeated(before: Iterable[str], after: str, callees: Callees) -> Obstacle | None:
    """What keeps the pieces of code `before` from being replaced with `after`.

    A property that changes something has to be read as often as before; an item under a key, or an item or attribute
    that a class of the module computes, not more often.
    """
    codes = [dedent(code).strip() for code in before]
    was = Counter(name for code in codes for name in _reads(code, callees))
    # What the rewrite brings in is a module.
    now = Counter(
        (text, busy)
        for text, busy in _reads(after.strip(), callees)
        if busy or callees.mentions(re.split(r"\W", text)[0])
    )
    for text, busy in sorted(now.keys() | was.keys()):
        if busy and now[text, busy] != was[text, busy]:
            return Obstacle(f"reading the property `{text}` may have side effects", sure=True)
        if now[text, busy] > was[text, busy]:
            return Obstacle(f"it reads `{text}` more often than before", sure=False)
    return None


def _reads(code: str, callees: Callees) -> Iterator[tuple[str, bool]]:
    """The texts of such readings in a piece of code, and whether each is of a property that changes something."""
    try:
        tree = read(code)
    except (SyntaxError, ValueError):
        try:
            tree = read(f"({code}\n)")
        except (SyntaxError, ValueError):
            return
    computed = not callees.methods.isdisjoint({"__getattr__", "__getattribute__"})
    nodes = list(below(tree))
    given = {id(place) for node in nodes for place in stored(node)}
    for node in nodes:
        if id(node) in given:
            continue
        if isinstance(node, Attribute):
            if node.attr in callees.busy:
                yield node.attr, True
            elif computed and not (isinstance(node.value, Name) and callees.is_fixed(node.value.name)):
                yield source(node), False
        if isinstance(node, Subscript) and (_has_key(node) or "__getitem__" in callees.methods):
            yield source(node), False


def _has_key(item: Subscript) -> bool:
    """Whether an item stands under a name that is written out: `x["a"]`."""
    match item.places:
        case (Constant(value=str()),):
            return True
    return False
