"""Whether all of a formula is computed in one mode: with gradients or without, in one precision."""

from __future__ import annotations

from itertools import pairwise

import libcst as cst

from stabaudit.concrete.names import called
from stabaudit.concrete.nodes import below
from stabaudit.concrete.paths import path_to
from stabaudit.fix.propose import Place
from stabaudit.terms import walk

#: Functions that change whether gradients are taken from then on, or in which precision.
SWITCHES = frozenset(
    {"set_grad_enabled", "_set_grad_enabled", "stop_recording", "set_autocast_enabled", "requires_grad_"}
)


def other_mode(place: Place) -> str | None:
    """Why a formula is let alone of which a part is computed in another mode than the rest, such as `no_grad`."""
    if not place.home.differentiated:
        return None
    here = place.term.origin
    assert isinstance(here, cst.CSTNode)
    way = path_to(place.module, here)
    around = _blocks(way)
    for part in walk(place.term):
        if not isinstance(part.origin, cst.CSTNode) or not (other := path_to(place.module, part.origin)):
            continue
        if strange := _differing(around, _blocks(other)):
            return (
                f"a part of it is computed in `{place.module.code_for_node(strange.items[0].item)}`, and not all of it"
            )
        if _statement(other) is not _statement(way) and (switch := _switch(way)) is not None:
            return f"`{switch}` is called in the function, and the rewrite joins several statements"
    return None


def _blocks(way: list[cst.CSTNode]) -> list[cst.With]:
    """The `with` statements in whose bodies a node stands, down from its function."""
    blocks: list[cst.With] = []
    for above, node in pairwise(way):
        if isinstance(above, cst.FunctionDef):
            blocks = []
        if isinstance(above, cst.With) and node is above.body:
            blocks.append(above)
    return blocks


def _differing(one: list[cst.With], other: list[cst.With]) -> cst.With | None:
    """The first block that is around the one place and not around the other."""
    ours, theirs = {id(block) for block in one}, {id(block) for block in other}
    return next((block for block in (*one, *other) if (id(block) in ours) != (id(block) in theirs)), None)


def _statement(way: list[cst.CSTNode]) -> cst.CSTNode | None:
    return next((node for node in reversed(way) if isinstance(node, cst.BaseStatement)), None)


def _switch(way: list[cst.CSTNode]) -> str | None:
    """A call in the function around a place that changes the mode from then on."""
    function = next((n for n in reversed(way) if isinstance(n, (cst.FunctionDef, cst.Module))), way[0])
    calls = (n for n in below(function) if isinstance(n, cst.Call))
    return next((name for call in calls if (name := called(call)) in SWITCHES), None)
