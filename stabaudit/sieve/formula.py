"""Whether a call of a function could be seen through: the lift takes it for a formula only if it does nothing else."""

from __future__ import annotations

import ast

from stabaudit.sieve.stretch import FUNCTIONS, Function

#: Statements out of which nothing may be returned.
_AROUND = (ast.For, ast.AsyncFor, ast.While, ast.Try, ast.With, ast.AsyncWith)
#: What is a world of its own.
_CLOSED = (*FUNCTIONS, ast.ClassDef, ast.Lambda)


def could_be_formula(function: Function) -> bool:
    """Whether it takes plain parameters, gives something back outside of loops, and sets no attribute of `self`."""
    given = function.args
    if function.decorator_list or isinstance(function, ast.AsyncFunctionDef):
        return False
    if given.kwarg or given.vararg or given.kwonlyargs or given.posonlyargs:
        return False
    returns = False
    todo: list[tuple[ast.AST, bool]] = [(statement, False) for statement in function.body]
    while todo:
        node, inside = todo.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)) or _sets_an_attribute(node):
            return False
        if isinstance(node, ast.Return):
            if inside:
                return False
            returns = returns or node.value is not None
        if not isinstance(node, _CLOSED):
            inside = inside or isinstance(node, _AROUND)
            todo += [(child, inside) for child in ast.iter_child_nodes(node)]
    return returns


def _sets_an_attribute(node: ast.AST) -> bool:
    """Whether something is written into `self`."""
    if not isinstance(node, (ast.Attribute, ast.Subscript)) or not isinstance(node.ctx, ast.Store):
        return False
    inner: ast.expr = node
    while isinstance(inner, ast.Subscript):
        inner = inner.value
    if not isinstance(inner, ast.Attribute):
        return False
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return isinstance(inner, ast.Name) and inner.id == "self"
