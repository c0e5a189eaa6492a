"""Formulas of test code by which results are judged: written as the tested function is, they would test nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cached_property

from stabaudit.fix.defining import ELEMENTARY, key_of
from stabaudit.fix.rereading import Obstacle
from stabaudit.source import current_file
from stabaudit.syntax.bindings import stored
from stabaudit.syntax.compound import For, Function
from stabaudit.syntax.dotted import dotted, last
from stabaudit.syntax.expressions import Argument, Attribute, Call, Item, Loop, Name, Slice, Subscript
from stabaudit.syntax.find import functions_of, nodes_of, parents_of, stored_in
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.places import Span, nodes_around
from stabaudit.syntax.statements import Annotated, Assert, Assign, Augment, Import, ImportFrom, Module, Return

#: Names of what is compared with.
REFERENCE = re.compile(
    r"(^|_)(expect|expected|desired|ref|reference|naive|truth|oracle|correct|manual|analytic|analytical|exact)\d*(_|$)",
    re.IGNORECASE,
)
#: Names of functions that are there for their fault.
FAULTY = re.compile(r"(^|_)(nan|unstable|instab\w*|overflow\w*|underflow\w*)(_|$)", re.IGNORECASE)
#: Functions that compare their arguments.
COMPARING = re.compile(
    r"_?assert\w*|verify\w*|compare\w*|check\w*(close|equal)\w*|allclose|isclose|approx|array_equal|almost_equal"
)
#: Packages that only tests import.
TESTING = re.compile(r"(pytest|unittest|hypothesis|nose|absl\.testing)\b|[\w.]*\b(testing|testcase|test_utils?)\b")
TEST_FILE = re.compile(r"(test_.*|.*_tests?|conftest|tests?)\.py")
TEST_FOLDERS = frozenset({"tests", "testing"})
#: Statements that give names a value.
ASSIGNING = (Assign, Annotated, Augment, For)

REASON = "what a test compares is computed with this formula"


class References:
    """Answers for the formulas of one module."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def obstacle(self, place: Span, called: Collection[str]) -> Obstacle | None:
        """Why the formula at `place` should stay as it is: it is what a test holds a function against.

        That is one of those `called` by the rewrite, at dotted paths, or one of that name.
        """
        if self._tests is None:
            return None
        inside = nodes_around(self._module, place)
        functions = [n.name for n in inside if isinstance(n, Function)]
        if any(map(FAULTY.search, functions)) and self._is_test_code:
            return Obstacle("the test relies on the instability of this formula", sure=False)
        keys = {key_of(path) for path in called} - ELEMENTARY
        if not inside or not any(key in name for key in keys for name in self._names):
            return None
        named = any(map(REFERENCE.search, functions))
        if (named or self._is_held_against(inside[-1], keys)) and self._is_test_code:
            return Obstacle(REASON, sure=False)
        return None

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all functions that are defined or mentioned, as all libraries have them."""
        said = {last(node) for node in nodes_of(self._module, Name, Attribute)}
        return frozenset(map(key_of, said.union(f.name for f in functions_of(self._module))))

    def _is_held_against(self, node: Node, keys: Collection[str]) -> bool:
        """Whether what is computed from a value is compared with what a function of such a name gives."""
        return any(not self._spoken_of(one).isdisjoint(keys) for one in self._comparisons(node, set(), named=False))

    def _spoken_of(self, comparison: Node) -> set[str]:
        """What is mentioned in a comparison, and in what its names were given, as all libraries call it."""
        around = self._function(comparison) or self._module
        found: set[str] = set()
        todo, seen = [comparison], {id(comparison)}
        while todo:
            mentioned = _mentioned(todo.pop())
            found |= {key_of(name) for name in mentioned}
            for statement in below(around):
                if isinstance(statement, ASSIGNING) and id(statement) not in seen:
                    names = {name.rpartition(".")[2] for place in stored(statement) for name in _names(place)}
                    if not names.isdisjoint(mentioned):
                        seen.add(id(statement))
                        todo.append(statement.iter if isinstance(statement, For) else statement.value or statement)
        return found

    def _comparisons(self, node: Node, seen: set[int], *, named: bool) -> Iterator[Node]:
        """Where what is computed from a value is compared with something.

        What is `named` as a reference is, is compared by whatever is called with it.
        """
        if id(node) in seen:
            return
        seen.add(id(node))
        inner, above = node, self._parents.get(id(node))
        while isinstance(above, (Expression, Argument, Item, Loop, Slice)):
            if isinstance(above, Call) and above.func is not inner:
                path = _called(above)
                compares = COMPARING.fullmatch(path.rpartition(".")[2]) or ".testing." in path
                word = (isinstance(inner, Argument) and inner.keyword) or ""
                if compares or named or REFERENCE.search(word):
                    yield above
            inner, above = above, self._parents.get(id(above))
        if isinstance(above, Assert):
            yield above
        elif isinstance(above, Function):
            if above.name.startswith("test_") and inner in above.decorators:
                yield inner
        elif isinstance(above, Return):
            if (function := self._function(above)) is not None:
                yield from self._read_to_compare(function.name, self._module, seen, named=named)
        elif isinstance(above, ASSIGNING):
            around = self._function(above) or self._module
            for name in (name for place in stored(above) if place is not inner for name in _names(place)):
                yield from self._read_to_compare(name, around, seen, named=named or REFERENCE.search(name) is not None)

    def _read_to_compare(self, name: str, around: Node, seen: set[int], *, named: bool) -> Iterator[Node]:
        word = name.rpartition(".")[2]
        whole = around is self._module or "." in name
        for node in nodes_of(self._module, Name, Attribute) if whole else below(around):
            if isinstance(node, (Name, Attribute)) and last(node) == word and id(node) not in stored_in(self._module):
                yield from self._comparisons(node, seen, named=named)

    def _function(self, node: Node) -> Function | None:
        above = self._parents.get(id(node))
        while above is not None and not isinstance(above, Function):
            above = self._parents.get(id(above))
        return above

    @property
    def _is_test_code(self) -> bool:
        """Whether the text says that it tests, or else the name of its file."""
        if self._tests:
            return True
        path = current_file.asked()
        if path is None:
            return False
        folder, name = os.path.split(os.path.relpath(path))
        return TEST_FILE.fullmatch(name) is not None or not TEST_FOLDERS.isdisjoint(folder.split(os.sep))

    @cached_property
    def _tests(self) -> bool | None:
        """Whether the text says that it tests; `None` if nothing in it is compared or named as a reference is."""
        functions = [function.name for function in functions_of(self._module)]
        paths = [alias.name for node in nodes_of(self._module, Import) for alias in node.names]
        paths += [node.package for node in nodes_of(self._module, ImportFrom)]
        if any(name.startswith("test_") for name in functions) or any(map(TESTING.match, paths)):
            return True
        said = {*functions, *(last(node) for node in nodes_of(self._module, Name, Attribute))}
        compares = any(REFERENCE.search(name) or COMPARING.fullmatch(name) for name in said)
        return False if compares or nodes_of(self._module, Assert) else None

    @property
    def _parents(self) -> dict[int, Node]:
        return parents_of(self._module)


def _called(call: Call) -> str:
    """The path of what is called, or the name of a method: `self.assertion(atol=1e-5)(x, y)` calls `self.assertion`."""
    function = call.func
    while isinstance(function, Call):
        function = function.func
    return dotted(function) or last(function)


def _names(place: Expression) -> Iterator[str]:
    """The name that gets a value, or that of which an item does."""
    while isinstance(place, Subscript):
        place = place.value
    if (name := dotted(place)) is not None:
        yield name


def _mentioned(node: Node) -> set[str]:
    """The names and attributes in a piece of code."""
    return {last(one) for one in below(node) if isinstance(one, (Name, Attribute))}
