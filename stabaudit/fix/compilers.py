"""Which functions a compiler such as Numba's takes, wherever its name comes from: they know NumPy and `math` alone.

A name says what a compiler is, not where it was imported from: `jit` may come from the project's own module, or be
defined in `except ImportError`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from stabaudit.fix.handed_on import given_names
from stabaudit.syntax.bindings import imported
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.dotted import called, dotted, last
from stabaudit.syntax.expressions import Call, Choice, Dict, Lambda, Name, Subscript
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
#: What makes another compiler of one.
MAKING = frozenset({"partial", "staticmethod"})
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
        definitions: list[Function | Class] = [*functions_of(module), *nodes_of(module, Class)]
        running = given_names(module) - {node.name for node in definitions}
        given: dict[str, str] = {}
        found: list[Rows] = []
        for call in nodes_of(module, Call):
            if (name := _compiler(call.func, paths, names)) is not None:
                for argument in call.positional:
                    if isinstance(argument, Lambda):
                        found.append((start(argument)[0], end(argument)[0], name))
                    elif _is_any(argument, running):
                        found.append((1, self._text.count("\n") + 1, name))
                    elif dotted(argument) is not None:
                        given[last(argument)] = name
        for node in definitions:
            by = [_compiler(decorator, paths, names) for decorator in node.decorators]
            name = next((one for one in by if one is not None), given.get(node.name))
            if name is not None:
                found.append((first_row(node), end(node)[0], name))
        return found


def _is_any(argument: Expression, running: Collection[str]) -> bool:
    """Whether it may be any function of the module: `getattr(module, name)`, `globals()[name]`, a name in a loop."""
    match argument:
        case Call(func=Name(name="getattr")) | Subscript(value=Call()):
            return True
    return last(argument) in running


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
        parts = (value.func, *(value.positional if called(value) in MAKING else ()))
        return next((found for p in parts if (found := _compiler(p, paths, names)) is not None), None)
    if isinstance(value, (Choice, Dict)):
        among = (value.body, value.orelse) if isinstance(value, Choice) else [item.value for item in value.items]
        return next((found for v in among if (found := _mentioned(v, paths, names)) is not None), None)
    return _compiler(value, paths, names)


def _compiler(node: Expression, paths: dict[str, str], names: dict[str, str]) -> str | None:
    """What compiles, if an expression is a compiler or makes one: `njit`, `numba.njit(cache=True)`."""
    if isinstance(node, Call):
        return _compiler(node.func, paths, names)
    if isinstance(node, Subscript):
        return _compiler(node.value, paths, names)
    said = dotted(node)
    if said is None:
        return None
    if last(node) in names:
        return names[last(node)]
    first, dot, rest = said.partition(".")
    path = paths.get(first, first) + dot + rest
    if path in OTHERS:
        return None
    parts = path.split(".")
    return path if parts[0] in PACKAGES or any(map(NAMES.search, parts)) else None
