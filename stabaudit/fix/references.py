"""Formulas of test code by which results are judged: written as the tested function is, they would test nothing."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from stabaudit.fix.again import Obstacle, Span
from stabaudit.fix.changes import FUNCTIONS, end, start
from stabaudit.fix.defining import ELEMENTARY, key_of
from stabaudit.source import here
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import functions_of, nodes_of, parents_of

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
LOOPS = (ast.For, ast.AsyncFor)
ASSIGNING = (ast.Assign, ast.AnnAssign, ast.AugAssign, *LOOPS)

REASON = "what a test compares is computed with this formula"


class References:
    """Answers for the formulas of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    def obstacle(self, place: Span, called: Collection[str]) -> Obstacle | None:
        """Why the formula at `place` should stay as it is: it is what a test holds a function against.

        That is one of those `called` by the rewrite, at dotted paths, or one of that name.
        """
        if self._tests is None:
            return None
        inside = self._around(place)
        functions = [n.name for n in inside if isinstance(n, FUNCTIONS)]
        if any(map(FAULTY.search, functions)) and self._is_test_code:
            return Obstacle("the test relies on the instability of this formula", sure=False)
        keys = {key_of(path) for path in called} - ELEMENTARY
        if not inside or not any(key in name for key in keys for name in self._names):
            return None
        named = any(map(REFERENCE.search, functions))
        if (named or self._is_held_against(inside[-1], keys)) and self._is_test_code:
            return Obstacle(REASON, sure=False)
        return None

    def _around(self, place: Span) -> list[ast.AST]:
        """The nodes that the formula at `place` is in, from the outside in."""
        found: list[ast.AST] = []
        todo: list[ast.AST] = [self._tree]
        while todo:
            for child in _inside(todo.pop()):
                if not hasattr(child, "lineno"):
                    todo.append(child)
                elif start(child) <= place.first and place.last <= end(child):
                    found.append(child)
                    todo.append(child)
        return found

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all functions that are defined or mentioned, as all libraries have them."""
        return frozenset(
            map(
                key_of,
                {*_said_in(nodes_of(self._tree, ast.Name, ast.Attribute)), *(f.name for f in functions_of(self._tree))},
            )
        )

    def _is_held_against(self, node: ast.AST, keys: Collection[str]) -> bool:
        """Whether what is computed from a value is compared with what a function of such a name gives."""
        return any(not self._spoken_of(one).isdisjoint(keys) for one in self._comparisons(node, set(), named=False))

    def _spoken_of(self, comparison: ast.AST) -> set[str]:
        """What is mentioned in a comparison, and in what its names were given, as all libraries call it."""
        around = self._function(comparison) or self._tree
        found: set[str] = set()
        todo, seen = [comparison], {id(comparison)}
        while todo:
            mentioned = _mentioned(todo.pop())
            found |= {key_of(name) for name in mentioned}
            for statement in ast.walk(around):
                if isinstance(statement, ASSIGNING) and id(statement) not in seen:
                    names = {name.rpartition(".")[2] for t in _targets(statement) for name in _names(t)}
                    if not names.isdisjoint(mentioned):
                        seen.add(id(statement))
                        todo.append(statement.iter if isinstance(statement, LOOPS) else statement.value or statement)
        return found

    def _comparisons(self, node: ast.AST, seen: set[int], *, named: bool) -> Iterator[ast.AST]:
        """Where what is computed from a value is compared with something.

        What is `named` as a reference is, is compared by whatever is called with it.
        """
        if id(node) in seen:
            return
        seen.add(id(node))
        below, above = node, self._parents.get(id(node))
        while isinstance(above, (ast.expr, ast.keyword, ast.comprehension)):
            if isinstance(above, ast.Call) and above.func is not below:
                path = _called(above)
                compares = COMPARING.fullmatch(path.rpartition(".")[2]) or ".testing." in path
                if compares or named or (isinstance(below, ast.keyword) and REFERENCE.search(below.arg or "")):
                    yield above
            below, above = above, self._parents.get(id(above))
        if isinstance(above, ast.Assert) or (
            isinstance(above, FUNCTIONS) and above.name.startswith("test_") and below in above.decorator_list
        ):
            yield below if isinstance(above, FUNCTIONS) else above
        elif isinstance(above, ast.Return):
            if (function := self._function(above)) is not None:
                yield from self._read_to_compare(function.name, self._tree, seen, named=named)
        elif isinstance(above, ASSIGNING):
            around = self._function(above) or self._tree
            for name in (name for target in _targets(above) if target is not below for name in _names(target)):
                yield from self._read_to_compare(name, around, seen, named=named or REFERENCE.search(name) is not None)

    def _read_to_compare(self, name: str, around: ast.AST, seen: set[int], *, named: bool) -> Iterator[ast.AST]:
        last = name.rpartition(".")[2]
        whole = around is self._tree or "." in name
        for node in nodes_of(self._tree, ast.Name, ast.Attribute) if whole else ast.walk(around):
            match node:
                case ast.Name(id=found, ctx=ast.Load()) | ast.Attribute(attr=found, ctx=ast.Load()):
                    if found == last:
                        yield from self._comparisons(node, seen, named=named)

    def _function(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        above = self._parents.get(id(node))
        while above is not None and not isinstance(above, FUNCTIONS):
            above = self._parents.get(id(above))
        return above if isinstance(above, FUNCTIONS) else None

    @property
    def _is_test_code(self) -> bool:
        """Whether the text says that it tests, or else the name of its file."""
        if self._tests:
            return True
        path = here.asked()
        if path is None:
            return False
        folder, name = os.path.split(os.path.relpath(path))
        return TEST_FILE.fullmatch(name) is not None or not TEST_FOLDERS.isdisjoint(folder.split(os.sep))

    @cached_property
    def _tests(self) -> bool | None:
        """Whether the text says that it tests; `None` if nothing in it is compared or named as a reference is."""
        compares = False
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom, ast.Assert, ast.Name, ast.Attribute)
        for node in (node for kind in kinds for node in nodes_of(self._tree, kind)):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if name.startswith("test_"):
                    return True
                case ast.Import(names=names) if any(TESTING.match(a.name) for a in names):
                    return True
                case ast.ImportFrom(module=str() as module) if TESTING.match(module):
                    return True
                case ast.Assert():
                    compares = True
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                    compares = compares or bool(REFERENCE.search(name) or COMPARING.fullmatch(name))
        return False if compares else None

    @property
    def _parents(self) -> dict[int, ast.AST]:
        return parents_of(self._tree)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes in a node, and the decorators of those: they stand before what they belong to."""
    for child in ast.iter_child_nodes(node):
        yield child
        yield from getattr(child, "decorator_list", ())


def _called(call: ast.Call) -> str:
    """The path of what is called, or the name of a method: `self.assertion(atol=1e-5)(x, y)` calls `self.assertion`."""
    function = call.func
    while isinstance(function, ast.Call):
        function = function.func
    return dotted_name(function) or str(getattr(function, "attr", ""))


def _targets(statement: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _names(target: ast.expr) -> Iterator[str]:
    """The names that get a value, and those of which an item does."""
    while isinstance(target, (ast.Subscript, ast.Starred)):
        target = target.value
    if isinstance(target, (ast.Tuple, ast.List)):
        for one in target.elts:
            yield from _names(one)
    elif (name := dotted_name(target)) is not None:
        yield name


def _mentioned(node: ast.AST) -> set[str]:
    """The names and attributes in a piece of code."""
    return _said_in(one for one in ast.walk(node) if isinstance(one, (ast.Name, ast.Attribute)))


def _said_in(nodes: Iterable[ast.Name | ast.Attribute]) -> set[str]:
    return {one.id if isinstance(one, ast.Name) else one.attr for one in nodes}
