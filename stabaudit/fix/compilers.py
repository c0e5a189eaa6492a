"""Which functions a compiler such as Numba's takes, wherever its name comes from: they know NumPy and `math` alone.

A name says what a compiler is, not where it was imported from: `jit` may come from the project's own module, or be
defined in `except ImportError`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import first_line, nodes_of, tree_of

#: What decorators and functions that compile are called.
NAMES = re.compile(
    r"(^|_)n?jit(_|$)|jit(ted|class)?$|^(gu)?vectorize$|^cfunc$|^ccall$|^overload(_method|_attribute)?$|^stencil$|^fuse$"
)
#: Packages that compile whatever their decorators are called.
PACKAGES = frozenset({"numba", "taichi", "pythran", "cython", "transonic", "pyccel", "warp"})
#: What is called so and compiles nothing.
OTHERS = frozenset({"numpy.vectorize"})
WORDS = re.compile("jit|vectorize|cfunc|ccall|overload|stencil|fuse|" + "|".join(sorted(PACKAGES)))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Rows = tuple[int, int, str]


class Compilers:
    """The functions and classes of a module that are compiled."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, row: int) -> str | None:
        """The name of what compiles the code on a row of the text; None if nothing does."""
        return next((name for first, last, name in self._compiled if first <= row <= last), None)

    @cached_property
    def _compiled(self) -> list[Rows]:
        """The first and the last row of what is compiled, with the compiler."""
        tree = tree_of(self._text) if WORDS.search(self._text) else None
        if tree is None:
            return []
        kinds = (*DEFINITIONS, ast.Call, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
        nodes = nodes_of(tree, *kinds)
        paths = _imported(nodes)
        names = _named(nodes, paths)
        given: dict[str, str] = {}
        found: list[Rows] = []
        for node in nodes:
            if isinstance(node, ast.Call) and (name := _compiler(node.func, paths, names)) is not None:
                for argument in node.args:
                    if isinstance(argument, ast.Lambda):
                        found.append((argument.lineno, argument.end_lineno or argument.lineno, name))
                    elif (function := dotted_name(argument)) is not None:
                        given[function.rpartition(".")[2]] = name
        for node in nodes:
            if isinstance(node, DEFINITIONS):
                by = [_compiler(d, paths, names) for d in node.decorator_list]
                name = next((one for one in by if one is not None), given.get(node.name))
                if name is not None:
                    found.append((first_line(node), node.end_lineno or node.lineno, name))
        return found


def _imported(nodes: list[ast.AST]) -> dict[str, str]:
    """The names that imports bind, each with its dotted path."""
    paths: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            paths.update((a.asname, a.name) for a in node.names if a.asname)
        elif isinstance(node, ast.ImportFrom):
            paths.update((a.asname or a.name, f"{node.module or ''}.{a.name}") for a in node.names)
    return paths


def _named(nodes: list[ast.AST], paths: dict[str, str]) -> dict[str, str]:
    """The names that stand for a compiler in the module, each with what it is.

    `fast = njit(cache=True)`, `jit = partial(njit, parallel=True)`, `def compiled(f): return njit(f)`.
    """
    names: dict[str, str] = {}
    while True:
        before = len(names)
        for node in nodes:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    made = _mentioned(value, paths, names)
                case ast.FunctionDef(name=name):
                    returned = (n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None)
                    made = next((m for v in returned if (m := _mentioned(v, paths, names)) is not None), None)
                case _:
                    continue
            if made is not None:
                names.setdefault(name, made)
        if len(names) == before:
            return names


def _mentioned(value: ast.expr, paths: dict[str, str], names: dict[str, str]) -> str | None:
    """The compiler that an expression is, calls, or makes another one of."""
    if isinstance(value, ast.Call):
        parts: Iterator[ast.expr] = iter((value.func, *(value.args if called(value.func) == "partial" else ())))
        return next((found for p in parts if (found := _compiler(p, paths, names)) is not None), None)
    if isinstance(value, ast.IfExp):
        return _mentioned(value.body, paths, names) or _mentioned(value.orelse, paths, names)
    return _compiler(value, paths, names)


def called(function: ast.expr) -> str:
    """The last name of what is called."""
    return (dotted_name(function) or "").rpartition(".")[2]


def _compiler(node: ast.expr, paths: dict[str, str], names: dict[str, str]) -> str | None:
    """What compiles, if an expression is a compiler or makes one: `njit`, `numba.njit(cache=True)`."""
    if isinstance(node, ast.Call):
        return _compiler(node.func, paths, names)
    said = dotted_name(node)
    if said is None:
        return None
    if said in names:
        return names[said]
    first, dot, rest = said.partition(".")
    path = paths.get(first, first) + dot + rest
    if path in OTHERS:
        return None
    parts = path.split(".")
    return path if parts[0] in PACKAGES or any(map(NAMES.search, parts)) else None
