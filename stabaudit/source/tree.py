"""The syntax tree that Python makes of a text."""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from functools import lru_cache
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)

#: Nodes in which there are no others.
LEAVES = frozenset({ast.Name, ast.Constant, ast.alias, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal})


# The sieve, the positions and the fixes all look at the same text.
@lru_cache(maxsize=1)
def syntax_tree(text: str) -> ast.Module:
    """The tree of a text, to be read and never changed; raises as `ast.parse` does."""
    with warnings.catch_warnings():
        # What Python says about the user's own code is not for us to say.
        warnings.simplefilter("ignore")
        return ast.parse(text)


def tree_of(text: str) -> ast.Module | None:
    """The tree of a text, if Python can read it."""
    try:
        return syntax_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# To look at every node of a module takes longer than to parse it, and a dozen questions are asked of them.
@lru_cache(maxsize=1)
def _by_type(tree: ast.Module) -> dict[type[ast.AST], list[ast.AST]]:
    found: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    todo: list[ast.AST] = [tree]
    for node in todo:
        found[node.__class__].append(node)
        todo += inside(node)
    return found


# Python's own `iter_child_nodes` takes twice as long.
def inside(node: ast.AST) -> list[ast.AST]:
    """The nodes directly inside of a node; whether a name is read or given a value is none."""
    found: list[ast.AST] = []
    if node.__class__ in LEAVES:
        return found
    for name in node._fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [one for one in value if isinstance(one, ast.AST)]
        elif name != "ctx" and isinstance(value, ast.AST):
            found.append(value)
    return found


def nodes_of(tree: ast.Module, *kinds: type[Node]) -> list[Node]:
    """The nodes of a tree that are of these very types, each type by itself from the outside in."""
    every = _by_type(tree)
    return [node for kind in kinds for node in every.get(kind, ())]  # type: ignore[misc]


def functions_of(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a module, however deep they stand."""
    return [*nodes_of(tree, ast.FunctionDef), *nodes_of(tree, ast.AsyncFunctionDef)]


def let_go_of_tree() -> None:
    """Forget the tree of a text that is done with."""
    syntax_tree.cache_clear()
    _by_type.cache_clear()


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])
