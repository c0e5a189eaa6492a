"""Context managers of a module that take the errors of what stands in them, by their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import functions_of, nodes_of

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LEAVING = frozenset({"__exit__", "__aexit__"})
MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
#: Whatever goes wrong is taken.
ALL = ast.Name("BaseException", ast.Load())


def swallowing(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """The exceptions that the managers of a module take, by the names of their classes and functions."""
    found: dict[str, list[ast.expr]] = {}
    for kind in nodes_of(tree, ast.ClassDef):
        leaving = [n for n in kind.body if isinstance(n, FUNCTIONS) and n.name in LEAVING]
        if any(_may_be_true(node) for one in leaving for node in inside(one)):
            found[kind.name] = [ALL]
    for function in functions_of(tree):
        names = {(dotted_name(d) or "").rpartition(".")[2] for d in function.decorator_list}
        if not MANAGERS.isdisjoint(names) and (taken := list(_taken(function))):
            found[function.name] = taken
    return found


def _may_be_true(node: ast.AST) -> bool:
    """Whether a method that returns here may say that the error is dealt with."""
    value = node.value if isinstance(node, ast.Return) else None
    return value is not None and not (isinstance(value, ast.Constant) and not value.value)


def _taken(function: ast.AST) -> Iterator[ast.expr]:
    """What the handlers around a `yield` take."""
    for node in inside(function):
        if isinstance(node, ast.Try) and any(isinstance(n, ast.Yield) for part in node.body for n in ast.walk(part)):
            yield from (ALL if handler.type is None else handler.type for handler in node.handlers)


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below one, those of functions and classes in it left out."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            yield child
            yield from inside(child)
