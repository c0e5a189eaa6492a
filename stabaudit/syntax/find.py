"""The tree of a whole text, and its nodes by their kinds and by what they are part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TypeVar

from stabaudit.source.tree import let_go_of_tree, syntax_tree
from stabaudit.syntax.bindings import CLOSED, stored
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.expressions import Constant
from stabaudit.syntax.from_ast import from_ast, read
from stabaudit.syntax.node import Expression, Node, parts
from stabaudit.syntax.statements import Evaluate, Import, ImportFrom, Module
from stabaudit.syntax.ways import owners

Kind = TypeVar("Kind", bound=Node)


# The sieve and the fixes look at the same text.
@lru_cache(maxsize=1)
def read_module(text: str) -> Module:
    """The tree of a text, to be read and never changed; raises as `ast.parse` does."""
    return from_ast(syntax_tree(text), text)


def module_of(text: str) -> Module | None:
    """The tree of a text, if Python can read it; raises `RecursionError` where it is nested too deeply."""
    try:
        return read_module(text)
    except (SyntaxError, ValueError, MemoryError):
        return None


def read_expression(text: str) -> Expression | None:
    """The tree of an expression, on one line or on several; `None` if Python cannot read it."""
    try:
        body = read(f"({text}\n)").body
    except (SyntaxError, ValueError):
        return None
    match body:
        case (Evaluate(value=value),):
            return value
    return None


# To look at every node of a module takes longer than to parse it, and a dozen questions are asked of them.
@lru_cache(maxsize=1)
def _by_kind(module: Module) -> dict[type[Node], list[Node]]:
    found: dict[type[Node], list[Node]] = defaultdict(list)
    todo: list[Node] = [module]
    for node in todo:
        found[node.__class__].append(node)
        todo += parts(node)
    return found


def nodes_of(module: Module, *kinds: type[Kind]) -> list[Kind]:
    """The nodes of a module that are of these very kinds, each kind by itself from the outside in."""
    every = _by_kind(module)
    return [node for kind in kinds for node in every.get(kind, ())]  # type: ignore[misc]


def functions_of(module: Module) -> list[Function]:
    """All functions of a module, however deep they stand."""
    return nodes_of(module, Function)


def imports_of(module: Module) -> list[Import | ImportFrom]:
    """All imports of a module, wherever they stand."""
    return [*nodes_of(module, Import), *nodes_of(module, ImportFrom)]


@lru_cache(maxsize=1)
def parents_of(module: Module) -> dict[int, Node]:
    """The node that each node stands in, by its identity."""
    return owners(module, parts)


@lru_cache(maxsize=1)
def stored_in(module: Module) -> Collection[int]:
    """The identities of the names, attributes and items of a module that are not read, but given a value or deleted."""
    return {id(place) for nodes in _by_kind(module).values() for node in nodes for place in stored(node)}


def own_nodes(code: Node) -> Iterator[Node]:
    """A piece of code and the nodes in it; functions, lambdas and classes in it are not looked into."""
    todo = [code]
    while todo:
        node = todo.pop()
        yield node
        if node is code or node.__class__ not in CLOSED:
            todo += parts(node)


def docstring(node: Module | Class | Function) -> str | None:
    """The text with which a module, class or function begins."""
    body = node.body if isinstance(node, Module) else node.body.body
    match body:
        case (Evaluate(value=Constant(value=str() as text)), *_):
            return text
    return None


def let_go_of_module() -> None:
    """Forget the tree of a text that is done with."""
    for cached in (read_module, _by_kind, parents_of, stored_in):
        cached.cache_clear()
    let_go_of_tree()
