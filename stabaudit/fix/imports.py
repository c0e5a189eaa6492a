"""The import a fix needs: where it goes, and under which name."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Sequence

import libcst as cst

from stabaudit.finding import Edit, Position
from stabaudit.fix.written import Written
from stabaudit.lift.nodes import once
from stabaudit.source.tree import tree_of


def free_alias(source: str, liked: Sequence[str]) -> str:
    """The first of the `liked` names, or one like it, that means nothing else in the source."""
    every = (*liked, *(f"{liked[0]}_{i}" for i in range(2, 1000)))
    if liked[0] not in source:
        return liked[0]
    if (tree := tree_of(source)) is not None:
        written = Written(tree, source)
        return next(a for a in every if a not in source or not any(_says(n, a) for n, _ in written.with_name(a)))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    used = {t.string for t in tokens if t.type == tokenize.NAME}
    return next(a for a in every if a not in used)


def _says(node: ast.AST, name: str) -> bool:
    """Whether a name is a word of a node itself; what stands in a string or in a comment means nothing."""
    if isinstance(node, ast.Constant):
        return False
    values = (getattr(node, field, None) for field in node._fields)
    words = (w for v in values for w in (v if isinstance(v, list) else [v]) if isinstance(w, str))
    return any(name in word.split(".") for word in words)


def insertion(module: cst.Module, statement: str, newline: str, whole: Callable[[int], int]) -> Edit:
    """The edit that adds the import: behind the last import at the top, or else behind the docstring.

    `whole` gives the row in the whole text of a row of the module.
    """
    row = _row_for_import(module)
    # What stood behind the line above may have been left out of the module.
    place = Position(whole(row - 1) + 1 if row > 1 else 1, 1)
    return Edit(place, place, f"{statement}{newline}")


# Asked again with each finding of a module.
@once
def _row_for_import(module: cst.Module) -> int:
    """The row before which a new import stands."""
    row = 1 + len(module.header)
    best = None
    first = row
    for index, statement in enumerate(module.body):
        if not isinstance(statement, cst.SimpleStatementLine):
            break
        row += len(statement.leading_lines) + _height(module, statement)
        if all(isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body):
            best = row
        elif index == 0 and _is_docstring(statement):
            first = row
        elif best is not None or not _is_dunder(statement):
            break
    return best if best is not None else first


def _height(module: cst.Module, statement: cst.SimpleStatementLine) -> int:
    return module.code_for_node(statement.with_changes(leading_lines=())).count("\n")


def _is_docstring(statement: cst.SimpleStatementLine) -> bool:
    first = statement.body[0]
    return isinstance(first, cst.Expr) and isinstance(first.value, (cst.SimpleString, cst.ConcatenatedString))


def _is_dunder(statement: cst.SimpleStatementLine) -> bool:
    first = statement.body[0]
    return (
        isinstance(first, cst.Assign)
        and isinstance(first.targets[0].target, cst.Name)
        and first.targets[0].target.value.startswith("__")
    )
