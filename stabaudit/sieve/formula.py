"""Whether a call of a function could be seen through: the lift takes it for a formula only if it does nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from stabaudit.dialects.copies import HARMLESS_DECORATORS
from stabaudit.sieve.names import last
from stabaudit.sieve.stretch import FUNCTIONS, Stretch, blocks

_RETURNS = re.compile(rb"\breturn\b")
#: Statements out of which nothing may be returned.
_AROUND = (ast.For, ast.AsyncFor, ast.While, ast.Try)
#: What is a world of its own.
_CLOSED = (*FUNCTIONS, ast.ClassDef)


def could_be_formula(stretch: Stretch) -> bool:
    """Whether a function takes plain parameters, returns outside of loops only, and sets no attribute of `self`."""
    if stretch.block is None or not _RETURNS.search(stretch.code):
        return False
    function = stretch.node
    if function is None or isinstance(function, ast.AsyncFunctionDef):
        return False
    if not {last(getattr(d, "func", d)) for d in function.decorator_list} <= HARMLESS_DECORATORS:
        return False
    if function.args.kwarg or function.args.vararg:
        return False
    returns = False
    for statement, inside in _statements(function.body, inside=False):
        if isinstance(statement, ast.Return):
            if inside:
                return False
            returns = returns or statement.value is not None
        elif any(_is_of_self(target) for target in _targets(statement)):
            return False
    return returns and (b"yield" not in stretch.code or not any(map(_yields, function.body)))


def _statements(body: Iterable[ast.stmt], *, inside: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """The statements of a function, and whether each stands in a loop or the like."""
    for statement in body:
        yield statement, inside
        if not isinstance(statement, _CLOSED):
            for block in blocks(statement):
                yield from _statements(block, inside=inside or isinstance(statement, _AROUND))


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, (ast.AugAssign, ast.AnnAssign)) else []


def _is_of_self(target: ast.expr) -> bool:
    """Whether something is written into `self`."""
    while isinstance(target, ast.Subscript):
        target = target.value
    if not isinstance(target, ast.Attribute):
        return False
    inner: ast.expr = target
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return isinstance(inner, ast.Name) and inner.id == "self"


def _yields(node: ast.AST) -> bool:
    if isinstance(node, (ast.Yield, ast.YieldFrom)):
        return True
    return not isinstance(node, (*_CLOSED, ast.Lambda)) and any(map(_yields, ast.iter_child_nodes(node)))
