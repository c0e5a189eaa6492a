"""Whether a formula is what the stable function itself is made of, or compared with: then it may not call it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from stabaudit.fix.rereading import Obstacle
from stabaudit.syntax.bindings import imported, imported_paths
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import calls_in, dotted, last
from stabaudit.syntax.expressions import Attribute, Call, Item, Lambda, Name, Subscript
from stabaudit.syntax.find import functions_of, imports_of, nodes_of, parents_of
from stabaudit.syntax.node import Node, Statement, below
from stabaudit.syntax.places import Span, span
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Assert, Assign, Module

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

    def __init__(self, module: Module) -> None:
        self._module = module

    def obstacle(self, place: Span, called: Collection[str], *, own: bool) -> Obstacle | None:
        """Why the formula at `place` may not call the functions at the dotted paths `called`.

        They are the library's `own`, or else the runtime's, which no library calls.
        """
        names = {key_of(path) for path in called}
        every: list[Function | Lambda] = [*functions_of(self._module), *nodes_of(self._module, Lambda)]
        around = [node for node in every if span(node).encloses(place)]
        if own and (reason := self._defines(around, names)) is not None:
            return Obstacle(reason, sure=False)
        for test in self._tests:
            inside = any(test is node for node in around)
            uses = inside or any(getattr(n, "name", None) in calls_in(test) for n in around)
            if uses and (found := self._compared(test, place, called, own=own)) is not None:
                return Obstacle(f"`{found}` is tested against it in `{test.name}`", sure=False)
        return None

    def _defines(self, around: Sequence[Function | Lambda], names: set[str]) -> str | None:
        for node in around:
            if isinstance(node, Function):
                said = [source(decorator) for decorator in node.decorators]
                if any(REGISTERING.search(text) for text in said) or names & set(
                    map(key_of, re.findall(r"\.(\w+)", " ".join(said)))
                ):
                    return f"`@{said[0]}` may register it as the library's own implementation"
                if STANDING_FOR.search(node.name):
                    return f"`{node.name}` may be the library's own implementation"
                if key_of(node.name) in names and self._is_private:
                    return f"`{node.name}` may be the library's own"
                readers: list[Node] = [n for n in nodes_of(self._module, Name) if n.name == node.name]
            else:
                readers = [node]
            for reader in readers:
                if (text := self._handed(reader)) is not None:
                    return f"`{text}` may register it as the library's own implementation"
        return None

    def _handed(self, node: Node) -> str | None:
        """What a function is given to that makes it what a library computes."""
        below, above = node, self._parents.get(id(node))
        while above is not None and not isinstance(above, Statement):
            if isinstance(above, Call) and above.func is not below and REGISTERING.search(source(above.func)):
                return source(above.func)
            if isinstance(above, Item) and isinstance(above.key, Attribute) and above.value is below:
                return source(above.key)
            below, above = above, self._parents.get(id(above))
        if isinstance(above, Assign) and above.value is below:
            for target in above.targets:
                if isinstance(target, Subscript) and isinstance(target.places[0], Attribute):
                    return source(target)
        return None

    def _compared(self, test: Function, place: Span, called: Collection[str], *, own: bool) -> str | None:
        """The function that a test calls beside the formula, if the rewrite would call it as well."""
        names = {key_of(path) for path in called}
        direct: set[int] = set()
        for node in below(test):
            if _asserts(node):
                direct |= {id(inner) for inner in below(node)}
            if isinstance(node, Call) and not place.encloses(span(node)):
                path = _called(node)
                known = own or "stable" in path or path.partition(".")[0] in self._runtime
                # Of the elementary functions each test makes use.
                if known and key_of(path) in names and (key_of(path) not in ELEMENTARY or id(node) in direct):
                    return path
        return None

    @property
    def _parents(self) -> dict[int, Node]:
        return parents_of(self._module)

    @cached_property
    def _tests(self) -> list[Function]:
        """The functions that compare something."""
        comparing = [node for node in nodes_of(self._module, Assert, Call) if _asserts(node)]
        if not comparing:
            return []
        return [f for f in functions_of(self._module) if any(span(f).encloses(span(node)) for node in comparing)]

    @cached_property
    def _is_private(self) -> bool:
        """Whether the module takes something from inside of a library."""
        return any(PRIVATE.search(path) for node in imports_of(self._module) for path in imported_paths(node))

    @cached_property
    def _runtime(self) -> frozenset[str]:
        """The names under which the runtime's functions are imported."""
        every = (pair for node in imports_of(self._module) for pair in imported(node))
        return frozenset(name for name, path in every if "stabaudit" in path)


def key_of(path: str) -> str:
    """A function's name as all libraries have it: `log_softmax` for `LogSoftmax`."""
    return path.rpartition(".")[2].replace("_", "").lower()


def _asserts(node: Node) -> bool:
    if isinstance(node, Call):
        return ASSERTING.match(last(node.func)) is not None
    return isinstance(node, Assert)


def _called(call: Call) -> str:
    """The path of what is called, or the name of a method."""
    return dotted(call.func) or last(call.func)
