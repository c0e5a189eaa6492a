"""Functions that a module hands on as values, and what it calls by names that such a function may have."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stabaudit.source.tree import functions_of, nodes_of


def handed_on(tree: ast.Module) -> frozenset[str]:
    """The last names of what is read and not called at once: `attempt(f, x)`, `{"f": f}`, `Runner(model.f)`."""
    called = {id(call.func) for call in nodes_of(tree, ast.Call)}
    names = {n.id for n in nodes_of(tree, ast.Name) if isinstance(n.ctx, ast.Load) and id(n) not in called}
    return frozenset(names.union(n.attr for n in nodes_of(tree, ast.Attribute) if id(n) not in called))


def given_names(tree: ast.Module) -> frozenset[str]:
    """The names of what functions are given, and of what loops go through."""
    return frozenset(_given(tree))


def _given(tree: ast.Module) -> Iterator[str]:
    for function in (*functions_of(tree), *nodes_of(tree, ast.Lambda)):
        a = function.args
        yield from (p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs))
    targets = [*(f.target for f in nodes_of(tree, ast.For)), *(c.target for c in nodes_of(tree, ast.comprehension))]
    yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
