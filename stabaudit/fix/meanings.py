"""Whether the names of functions in a formula mean what they were read as whenever the formula is computed.

A module's names may get another value below the formula, in an `if`, by `global`, by a star import, by `exec`; a
module that is imported may be given another function.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from stabaudit.dialects import dialect_of, pure
from stabaudit.fix.callees import Callees
from stabaudit.fix.rereading import Obstacle
from stabaudit.records import Record
from stabaudit.source.sibling_modules import names_of
from stabaudit.syntax.bindings import imported, names_bound
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Attribute, Call, Constant, Name, Subscript
from stabaudit.syntax.find import functions_of, nodes_of, own_nodes, stored_in
from stabaudit.syntax.node import Expression, below
from stabaudit.syntax.places import start
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Alias, Assign, Declare, Import, ImportFrom, Module

#: Functions by which tests and patches set an attribute of what they are given.
SETTING = frozenset({"setattr", "object", "patch", "delattr", "dict"})


class Binding(Record):
    """A place at which a name of the module gets a value: a dotted path if that is imported."""

    row: int
    path: str | None


class Meanings:
    """The meanings of the names of one module."""

    def __init__(self, module: Module, text: str, callees: Callees) -> None:
        self._module = module
        self._text = text
        self._callees = callees

    def obstacle(self, functions: Iterable[str], called: Collection[str], local: Collection[str]) -> Obstacle | None:
        """What may give another meaning to the `functions` of a formula, or to the paths `called` by its rewrite.

        Names that are `local` to the function are not those of the module.
        """
        said = set(functions)
        roots = {name.partition(".")[0] for name in said} - set(local)
        for root in sorted(roots | self._inside(roots)):
            if (reason := self._doubt(root)) is not None:
                return Obstacle(reason, sure=False)
        if self._running is not None:
            return Obstacle(f"the `exec` on line {self._running} may rebind any name", sure=False)
        lasts = {n for name in said if (n := name.rpartition(".")[2]) in pure.FRESH}
        lasts |= {path.rpartition(".")[2] for path in called}
        for name, row in sorted(self._patched.items()):
            if name in lasts:
                return Obstacle(f"`{name}` is another function from line {row} on", sure=False)
        return None

    def _inside(self, names: Collection[str]) -> set[str]:
        """The names of imports and of other functions that functions of the module read, which a formula is made of."""
        found: set[str] = set()
        todo = set(names)
        while todo:
            function = self._functions.get(todo.pop())
            if function is None:
                continue
            read = {node.name for node in below(function) if isinstance(node, Name)} - found
            found |= {name for name in read if name in self._callees.imports or name in self._functions}
            todo |= read & self._functions.keys()
        return found

    @cached_property
    def _functions(self) -> dict[str, Function]:
        """The functions of the module, the last of a name."""
        return {node.name: node for node in self._module.body if isinstance(node, Function)}

    def _doubt(self, name: str) -> str | None:
        """Why a name of the module may mean something else than it was read as."""
        found = self._bindings.get(name, [])
        imports = [b for b in found if b.path is not None]
        others = [b for b in found if b.path is None]
        stars = [(row, package) for row, package in self._stars if not found or row > found[-1].row]
        if others and len(found) > 1:
            row = max(b.row for b in others)
            return f"`{name}` may be rebound on line {row}"
        homes = {getattr(dialect_of(b.path or ""), "name", None) for b in imports}
        if len(homes) > 1:
            return f"`{name}` may be rebound by the import on line {imports[-1].row}"
        for row, package in stars:
            if not self._is_known(package, name, imports):
                return f"`{name}` may have another meaning: line {row} imports all names of `{package}`"
        return None

    def _is_known(self, package: str, name: str, imports: Collection[Binding]) -> bool:
        """Whether it is known what a star import makes of a name: nothing, or what the imports make of it."""
        if (home := dialect_of(package)) is not None:
            return any(path.rpartition(".")[0] == package for path in home.functions)
        taken = names_of(package)
        if taken is None:
            # Python's own modules have no names of array libraries.
            return package.partition(".")[0] in sys.stdlib_module_names and name not in pure.FRESH
        paths = {b.path for b in imports} or {taken.get(name)}
        return name not in taken or (paths == {taken[name]} and taken[name] is not None)

    @cached_property
    def _bindings(self) -> dict[str, list[Binding]]:
        """Where the names of the module get their values, outside of functions or by `global`."""
        found: dict[str, list[Binding]] = defaultdict(list)
        for name, binding in _bound(self._module):
            found[name].append(binding)
        if "global " in self._text:
            for node in nodes_of(self._module, Declare):
                for name in node.names if node.word == "global" else ():
                    found[name] += 2 * [Binding(start(node)[0], None)]
        return {name: sorted(places, key=lambda one: one.row) for name, places in found.items()}

    @cached_property
    def _stars(self) -> list[tuple[int, str]]:
        return [(start(node)[0], node.package) for node in nodes_of(self._module, ImportFrom) if node.is_of_all]

    @cached_property
    def _running(self) -> int | None:
        """The row of code that runs text in the module's own names."""
        if "exec" not in self._text and "globals" not in self._text and "execfile" not in self._text:
            return None
        inside = {id(node) for function in functions_of(self._module) for node in below(function)}
        for call in nodes_of(self._module, Call):
            given = call.positional
            if isinstance(call.func, Name) and call.func.name in ("exec", "execfile"):
                outside = id(call) not in inside and len(given) == 1
                if outside or any("globals" in source(value) for value in given[1:]):
                    return start(call)[0]
        for item in nodes_of(self._module, Subscript):
            if id(item) in stored_in(self._module) and _are_globals(item.value):
                return start(item)[0]
        for method in nodes_of(self._module, Attribute):
            if method.attr in ("update", "setdefault", "pop") and _are_globals(method.value):
                return start(method)[0]
        return None

    @cached_property
    def _patched(self) -> dict[str, int]:
        """The functions that are set on what is imported, by their last names, each with a row."""
        found: dict[str, int] = {}
        for node in nodes_of(self._module, Attribute):
            if id(node) in stored_in(self._module):
                root = (dotted(node) or "").partition(".")[0]
                if root in self._callees.imports:
                    found.setdefault(node.attr, start(node)[0])
        for call in nodes_of(self._module, Call):
            for value in call.positional[:2] if called(call) in SETTING else ():
                if isinstance(value, Constant) and isinstance(value.value, str):
                    found.setdefault(value.value.rpartition(".")[2], start(call)[0])
        return found


def _are_globals(node: Expression) -> bool:
    return isinstance(node, Call) and dotted(node.func) == "globals"


def _bound(module: Module) -> Iterator[tuple[str, Binding]]:
    """The names that the statements of a module bind, those inside of functions and classes left out."""
    for node in own_nodes(module):
        match node:
            case Import() | ImportFrom():
                for name, path in imported(node):
                    yield name, Binding(start(node)[0], path)
            case Assign(targets=targets, value=Constant(value=None)) if all(isinstance(t, Name) for t in targets):
                # What could not be imported is no function.
                continue
            case Alias():
                continue
            case _:
                for name in names_bound(node):
                    yield name, Binding(start(node)[0], None)
