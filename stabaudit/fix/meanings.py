"""Whether the names of functions in a formula mean what they were read as whenever the formula is computed.

A module's names may get another value below the formula, in an `if`, by `global`, by a star import, by `exec`; a
module that is imported may be given another function.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from stabaudit.dialects import dialect_of, pure
from stabaudit.fix.again import Obstacle
from stabaudit.fix.callees import FUNCTIONS, Callees
from stabaudit.source.beside import names_of
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import functions_of, nodes_of

CLOSED = (*FUNCTIONS, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Functions by which tests and patches set an attribute of what they are given.
SETTING = frozenset({"setattr", "object", "patch", "delattr", "dict"})


class Binding(NamedTuple):
    """A place at which a name of the module gets a value: a dotted path if that is imported."""

    row: int
    path: str | None
    says: str


class Meanings:
    """The meanings of the names of one module."""

    def __init__(self, tree: ast.Module, text: str, callees: Callees) -> None:
        self._tree = tree
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
            read = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} - found
            found |= {name for name in read if name in self._callees.imports or name in self._functions}
            todo |= read & self._functions.keys()
        return found

    @cached_property
    def _functions(self) -> dict[str, ast.stmt]:
        """The functions of the module, the last of a name."""
        return {node.name: node for node in self._tree.body if isinstance(node, FUNCTIONS)}

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
        for name, binding in _bound(self._tree.body):
            found[name].append(binding)
        if "global " in self._text:
            for node in nodes_of(self._tree, ast.Global):
                for name in node.names:
                    found[name] += [Binding(node.lineno, None, "global"), Binding(node.lineno, None, "global")]
        return {name: sorted(places) for name, places in found.items()}

    @cached_property
    def _stars(self) -> list[tuple[int, str]]:
        return [
            (node.lineno, "." * node.level + (node.module or ""))
            for node in nodes_of(self._tree, ast.ImportFrom)
            if node.names[0].name == "*"
        ]  # fmt: skip

    @cached_property
    def _running(self) -> int | None:
        """The row of code that runs text in the module's own names."""
        if "exec" not in self._text and "globals" not in self._text and "execfile" not in self._text:
            return None
        inside = {id(n) for f in functions_of(self._tree) for n in ast.walk(f)}
        for node in nodes_of(self._tree, ast.Call, ast.Subscript, ast.Attribute):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("exec", "execfile"):
                outside = id(node) not in inside and len(node.args) == 1
                if outside or any("globals" in ast.unparse(a) for a in node.args[1:]):
                    return node.lineno
            target = node.value if isinstance(node, (ast.Subscript, ast.Attribute)) else None
            if isinstance(target, ast.Call) and dotted_name(target.func) == "globals":
                if isinstance(node, ast.Attribute) and node.attr in ("update", "setdefault", "pop"):
                    return node.lineno
                if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                    return node.lineno
        return None

    @cached_property
    def _patched(self) -> dict[str, int]:
        """The functions that are set on what is imported, by their last names, each with a row."""
        found: dict[str, int] = {}
        for node in nodes_of(self._tree, ast.Attribute, ast.Call):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                root = (dotted_name(node) or "").partition(".")[0]
                if root in self._callees.imports:
                    found.setdefault(node.attr, node.lineno)
            elif isinstance(node, ast.Call) and (_last(node.func) in SETTING):
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found.setdefault(argument.value.rpartition(".")[2], node.lineno)
        return found


def _last(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _are_names(targets: Iterable[ast.expr]) -> bool:
    return all(isinstance(target, ast.Name) for target in targets)


def _bound(body: Iterable[ast.AST]) -> Iterator[tuple[str, Binding]]:
    """The names that statements bind, those inside of functions and classes left out."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, Binding(node.lineno, None, "def")
            case ast.Import(names=names):
                for a in names:
                    root = a.name.partition(".")[0]
                    yield a.asname or root, Binding(node.lineno, a.name if a.asname else root, "import")
            case ast.ImportFrom(module=module, names=names, level=level):
                package = "." * level + (module or "")
                for a in names:
                    if a.name != "*":
                        yield a.asname or a.name, Binding(node.lineno, f"{package}.{a.name}", "import")
            case ast.Assign(targets=targets, value=ast.Constant(value=None)) if _are_names(targets):
                # What could not be imported is no function.
                continue
            case ast.Name(id=name) if not isinstance(node.ctx, ast.Load):
                yield name, Binding(node.lineno, None, "=")
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, Binding(getattr(node, "lineno", 0), None, "as")
        if not isinstance(node, CLOSED):
            yield from _bound(ast.iter_child_nodes(node))
