"""Which calls of a module are known to change nothing: those of pure functions of the array libraries, and its own."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from stabaudit.config.project import Project
from stabaudit.dialects import pure
from stabaudit.fix.change import Change
from stabaudit.fix.special_methods import is_special
from stabaudit.lift.reexports import library_behind
from stabaudit.source.sibling_modules import names_of
from stabaudit.syntax.bindings import imported, names_bound, stored, telling_nodes
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.dotted import called, calls_in, dotted, last
from stabaudit.syntax.expressions import Attribute, Call, Constant, Name, Subscript, Yield
from stabaudit.syntax.find import functions_of, imports_of, nodes_of
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.places import start
from stabaudit.syntax.statements import Assign, Declare, ImportFrom, Module

#: Decorators that leave a function what it is.
TRANSPARENT = frozenset({"staticmethod", "classmethod", "wraps", "no_grad", "jit", "njit", "lru_cache", "cache"})
#: Functions that reach every name.
REACHING = ("exec", "eval", "globals", "locals", "vars", "setattr", "__dict__")


class Callees:
    """What the functions and methods that a module calls are, by their names.

    `outer_changes` says what a function of the module changes beside names and arrays of its own.
    """

    def __init__(
        self,
        module: Module,
        text: str,
        project: Project,
        outer_changes: Callable[[Function, Callees], Sequence[Change]],
    ) -> None:
        self._outer_changes = outer_changes
        self.module = module
        self._text = text
        self._arrays = {way: path for name, path in project.arrays for way in (name, f"self.{name}")}
        self._meaning = project.meaning
        self._known: dict[str, bool] = {}

    def is_pure(self, call: Call, own: Iterable[str] = ()) -> bool:
        """Whether a call changes nothing; `own` are the names that the function around it binds."""
        if any(a.star == "**" or (a.keyword in pure.WRITING and not _is_off(a.value)) for a in call.args):
            return False
        return self.name(call, own) is not None

    def name(self, call: Call, own: Iterable[str] = ()) -> str | None:
        """The last name of the pure function that is called, `None` for any other."""
        func = call.func
        path = dotted(func)
        if isinstance(func, Name):
            return self._plain(func.name, own)
        if not isinstance(func, Attribute):
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
        calls = {name.rpartition(".")[2]: calls_in(node) for name, node in self.functions.items()}
        found: set[str] = set()
        size = -1
        while size != len(found):
            size = len(found)
            found |= {name for name, names in calls.items() if not names.isdisjoint(pure.DRAWING | found)}
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

    def _method(self, func: Attribute, path: str | None) -> str | None:
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
            decorators = (called(one) if isinstance(one, Call) else last(one) for one in node.decorators)
            plain = not node.asynchronous and all(name in TRANSPARENT for name in decorators)
            self._known[name] = plain and not self._changes_others(node)
        return self._known[name]

    def _changes_others(self, node: Function, *, waits: bool = True) -> bool:
        """Whether a function changes more than names and arrays of its own, or `waits` while others do."""
        return any(waits or not change.yields for change in self._outer_changes(node, self))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(node.name for node in nodes_of(self.module, Name))

    @cached_property
    def imports(self) -> dict[str, str]:
        """The dotted paths of the names that imports bind, be it in a function; of several the first one's."""
        # What comes by a star import has no path if a module of the project's own makes it.
        taken = (names_of(package) or {} for package in self._stars)
        found: dict[str, str] = {name: path or "." for names in taken for name, path in names.items()}
        for node in sorted(imports_of(self.module), key=start, reverse=True):
            for name, path in imported(node):
                found[name] = library_behind(path) if isinstance(node, ImportFrom) else path
        return {name: self._meaning(path) for name, path in found.items()}

    @cached_property
    def _stars(self) -> list[str]:
        """The modules of which all names are imported."""
        return [node.package for node in nodes_of(self.module, ImportFrom) if node.is_of_all]

    @cached_property
    def _takes_all(self) -> bool:
        """Whether all names of array libraries are imported, and of nothing else that is not known."""
        libraries = [package.partition(".")[0] in pure.LIBRARIES for package in self._stars]
        others = [p for p, is_library in zip(self._stars, libraries, strict=True) if not is_library]
        return any(libraries) and all(names_of(package) is not None for package in others)

    @cached_property
    def functions(self) -> dict[str, Function]:
        """The functions of the module that are defined once, and those of its classes as `self.name`."""
        found = [(node.name, node) for node in self.module.body if isinstance(node, Function)]
        found += [(f"self.{node.name}", node) for node in self._methods]
        times = Counter(name for name, _ in found)
        return {
            name: node for name, node in found if times[name] == 1 and ("." in name or self.bindings.get(name) == 1)
        }

    @cached_property
    def _methods(self) -> list[Function]:
        classes = nodes_of(self.module, Class)
        return [node for one in classes for node in one.body.body if isinstance(node, Function)]

    @cached_property
    def methods(self) -> frozenset[str]:
        """The names of all methods of the module's classes."""
        return frozenset(node.name for node in self._methods)

    @cached_property
    def bindings(self) -> dict[str, int]:
        """How often each name is given a value outside of functions and classes, or by `global` in one."""
        found = dict(Counter(name for node in telling_nodes(self.module) for name in names_bound(node)))
        for node in nodes_of(self.module, Declare):
            if node.word == "global":
                found.update((name, 2) for name in node.names)
        if any(word in self._text for word in ("exec(", "globals(")):
            return dict.fromkeys(found, 2)
        return found

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the module's classes."""
        return frozenset(node.name for node in nodes_of(self.module, Class))

    @cached_property
    def busy(self) -> frozenset[str]:
        """The names of properties that do more than give a value."""
        return frozenset(node.name for node in functions_of(self.module) if _is_busy(node))

    @cached_property
    def busy_specials(self) -> frozenset[str]:
        """The special methods of the module's classes that may change something, such as a `__bool__` that counts."""
        # Meanwhile they are taken for harmless, as they may use one another.
        self.__dict__["busy_specials"] = frozenset()
        methods = (node for node in self._methods if is_special(node.name))
        return frozenset(node.name for node in methods if self._changes_others(node, waits=False))

    @cached_property
    def values(self) -> dict[str, Expression]:
        """The values of the names that are given one once, outside of functions."""
        found = {}
        for node in self.module.body:
            match node:
                case Assign(targets=(Name(name=name),), value=value) if self.bindings.get(name) == 1:
                    found[name] = value
        return found


def _is_listed(name: str) -> bool:
    return name in pure.FRESH or name in pure.LOOKS


def _is_off(value: Expression) -> bool:
    return isinstance(value, Constant) and not value.value


def _is_busy(node: Function) -> bool:
    """Whether a function is a property that has a setter, or changes something when it is read."""
    if any(isinstance(decorator, Attribute) and decorator.attr == "setter" for decorator in node.decorators):
        return True
    is_property = any(isinstance(decorator, Name) and decorator.name == "property" for decorator in node.decorators)
    return is_property and any(map(_changes, below(node)))


def _changes(node: Node) -> bool:
    if isinstance(node, (Declare, Yield)):
        return True
    return any(isinstance(place, (Attribute, Subscript)) for place in stored(node))
