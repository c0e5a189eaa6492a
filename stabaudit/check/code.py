"""A piece of code as the tree that is judged, and as that of LibCST, which is made where something is to be edited."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from stabaudit.syntax.node import Different, Node, pairs
from stabaudit.syntax.statements import Module

if TYPE_CHECKING:
    # It is imported when it is asked for.
    import libcst as cst


class Unlike(Exception):
    """Python's parser and LibCST do not read a text alike: then it is judged as LibCST reads it."""


class Code:
    """The `tree` of a text, and the `module` that LibCST makes of it when it is asked for the first time.

    From then on the nodes of the tree know those of LibCST.
    """

    def __init__(self, tree: Module, parsed: Callable[[], cst.Module]) -> None:
        self.tree = tree
        self._parsed = parsed

    @cached_property
    def module(self) -> cst.Module:
        """The module as LibCST reads it; raises `Unlike` and whatever its parser does."""
        from stabaudit.syntax.from_libcst import from_libcst

        module = self._parsed()
        if self.tree.origin is None:
            introduce(self.tree, from_libcst(module))
        return module


def of_libcst(module: cst.Module) -> Code:
    """Code as LibCST reads it, and nobody else."""
    from stabaudit.syntax.from_libcst import from_libcst

    return Code(from_libcst(module), lambda: module)


def introduce(tree: Node, same: Node | cst.CSTNode) -> None:
    """Tell the nodes of a tree those of LibCST, which another tree of the same code knows; raises `Unlike`."""
    from stabaudit.syntax.from_libcst import lowered

    other = same if isinstance(same, Node) else lowered(same)
    try:
        found = [*pairs(tree, other)]
    except Different as error:
        raise Unlike from error
    for node, twin in found:
        node.origin = twin.origin
