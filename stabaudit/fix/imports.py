"""The import a fix needs: where it goes, and under which name."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, count

import libcst as cst

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.import_block import block, in_cells, placed
from stabaudit.fix.import_block import widened as wider
from stabaudit.fix.written import Written
from stabaudit.source.tree import tree_of
from stabaudit.syntax.bindings import imported, simple_statements
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import Try
from stabaudit.syntax.node import Statement
from stabaudit.syntax.statements import Import, ImportFrom, Module, Raise

NEWLINE = re.compile(r"\r\n|\r|\n")
WORD = re.compile(r"\w+")
#: A name taken from a module, under its own name.
TAKEN = re.compile(r"from ([\w.]+) import (\w+)")


def free_alias(source: str, liked: Sequence[str]) -> str:
    """The first of the `liked` names, or one like it, that means nothing else in the source."""
    every = chain(liked, (f"{liked[0]}_{i}" for i in count(2)))
    if liked[0] not in source:
        return liked[0]
    if (tree := tree_of(source)) is not None:
        written = Written(tree, source)
        return next(a for a in every if a not in source or not any(_says(n, a) for n, _ in written.with_name(a)))
    # What Python cannot parse may not be cut into tokens, either.
    used = {*WORD.findall(source)}
    return next(a for a in every if a not in used)


def _says(node: ast.AST, name: str) -> bool:
    """Whether a name is a word of a node itself; what stands in a string or in a comment means nothing."""
    if isinstance(node, (ast.Constant, ast.ImportFrom)):
        return False
    if isinstance(node, ast.alias) and node.asname is not None:
        # Where it comes from gives no name to it: `import jax.numpy as jnp`.
        return node.asname == name
    values = (getattr(node, field, None) for field in node._fields)
    words = (w for v in values for w in (v if isinstance(v, list) else [v]) if isinstance(w, str))
    return any(name in word.split(".") for word in words)


# Asked again with each finding of a module.
@cached_by_node
def packages(module: Module) -> frozenset[str]:
    """The packages of which a module imports something when it is imported, whatever else is there."""
    return frozenset(package for statement in module.body for package in _packages(statement))


def optional(module: Module, names: Container[str]) -> frozenset[str]:
    """What a module imports together with one of some names in a `try`, and goes on where it is not there."""
    return frozenset[str]().union(*(one for one in _tried(module) if any(name in names for name in one)))


# Asked again with each finding of a module.
@cached_by_node
def _tried(module: Module) -> Sequence[frozenset[str]]:
    """The names that each `try` of a module imports, and nothing outside of one does."""
    always = set(_names(module.body))
    tries = [
        s for s in module.body if isinstance(s, Try) and not all(isinstance(h.body.body[-1], Raise) for h in s.handlers)
    ]
    return [frozenset(_names(simple_statements(s.body))) - always for s in tries]


def _names(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, (Import, ImportFrom)):
            yield from (name for name, _ in imported(statement))


def _packages(statement: Statement) -> list[str]:
    match statement:
        case Import(names=names):
            paths = [alias.name for alias in names]
        case ImportFrom(package=package) if not package.startswith("."):
            paths = [package]
        case _:
            paths = []
    return [path.partition(".")[0] for path in paths]


def insertion(module: cst.Module, text: str, statement: str, whole: Callable[[int], int], used: int) -> Edit:
    """The edit that adds the import: where isort would put it, or behind the docstring.

    Names from a module of which the file has some already are added to those. `module` may be a part of `text`;
    `whole` gives the row in the text of a row of the module. In a notebook it goes into the first cell that begins with
    imports and stands before the row on which it is `used`.
    """
    newline = NEWLINE.search(text)
    # Python cannot read what is written for a newer one; then the module is the whole text.
    tree = tree_of(text)
    lines = [] if tree is None else block(tree) or in_cells(tree, text, used)
    if tree is not None and (taken := TAKEN.fullmatch(statement)) and (edit := wider(tree, text, *taken.groups())):
        return edit
    if lines:
        row, added = placed(lines, statement)
    else:
        row, added = _row_without(module, tree, whole), f"{statement}\n"
    place = Position(row, 1)
    return Edit(place, place, added.replace("\n", newline[0] if newline else "\n"))


def _row_without(module: cst.Module, tree: ast.Module | None, whole: Callable[[int], int]) -> int:
    """The row for an import where there is none yet, or none that Python can read."""
    if tree is None:
        row = _row_for_import(module)
        if row is not None:
            return row
    elif tree.body and ast.get_docstring(tree, clean=False) is not None:
        return (tree.body[0].end_lineno or 1) + 1
    return whole(len(module.header)) + 1 if module.header else 1


# Asked again with each finding of a module.
@cached_by_node
def _row_for_import(module: cst.Module) -> int | None:
    """The row before which a new import stands; `None` if nothing has to stand before it."""
    best = first = None
    for index, (kind, row) in enumerate(_written(module)):
        if kind == "import":
            best = row
        elif index == 0 and kind == "docstring":
            first = row
        elif best is not None or kind != "dunder":
            break
    return best if best is not None else first


def _written(module: cst.Module) -> Iterator[tuple[str, int]]:
    """The simple statements at the top of a module that Python cannot read: what each is, and the row behind it."""
    row = 1 + len(module.header)
    for statement in module.body:
        if not isinstance(statement, cst.SimpleStatementLine):
            return
        row += len(statement.leading_lines) + _height(module, statement)
        kind = ""
        match statement.body[0]:
            case _ if all(isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body):
                kind = "import"
            case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()):
                kind = "docstring"
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name)), *_]) if name.startswith("__"):
                kind = "dunder"
        yield kind, row


def _height(module: cst.Module, statement: cst.SimpleStatementLine) -> int:
    return module.code_for_node(statement.with_changes(leading_lines=())).count("\n")
