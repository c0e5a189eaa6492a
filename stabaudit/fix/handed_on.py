"""Functions that a module hands on as values, and what it calls by names that such a function may have."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stabaudit.fix.swallowing import last_name
from stabaudit.source.tree import functions_of, nodes_of


def handed_on(tree: ast.Module) -> frozenset[str]:
    """The last names of what is read and not called at once: `attempt(f, x)`, `{"f": f}`, `Runner(model.f)`.

    A function is handed to its decorators, and what a coroutine function gives runs elsewhere.
    """
    called = {id(call.func) for call in nodes_of(tree, ast.Call)}
    names = {n.id for n in nodes_of(tree, ast.Name) if isinstance(n.ctx, ast.Load) and id(n) not in called}
    names |= {n.attr for n in nodes_of(tree, ast.Attribute) if id(n) not in called}
    names |= {function.name for function in functions_of(tree) if function.decorator_list}
    return frozenset(names.union(function.name for function in nodes_of(tree, ast.AsyncFunctionDef)))


def given_names(tree: ast.Module) -> frozenset[str]:
    """The names of what functions are given, under other names as well, and of what loops go through."""
    given = set(_given(tree))
    kept = (node for node in nodes_of(tree, ast.Assign) if isinstance(node.value, ast.Name) and node.value.id in given)
    return frozenset(given.union(*({last_name(target) for target in node.targets} for node in kept))) - {""}


def _given(tree: ast.Module) -> Iterator[str]:
    for function in (*functions_of(tree), *nodes_of(tree, ast.Lambda)):
        a = function.args
        yield from (p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs))
    targets = [*(f.target for f in nodes_of(tree, ast.For)), *(c.target for c in nodes_of(tree, ast.comprehension))]
    yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
