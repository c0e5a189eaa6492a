"""Whether a formula is what the stable function itself is made of, or compared with: then it may not call it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cached_property

from stabaudit.fix.again import Obstacle, Span
from stabaudit.fix.changes import FUNCTIONS, end, start
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import functions_of, imports_of, nodes_of, parents_of

#: Words by which a function is handed to a library as what it is to compute.
REGISTERING = re.compile(
    r"lowering|lower_fun|decomp|impl\b|_impl|def_impl|custom_op|torch\.library|\baten\b|\bprims?\b|primitive"
    r"|implements|overrid|overload|dispatch|defjvp|defvjp|batching|translation|abstract_eval|monkeypatch|mock\.patch",
    re.IGNORECASE,
)
#: Names of functions that stand for what a library computes.
STANDING_FOR = re.compile(r"lower(ing)?(_|$)|decomp|_impl$|_rule$|abstract_eval|_prim(al)?$", re.IGNORECASE)
#: Modules in which a library itself is written.
PRIVATE = re.compile(r"(torch\._|jax\._|jaxlib|tensorflow\.python|keras\.src|keras\._|torch\.fx|torch\.jit\._)")
ASSERTING = re.compile(r"^(assert\w*|allclose|isclose|testing)$")

ELEMENTARY = frozenset({"log1p", "expm1", "log", "exp", "sqrt", "sum", "abs", "cdf", "sf"})


class Defining:
    """Answers for the functions of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    def obstacle(self, place: Span, called: Collection[str], *, own: bool) -> Obstacle | None:
        """Why the formula at `place` may not call the functions at the dotted paths `called`.

        They are the library's `own`, or else the runtime's, which no library calls.
        """
        names = {key_of(path) for path in called}
        around = list(self._around(place))
        if own and (reason := self._defines(around, names)) is not None:
            return Obstacle(reason, sure=False)
        for test in self._tests:
            inside = any(test is node for node in around)
            uses = inside or any(getattr(n, "name", None) in self._calls(test) for n in around)
            if uses and (found := self._compared(test, place, called, own=own)) is not None:
                return Obstacle(f"`{found}` is tested against it in `{test.name}`", sure=False)
        return None

    def _defines(self, around: list[ast.AST], names: set[str]) -> str | None:
        for node in around:
            if isinstance(node, FUNCTIONS):
                said = [ast.unparse(d) for d in node.decorator_list]
                if any(REGISTERING.search(text) for text in said) or names & set(
                    map(key_of, re.findall(r"\.(\w+)", " ".join(said)))
                ):
                    return f"`@{said[0]}` may register it as the library's own implementation"
                if STANDING_FOR.search(node.name):
                    return f"`{node.name}` may be the library's own implementation"
                if key_of(node.name) in names and self._is_private:
                    return f"`{node.name}` may be the library's own"
            handed = [n for n in nodes_of(self._tree, ast.Name) if n.id == getattr(node, "name", None)]
            for reader in (node, *handed) if isinstance(node, ast.Lambda) else handed:
                if (text := self._handed(reader)) is not None:
                    return f"`{text}` may register it as the library's own implementation"
        return None

    def _handed(self, node: ast.AST) -> str | None:
        """What a function is given to that makes it what a library computes."""
        below, above = node, self._parents.get(id(node))
        while above is not None and not isinstance(above, ast.stmt):
            if isinstance(above, ast.Call) and above.func is not below and REGISTERING.search(ast.unparse(above.func)):
                return ast.unparse(above.func)
            if isinstance(above, ast.Dict):
                keys = [k for k, v in zip(above.keys, above.values, strict=True) if v is below]
                if any(isinstance(k, ast.Attribute) for k in keys):
                    return ast.unparse(keys[0]) if keys[0] is not None else None
            below, above = above, self._parents.get(id(above))
        if isinstance(above, ast.Assign) and above.value is below:
            for target in above.targets:
                if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Attribute):
                    return ast.unparse(target)
        return None

    def _compared(self, test: ast.AST, place: Span, called: Collection[str], *, own: bool) -> str | None:
        """The function that a test calls beside the formula, if the rewrite would call it as well."""
        names = {key_of(path) for path in called}
        direct: set[int] = set()
        for node in ast.walk(test):
            compared = isinstance(node, (ast.Assert, ast.Call)) and _asserts(node)
            if compared:
                direct |= {id(inner) for inner in ast.walk(node)}
            if isinstance(node, ast.Call) and not (start(node) >= place.first and end(node) <= place.last):
                path = _called(node)
                known = own or "stable" in path or path.partition(".")[0] in self._runtime
                # Of the elementary functions each test makes use.
                if known and key_of(path) in names and (key_of(path) not in ELEMENTARY or id(node) in direct):
                    return path
        return None

    def _around(self, place: Span) -> Iterator[ast.AST]:
        for node in nodes_of(self._tree, *FUNCTIONS, ast.Lambda):
            if start(node) <= place.first and place.last <= end(node):
                yield node

    @property
    def _parents(self) -> dict[int, ast.AST]:
        return parents_of(self._tree)

    @cached_property
    def _tests(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions that compare something."""
        comparing = [node for node in nodes_of(self._tree, ast.Assert, ast.Call) if _asserts(node)]
        if not comparing:
            return []
        functions = functions_of(self._tree)
        return [f for f in functions if any(start(f) <= start(node) and end(node) <= end(f) for node in comparing)]

    @cached_property
    def _is_private(self) -> bool:
        """Whether the module takes something from inside of a library."""
        imports = imports_of(self._tree)
        return any(PRIVATE.search(ast.unparse(node)) for node in imports)

    @cached_property
    def _runtime(self) -> frozenset[str]:
        """The names under which the runtime's functions are imported."""
        imports = imports_of(self._tree)
        return frozenset(
            a.asname or a.name.partition(".")[0]
            for node in imports
            if "stabaudit" in ast.unparse(node)
            for a in node.names
        )

    def _calls(self, function: ast.AST) -> set[str]:
        return {_called(node).rpartition(".")[2] for node in ast.walk(function) if isinstance(node, ast.Call)}


def key_of(path: str) -> str:
    """A function's name as all libraries have it: `log_softmax` for `LogSoftmax`."""
    return path.rpartition(".")[2].replace("_", "").lower()


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    return ASSERTING.match(_called(node).rpartition(".")[2]) is not None


def _called(call: ast.Call) -> str:
    """The path of what is called, or the name of a method."""
    return (
        call.func.attr
        if (path := dotted_name(call.func)) is None and isinstance(call.func, ast.Attribute)
        else path or ""
    )
