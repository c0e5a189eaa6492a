"""Whether a rewrite reads more or less often than the code what may do more than give a value."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import dedent

from stabaudit.fix.again import Obstacle
from stabaudit.fix.callees import Callees


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
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        try:
            tree = ast.parse(f"({code}\n)")
        except (SyntaxError, ValueError):
            return
    computed = not callees.methods.isdisjoint({"__getattr__", "__getattribute__"})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            if node.attr in callees.busy:
                yield node.attr, True
            elif computed and not (isinstance(node.value, ast.Name) and callees.is_fixed(node.value.id)):
                yield ast.unparse(node), False
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            keyed = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
            if keyed or "__getitem__" in callees.methods:
                yield ast.unparse(node), False
