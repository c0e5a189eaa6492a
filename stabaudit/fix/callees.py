"""Which calls of a module are known to change nothing: those of pure functions of the array libraries, and its own."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from functools import cached_property

from stabaudit.config.project import Project
from stabaudit.dialects import pure
from stabaudit.fix.special_methods import is_special
from stabaudit.lift.reexports import library_behind
from stabaudit.source.beside import names_of
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import nodes_of, statements

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Decorators that leave a function what it is.
TRANSPARENT = frozenset({"staticmethod", "classmethod", "wraps", "no_grad", "jit", "njit", "lru_cache", "cache"})
#: Functions that reach every name.
REACHING = ("exec", "eval", "globals", "locals", "vars", "setattr", "__dict__")


class Callees:
    """What the functions and methods that a module calls are, by their names."""

    def __init__(self, tree: ast.Module, text: str, project: Project) -> None:
        self._tree = tree
        self._text = text
        self._arrays = {way: path for name, path in project.arrays for way in (name, f"self.{name}")}
        self._meaning = project.meaning
        self._known: dict[str, bool] = {}

    def is_pure(self, call: ast.Call, own: Iterable[str] = ()) -> bool:
        """Whether a call changes nothing; `own` are the names that the function around it binds."""
        if any(k.arg is None or (k.arg in pure.WRITING and not _is_off(k.value)) for k in call.keywords):
            return False
        name = self.name(call, own)
        return name is not None

    def name(self, call: ast.Call, own: Iterable[str] = ()) -> str | None:
        """The last name of the pure function that is called, `None` for any other."""
        func = call.func
        path = dotted_name(func)
        if isinstance(func, ast.Name):
            return self._plain(func.id, own)
        if not isinstance(func, ast.Attribute):
            return None
        if path is not None and (home := self.home(path, own)) is not None:
            return func.attr if home and (_is_listed(func.attr) or func.attr in pure.OF_UFUNCS) else None
        return self._method(func, path)

    def home(self, path: str, own: Iterable[str] = ()) -> bool | None:
        """Whether a dotted path leads into an array library; `None` if it begins with no module's name."""
        for pinned, target in self._arrays.items():
            if path.startswith(f"{pinned}."):
                return target.partition(".")[0] in pure.LIBRARIES
        root = path.partition(".")[0]
        if root not in self.imports or root in own:
            return None
        return self.imports[root].partition(".")[0] in pure.LIBRARIES

    def is_fixed(self, name: str) -> bool:
        """Whether a name of the module means the same wherever it is read: one import or definition binds it, or none.

        Imports under several conditions are taken for one.
        """
        if name not in self.bindings:
            return hasattr(builtins, name) or name in self.imports
        return name in self.imports or (name in self.functions and self.bindings[name] == 1)

    def mentions(self, name: str) -> bool:
        """Whether a name stands in the module's code."""
        return name in self._names

    def draws(self, name: str) -> bool:
        """Whether a function of this name draws random numbers."""
        return name in pure.DRAWING or name in self._own_draws

    @cached_property
    def _own_draws(self) -> frozenset[str]:
        """The functions of the module that draw random numbers, by themselves or by others."""
        called = {
            name.rpartition(".")[2]: {
                (dotted_name(call.func) or "").rpartition(".")[2]
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
            }
            for name, node in self.functions.items()
        }
        found: set[str] = set()
        size = -1
        while size != len(found):
            size = len(found)
            found |= {name for name, calls in called.items() if not calls.isdisjoint(pure.DRAWING | found)}
        return frozenset(found)

    def _plain(self, name: str, own: Iterable[str]) -> str | None:
        if name in own:
            return None
        if name in self.imports:
            listed = self.imports[name].partition(".")[0] in pure.LIBRARIES and _is_listed(name)
            return self.imports[name].rpartition(".")[2] if listed else None
        if name in self.functions:
            return name if self._is_own_pure(name) else None
        if name in self.bindings:
            return None
        if name in pure.BUILTINS or name in pure.LOOKING_BUILTINS:
            return name
        return name if self._takes_all and _is_listed(name) else None

    def _method(self, func: ast.Attribute, path: str | None) -> str | None:
        """A method of arrays by its name, unless it may be one of a class of this module."""
        name = func.attr
        if path is not None and path.count(".") == 1 and path.startswith(("self.", "cls.")):
            return name if self._is_own_pure(path) else None
        if name in pure.LOGGING and path is not None and "log" in path.rpartition(".")[0].lower():
            return name
        if name in self.methods or name in pure.CHANGING:
            return None
        return name if _is_listed(name) or name in pure.TEXT else None

    def _is_own_pure(self, name: str) -> bool:
        """Whether a function or method of the module changes nothing but names and arrays of its own."""
        node = self.functions.get(name)
        if node is None:
            return False
        if name not in self._known:
            # One that calls itself is not known to end, either.
            self._known[name] = False
            plain = isinstance(node, ast.FunctionDef) and all(
                (dotted_name(d.func if isinstance(d, ast.Call) else d) or "").rpartition(".")[2] in TRANSPARENT
                for d in node.decorator_list
            )
            self._known[name] = plain and not self._changes_others(node)
        return self._known[name]

    def _changes_others(self, node: ast.stmt, *, waits: bool = True) -> bool:
        """Whether a function changes more than names and arrays of its own, or `waits` while others do."""
        from stabaudit.fix.changes import changes
        from stabaudit.fix.locals import Locals

        own = Locals(node, self)
        return any(
            change.binds is None
            and (change.within is None or not own.is_array(change.within))
            and (waits or not change.yields)
            for change in changes(node, own)
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(node.id for node in nodes_of(self._tree, ast.Name))

    @cached_property
    def _every(self) -> list[ast.stmt]:
        return list(statements(self._tree))

    @cached_property
    def imports(self) -> dict[str, str]:
        """The dotted paths of the names that imports bind, be it in a function."""
        # What comes by a star import has no path if a module of the project's own makes it.
        taken = (names_of(package) or {} for package in self._stars)
        found: dict[str, str] = {name: path or "." for names in taken for name, path in names.items()}
        for node in self._every:
            if isinstance(node, ast.Import):
                for a in node.names:
                    found[a.asname or a.name.partition(".")[0]] = a.name if a.asname else a.name.partition(".")[0]
            elif isinstance(node, ast.ImportFrom):
                package = "." * node.level + (node.module or "")
                found.update(
                    (a.asname or a.name, library_behind(f"{package}.{a.name}")) for a in node.names if a.name != "*"
                )
        return {name: self._meaning(path) for name, path in found.items()}

    @cached_property
    def _stars(self) -> list[str]:
        """The modules of which all names are imported."""
        stars = (n for n in self._every if isinstance(n, ast.ImportFrom) and n.names[0].name == "*")
        return ["." * n.level + (n.module or "") for n in stars]

    @cached_property
    def _takes_all(self) -> bool:
        """Whether all names of array libraries are imported, and of nothing else that is not known."""
        libraries = [package.partition(".")[0] in pure.LIBRARIES for package in self._stars]
        others = [p for p, is_library in zip(self._stars, libraries, strict=True) if not is_library]
        return any(libraries) and all(names_of(package) is not None for package in others)

    @cached_property
    def functions(self) -> dict[str, ast.stmt]:
        """The functions of the module that are defined once, and those of its classes as `self.name`."""
        found: dict[str, list[ast.stmt]] = {}
        for node in self._tree.body:
            if isinstance(node, FUNCTIONS):
                found.setdefault(node.name, []).append(node)
        for node in self._every:
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, FUNCTIONS):
                        found.setdefault(f"self.{inner.name}", []).append(inner)
        return {
            name: nodes[0]
            for name, nodes in found.items()
            if len(nodes) == 1 and ("." in name or self.bindings.get(name) == 1)
        }

    @cached_property
    def methods(self) -> frozenset[str]:
        """The names of all methods of the module's classes."""
        classes = (node for node in self._every if isinstance(node, ast.ClassDef))
        return frozenset(inner.name for node in classes for inner in node.body if isinstance(inner, FUNCTIONS))

    @cached_property
    def bindings(self) -> dict[str, int]:
        """How often each name is given a value outside of functions and classes, or by `global` in one."""
        found: dict[str, int] = {}
        for name in _bound(self._tree.body):
            found[name] = found.get(name, 0) + 1
        for node in self._every:
            if isinstance(node, ast.Global):
                found.update((name, 2) for name in node.names)
        if any(word in self._text for word in ("exec(", "globals(")):
            return dict.fromkeys(found, 2)
        return found

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the module's classes."""
        return frozenset(node.name for node in self._every if isinstance(node, ast.ClassDef))

    @cached_property
    def busy(self) -> frozenset[str]:
        """The names of properties that do more than give a value."""
        return frozenset(
            node.name for node in self._every if isinstance(node, ast.FunctionDef) and _is_busy(node)
        )  # fmt: skip

    @cached_property
    def busy_specials(self) -> frozenset[str]:
        """The special methods of the module's classes that may change something, such as a `__bool__` that counts."""
        # Meanwhile they are taken for harmless, as they may use one another.
        self.__dict__["busy_specials"] = frozenset()
        classes = (node for node in self._every if isinstance(node, ast.ClassDef))
        methods = (n for c in classes for n in c.body if isinstance(n, FUNCTIONS) and is_special(n.name))
        return frozenset(node.name for node in methods if self._changes_others(node, waits=False))

    @cached_property
    def values(self) -> dict[str, ast.expr]:
        """The values of the names that are given one once, outside of functions."""
        found = {}
        for node in self._tree.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if self.bindings.get(name) == 1:
                    found[name] = value
        return found


def _is_listed(name: str) -> bool:
    return name in pure.FRESH or name in pure.LOOKS


def _is_off(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value


def _is_busy(node: ast.FunctionDef) -> bool:
    """Whether a function is a property that has a setter, or changes something when it is read."""
    if any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in node.decorator_list):
        return True
    is_property = any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list)
    return is_property and any(_changes(part) for part in ast.walk(node))


def _changes(node: ast.AST) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete)):
        targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
        return any(isinstance(t, (ast.Attribute, ast.Subscript)) for t in targets)
    return isinstance(node, (ast.Global, ast.Nonlocal, ast.Yield))


def _bound(body: Iterable[ast.AST]) -> Iterator[str]:
    """The names that statements bind, those inside of functions and classes left out."""
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (a.asname or a.name.partition(".")[0] for a in node.names)
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name
        if not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            yield from _bound(ast.iter_child_nodes(node))
