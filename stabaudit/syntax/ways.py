"""The way from a piece of code down to one of its nodes: nodes know what is in them, and not what they are in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.node import Node, parts

T = TypeVar("T")


def path_to(root: Node, target: Node) -> list[Node]:
    """The nodes from `root` down to `target`; none if it is not inside."""
    return climbed(_above(root), root, target)


# None of the nodes is gone before `root`.
@cached_by_node
def _above(root: Node) -> dict[int, Node]:
    return owners(root, parts)


def climbed(above: Mapping[int, Any], root: T, target: T) -> list[T]:
    """The way from `root` down to `target`, by what each node is part of; none if it is not inside."""
    way = [target]
    while way[-1] is not root:
        outer = above.get(id(way[-1]))
        if outer is None:
            return []
        way.append(outer)
    return way[::-1]


def owners(root: T, parts_of: Callable[[T], Iterable[T]]) -> dict[int, T]:
    """Of each node inside of `root` the one that it is part of, by numbers, which are looked up in a moment."""
    above: dict[int, T] = {}
    todo = [root]
    while todo:
        node = todo.pop()
        for child in parts_of(node):
            above[id(child)] = node
            todo.append(child)
    return above


def replaced(path: Sequence[Node], new: Node) -> Node:
    """The node at the head of a path with another one at the end; all that is not on the path is shared."""
    for outer, inner in reversed([*pairwise(path)]):
        made = copy.copy(outer)
        for name in outer.PARTS:
            value = getattr(outer, name)
            if value is inner:
                setattr(made, name, new)
            elif isinstance(value, tuple) and any(one is inner for one in value):
                setattr(made, name, tuple([new if one is inner else one for one in value]))
        new = made
    return new


def steps(path: Sequence[Node]) -> list[int]:
    """The way down a path, as the numbers of the parts."""
    return [next(i for i, part in enumerate(parts(a)) if part is b) for a, b in pairwise(path)]


def follow(root: Node, numbers: Sequence[int]) -> Node | None:
    """The node at the end of a way; `None` if there is none."""
    node = root
    for number in numbers:
        inside = parts(node)
        if number >= len(inside):
            return None
        node = inside[number]
    return node
