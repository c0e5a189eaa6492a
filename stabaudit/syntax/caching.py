"""What is known of the nodes of one text, until that is done with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

Subject = TypeVar("Subject")
Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_remembering: list[dict[int, Any]] = []
#: Of how many nodes a function knows at once what it found.
REMEMBERED = 1 << 14


def cached_by_node(
    function: Callable[Concatenate[Subject, Asked], Found],
) -> Callable[Concatenate[Subject, Asked], Found]:
    """A function of nodes, of ours or of LibCST's, that looks at each once, until they are let go."""
    known: dict[int, tuple[Subject, Found]] = {}
    _remembering.append(known)

    # A node of LibCST hashes itself in Python, which takes longer than to look it up.
    def remembered(node: Subject, /, *asked: Asked.args, **named: Asked.kwargs) -> Found:
        found = known.get(id(node))
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[id(node)] = (node, function(node, *asked, **named))
        return found[1]

    return remembered


def let_go() -> None:
    """Forget what is known of the nodes of a module that is done with, and so the nodes."""
    for known in _remembering:
        known.clear()
