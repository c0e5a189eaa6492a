"""Formulas of test code by which results are judged: written as the tested function is, they would test nothing."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterator
from functools import cached_property

from stabaudit.fix.again import Obstacle, Span
from stabaudit.fix.changes import FUNCTIONS, end, start
from stabaudit.fix.defining import ELEMENTARY, key_of
from stabaudit.fix.said import chain
from stabaudit.source import here
from stabaudit.source.tree import functions_of, nodes_of

#: Names of what is compared with.
REFERENCE = re.compile(
    r"(^|_)(expect|expected|desired|ref|reference|naive|truth|oracle|correct|manual|analytic|analytical|exact)\d*(_|$)",
    re.IGNORECASE,
)
#: Functions that compare their arguments.
COMPARING = re.compile(
    r"_?assert\w*|verify\w*|compare\w*|check\w*(close|equal)\w*|allclose|isclose|approx|array_equal|almost_equal"
)
#: Packages that only tests import.
TESTING = re.compile(r"(pytest|unittest|hypothesis|nose|absl\.testing)\b|[\w.]*\b(testing|testcase|test_utils?)\b")
TEST_FILE = re.compile(r"(test_.*|.*_tests?|conftest|tests?)\.py")
TEST_FOLDERS = frozenset({"tests", "testing"})
#: Statements that give names a value.
ASSIGNING = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)

REASON = "what a test compares is computed with this formula"


class References:
    """Answers for the formulas of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    def obstacle(self, place: Span, called: Collection[str]) -> Obstacle | None:
        """Why the formula at `place` should stay as it is: it is what a test holds a function against.

        That is one of those `called` by the rewrite, at dotted paths, or one of that name.
        """
        if self._tests is None or not self._speaks_of(called):
            return None
        inside = [n for n in self._nodes if start(n) <= place.first and place.last <= end(n)]
        if not inside:
            return None
        named = any(isinstance(n, FUNCTIONS) and REFERENCE.search(n.name) for n in inside)
        if (named or self._is_compared(inside[-1], set())) and self._is_test_code:
            return Obstacle(REASON, sure=False)
        return None

    def _speaks_of(self, called: Collection[str]) -> bool:
        """Whether a name in the code holds that of a function, elementary ones left out."""
        keys = {key_of(path) for path in called} - ELEMENTARY
        return any(key in key_of(name) for key in keys for name in self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all functions that are defined or mentioned."""
        mentioned = {node.id for node in nodes_of(self._tree, ast.Name)}
        mentioned |= {node.attr for node in nodes_of(self._tree, ast.Attribute)}
        return frozenset(mentioned | {function.name for function in functions_of(self._tree)})

    def _is_compared(self, node: ast.AST, seen: set[int]) -> bool:
        """Whether what is computed from a value is compared with something, or has a name that says so."""
        if id(node) in seen:
            return False
        seen.add(id(node))
        below, above = node, self._parents.get(id(node))
        while isinstance(above, (ast.expr, ast.keyword, ast.comprehension)):
            if isinstance(above, ast.Call) and above.func is not below:
                path = _called(above)
                if COMPARING.fullmatch(path.rpartition(".")[2]) or ".testing." in path:
                    return True
                if isinstance(below, ast.keyword) and REFERENCE.search(below.arg or ""):
                    return True
            below, above = above, self._parents.get(id(above))
        if isinstance(above, ast.Assert):
            return True
        if isinstance(above, FUNCTIONS):
            return above.name.startswith("test_") and below in above.decorator_list
        if isinstance(above, ast.Return):
            function = self._function(above)
            return function is not None and self._is_read_to_compare(function.name, self._tree, seen)
        if isinstance(above, ASSIGNING):
            names = [name for target in _targets(above) if target is not below for name in _names(target)]
            if any(REFERENCE.search(name) for name in names):
                return True
            around = self._function(above) or self._tree
            return any(self._is_read_to_compare(name, around, seen) for name in names)
        return False

    def _is_read_to_compare(self, name: str, around: ast.AST, seen: set[int]) -> bool:
        last = name.rpartition(".")[2]
        for node in ast.walk(around if "." not in name else self._tree):
            match node:
                case ast.Name(id=found, ctx=ast.Load()) | ast.Attribute(attr=found, ctx=ast.Load()):
                    if found == last and self._is_compared(node, seen):
                        return True
        return False

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
        for node in self._nodes:
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

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return [n for n in ast.walk(self._tree) if hasattr(n, "lineno") or isinstance(n, ast.comprehension)]

    @cached_property
    def _parents(self) -> dict[int, ast.AST]:
        return {id(child): node for node in ast.walk(self._tree) for child in ast.iter_child_nodes(node)}


def _called(call: ast.Call) -> str:
    """The path of what is called, or the name of a method: `self.assertion(atol=1e-5)(x, y)` calls `self.assertion`."""
    function = call.func
    while isinstance(function, ast.Call):
        function = function.func
    return chain(function) or str(getattr(function, "attr", ""))


def _targets(statement: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _names(target: ast.expr) -> Iterator[str]:
    """The names that get a value, and those of which an item does."""
    while isinstance(target, (ast.Subscript, ast.Starred)):
        target = target.value
    if isinstance(target, (ast.Tuple, ast.List)):
        for one in target.elts:
            yield from _names(one)
    elif (name := chain(target)) is not None:
        yield name
