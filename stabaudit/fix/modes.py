"""Whether all of a formula is computed in one mode: with gradients or without, in one precision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from stabaudit.fix.propose import Place
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import Function, With
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression, Node, Statement, below
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Module
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, walk

#: Functions that change whether gradients are taken from then on, or in which precision.
SWITCHES = frozenset(
    {"set_grad_enabled", "_set_grad_enabled", "stop_recording", "set_autocast_enabled", "requires_grad_"}
)
#: Decorators that change it for a function.
MODES = re.compile(r"grad|inference_mode|autocast|amp\b")


def other_mode(place: Place) -> str | None:
    """Why a formula is let alone of which a part is computed in another mode than the rest, such as `no_grad`."""
    if not place.home.differentiated:
        return None
    way = path_to(place.tree, place.term.node)
    around = _blocks(way)
    for part in walk(place.term):
        # Under a name as well: what gave the name its value.
        call = part.steps if isinstance(part, App) else part.node
        if isinstance(call, Call) and (mode := _managers(place.tree).get(called(call))) is not None:
            return f"a part of it is computed in `{source(mode)}`, and not all of it"
        if part.node is None or not (other := path_to(place.tree, part.node)):
            continue
        if strange := _differing(around, _blocks(other)):
            manager = place.module.code_for_node(strange.items[0].manager.origin)
            return f"a part of it is computed in `{manager}`, and not all of it"
        if _statement(other) is not _statement(way) and (switch := _switch(way)) is not None:
            return f"`{switch}` is called in the function, and the rewrite joins several statements"
    return None


@cached_by_node
def _managers(tree: Module) -> Mapping[str, Expression]:
    """By the names of the functions of a module that are computed in a mode of their own: what turns that on."""
    found: dict[str, Expression] = {}
    for function in (node for node in below(tree) if isinstance(node, Function)):
        inside = (item.manager for node in below(function.body) if isinstance(node, With) for item in node.items)
        modes = [d for d in function.decorators if MODES.search(source(d))]
        found.update((function.name, one) for one in (*modes, *inside))
    return found


def _blocks(way: list[Node]) -> list[With]:
    """The `with` statements in whose bodies a node stands, down from its function."""
    blocks: list[With] = []
    for above, node in pairwise(way):
        if isinstance(above, Function):
            blocks = []
        if isinstance(above, With) and node is above.body:
            blocks.append(above)
    return blocks


def _differing(one: list[With], other: list[With]) -> With | None:
    """The first block that is around the one place and not around the other."""
    ours, theirs = {id(block) for block in one}, {id(block) for block in other}
    return next((block for block in (*one, *other) if (id(block) in ours) != (id(block) in theirs)), None)


def _statement(way: list[Node]) -> Node | None:
    return next((node for node in reversed(way) if isinstance(node, Statement)), None)


def _switch(way: list[Node]) -> str | None:
    """A call in the function around a place that changes the mode from then on."""
    function = next((n for n in reversed(way) if isinstance(n, (Function, Module))), way[0])
    calls = (n for n in below(function) if isinstance(n, Call))
    return next((name for call in calls if (name := called(call)) in SWITCHES), None)
