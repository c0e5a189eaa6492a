"""Which functions a compiler such as Numba's takes, wherever its name comes from: they know NumPy and `math` alone.

A name says what a compiler is, not where it was imported from: `jit` may come from the project's own module, or be
defined in `except ImportError`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from stabaudit.syntax.bindings import imported
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.dotted import called, dotted, last
from stabaudit.syntax.expressions import Call, Choice, Lambda, Name
from stabaudit.syntax.find import functions_of, imports_of, module_of, nodes_of
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.places import end, first_row, start
from stabaudit.syntax.statements import Annotated, Assign, Module, Return

#: What decorators and functions that compile are called.
NAMES = re.compile(
    r"(^|_)n?jit(_|$)|jit(ted|class)?$|^(gu)?vectorize$|^cfunc$|^ccall$|^overload(_method|_attribute)?$|^stencil$|^fuse$"
)
#: Packages that compile whatever their decorators are called.
PACKAGES = frozenset({"numba", "taichi", "pythran", "cython", "transonic", "pyccel", "warp"})
#: What is called so and compiles nothing.
OTHERS = frozenset({"numpy.vectorize"})
WORDS = re.compile("jit|vectorize|cfunc|ccall|overload|stencil|fuse|" + "|".join(sorted(PACKAGES)))

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
        module = module_of(self._text) if WORDS.search(self._text) else None
        if module is None:
            return []
        paths = {name: path for node in imports_of(module) for name, path in imported(node)}
        names = _named(module, paths)
        given: dict[str, str] = {}
        found: list[Rows] = []
        for call in nodes_of(module, Call):
            if (name := _compiler(call.func, paths, names)) is not None:
                for argument in call.positional:
                    if isinstance(argument, Lambda):
                        found.append((start(argument)[0], end(argument)[0], name))
                    elif dotted(argument) is not None:
                        given[last(argument)] = name
        definitions: list[Function | Class] = [*functions_of(module), *nodes_of(module, Class)]
        for node in definitions:
            by = [_compiler(decorator, paths, names) for decorator in node.decorators]
            name = next((one for one in by if one is not None), given.get(node.name))
            if name is not None:
                found.append((first_row(node), end(node)[0], name))
        return found


def _named(module: Module, paths: dict[str, str]) -> dict[str, str]:
    """The names that stand for a compiler in the module, each with what it is.

    `fast = njit(cache=True)`, `jit = partial(njit, parallel=True)`, `def compiled(f): return njit(f)`.
    """
    nodes: Sequence[Node] = nodes_of(module, Function, Assign, Annotated)
    names: dict[str, str] = {}
    while True:
        before = len(names)
        for node in nodes:
            match node:
                case (
                    Assign(targets=[Name(name=name)], value=value)
                    | Annotated(target=Name(name=name), value=Expression() as value)
                ):
                    made = _mentioned(value, paths, names)
                case Function(name=name):
                    returned = (n.value for n in below(node) if isinstance(n, Return) and n.value is not None)
                    made = next((m for v in returned if (m := _mentioned(v, paths, names)) is not None), None)
                case _:
                    continue
            if made is not None:
                names.setdefault(name, made)
        if len(names) == before:
            return names


def _mentioned(value: Expression, paths: dict[str, str], names: dict[str, str]) -> str | None:
    """The compiler that an expression is, calls, or makes another one of."""
    if isinstance(value, Call):
        parts = (value.func, *(value.positional if called(value) == "partial" else ()))
        return next((found for p in parts if (found := _compiler(p, paths, names)) is not None), None)
    if isinstance(value, Choice):
        return _mentioned(value.body, paths, names) or _mentioned(value.orelse, paths, names)
    return _compiler(value, paths, names)


def _compiler(node: Expression, paths: dict[str, str], names: dict[str, str]) -> str | None:
    """What compiles, if an expression is a compiler or makes one: `njit`, `numba.njit(cache=True)`."""
    if isinstance(node, Call):
        return _compiler(node.func, paths, names)
    said = dotted(node)
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
