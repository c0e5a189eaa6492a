"""The code of a module with gauges around some of its values, made in memory.

Its names but one, its lines and the order of evaluation stay what they are. The one is that of the module with the
gauges; it cannot be written in Python, and is private, so that no `import *` takes it along. Gauges as constants in the
code would need none, but `torch.compile` takes no functions there.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any

from stabaudit.watch import live
from stabaudit.watch.live import Watcher

#: A place in the text, and the kind of the node there.
Key = tuple[tuple[int, ...], str]
#: What watched code calls the module with the gauges.
NAME = "_@stabaudit"


class Unplaced(Exception):
    """The code has no node where a gauge should be."""


def code_of(tree: ast.Module, path: str, wanted: Mapping[Key, Sequence[tuple[str, Watcher]]]) -> CodeType:
    """The code of `tree` with the `wanted` gauges around parts of nodes; raises `Unplaced`."""
    placing = _Placing(wanted)
    tree = placing.visit(tree)
    if placing.left:
        raise Unplaced(f"{path}: nothing at {sorted(placing.left)}")
    _import(tree)
    code: CodeType = compile(tree, path, "exec", dont_inherit=True)
    return code


class _Placing(ast.NodeTransformer):
    def __init__(self, wanted: Mapping[Key, Sequence[tuple[str, Watcher]]]) -> None:
        self._wanted = wanted
        self.left = set(wanted)

    def visit(self, node: ast.AST) -> Any:
        """The node with gauges in and around it."""
        at = tuple(getattr(node, name, None) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"))
        key: Any = (at, type(node).__name__)
        self.generic_visit(node)
        if key not in self.left or not isinstance(node, ast.expr):
            return node
        self.left.discard(key)
        # What is around it comes last: its own parts are asked for by place.
        for part, watcher in sorted(self._wanted[key], key=lambda one: one[0] == "itself"):
            node = _with(node, part, watcher)
        return node


def _with(node: Any, part: str, watcher: Watcher) -> ast.expr:
    """The node with a gauge around one of its parts, or around itself."""
    match part:
        case "itself":
            return _around(node, watcher)
        case "left" | "right":
            setattr(node, part, _around(getattr(node, part), watcher))
        case "argument":
            node.args[0] = _around(node.args[0], watcher)
        case "receiver":
            node.func.value = _around(node.func.value, watcher)
        case _:
            word = next(word for word in node.keywords if word.arg == part)
            word.value = _around(word.value, watcher)
    assert isinstance(node, ast.expr)
    return node


def _around(node: ast.expr, watcher: Watcher) -> ast.Call:
    gauge = ast.Attribute(ast.Name(NAME, ast.Load()), live.hold(watcher), ast.Load())
    call = ast.Call(gauge, [node], [])
    for new in (gauge.value, gauge, call):
        ast.copy_location(new, node)
    return call


def _import(tree: ast.Module) -> None:
    """Import the module with the gauges, behind what has to come first in a text, on a line that there is."""
    at = 0
    for at, statement in enumerate(tree.body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if at == 0:
                continue
            case ast.ImportFrom(module="__future__"):
                continue
        break
    own = ast.copy_location(ast.Import([ast.alias(live.__name__, NAME)]), tree.body[at])
    tree.body.insert(at, ast.fix_missing_locations(own))
