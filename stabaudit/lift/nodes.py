"""The parts of a LibCST node that say something, without white space, punctuation and parentheses.

LibCST's own `children` visits every token and takes most of a run's time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeGuard, TypeVar

import libcst as cst

Node = TypeVar("Node", bound=cst.CSTNode)
Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_remembering: list[dict[int, Any]] = []
#: Of how many nodes a function knows at once what it found.
REMEMBERED = 1 << 14

#: Fields that hold layout alone.
LAYOUT = frozenset(
    {"lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "colon", "dot", "equal", "star",
     "leading_lines", "lines_after_decorators", "empty_lines", "header", "footer", "indent", "trailing_whitespace",
     "newline", "first_line", "second_line", "third_line", "posonly_ind", "asynchronous"}
)  # fmt: skip
#: Types that hold no node in any other field: names, numbers, operators.
LEAVES = frozenset(
    {cst.Name, cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.Ellipsis, cst.Pass, cst.Break, cst.Continue}
)


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    if kind in LEAVES:
        return ()
    return tuple(f.name for f in fields(kind) if f.name not in LAYOUT and not f.name.startswith("whitespace"))


# LibCST's nodes are of an abstract class: asking each value takes four times as long as asking its type once.
@cache
def _is_node(kind: Hashable) -> bool:
    return isinstance(kind, type) and issubclass(kind, cst.CSTNode)


@cache
def _is_expression(kind: type[cst.CSTNode]) -> bool:
    return issubclass(kind, cst.BaseExpression)


def is_expression(node: cst.CSTNode) -> TypeGuard[cst.BaseExpression]:
    """Whether a node is an expression, as `isinstance` says in four times the time."""
    return _is_expression(node.__class__)


def parts(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes directly inside `node`, in the order of the source."""
    found: list[cst.CSTNode] = []
    for name in _fields(node.__class__):
        value = getattr(node, name)
        kind = value.__class__
        if kind is tuple or kind is list:
            found += [item for item in value if _is_node(item.__class__)]
        elif _is_node(kind):
            found.append(value)
    return found


def below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all nodes in it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += parts(one)


def cached_by_node(function: Callable[Concatenate[Node, Asked], Found]) -> Callable[Concatenate[Node, Asked], Found]:
    """A function of nodes that looks at each once, until they are let go."""
    known: dict[int, tuple[Node, Found]] = {}
    _remembering.append(known)

    # A node hashes itself in Python, which takes longer than to look it up.
    def remembered(node: Node, /, *asked: Asked.args, **named: Asked.kwargs) -> Found:
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
