"""The import a fix needs: where it goes, and under which name."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, count

import libcst as cst

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.import_block import block, in_cells, placed
from stabaudit.fix.import_block import widened as wider
from stabaudit.syntax.bindings import imported, simple_statements
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import Try
from stabaudit.syntax.expressions import Constant
from stabaudit.syntax.find import docstring, module_of
from stabaudit.syntax.node import Statement, below
from stabaudit.syntax.places import end
from stabaudit.syntax.statements import Alias, Import, ImportFrom, Module, Raise

NEWLINE = re.compile(r"\r\n|\r|\n")
WORD = re.compile(r"\w+")
#: A name taken from a module, under its own name.
TAKEN = re.compile(r"from ([\w.]+) import (\w+)")


def free_alias(text: str, liked: Sequence[str]) -> str:
    """The first of the `liked` names, or one like it, that means nothing else in a text."""
    every = chain(liked, (f"{liked[0]}_{i}" for i in count(2)))
    if liked[0] not in text:
        return liked[0]
    module = module_of(text)
    # What Python cannot parse may not be cut into tokens, either.
    used = {*WORD.findall(text)} if module is None else words_of(module)
    return next(name for name in every if name not in used)


def words_of(module: Module) -> set[str]:
    """The names that stand in a module's code; what stands in a string or in a comment means nothing."""
    found: set[str] = set()
    for node in below(module):
        match node:
            case Constant() | ImportFrom():
                continue
            case Alias(local=str() as local):
                # Where it comes from gives no name to it: `import jax.numpy as jnp`.
                found.add(local)
            case _:
                words = (getattr(node, field) for field in node.WORDS)
                each = (word for one in words for word in (one if isinstance(one, tuple) else [one]))
                found.update(name for word in each if isinstance(word, str) for name in word.split("."))
    return found


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
    tree = module_of(text)
    lines = [] if tree is None else block(tree) or in_cells(tree, text, used)
    if tree is not None and (taken := TAKEN.fullmatch(statement)) and (edit := wider(tree, text, *taken.groups())):
        return edit
    if lines:
        row, added = placed(lines, statement)
    else:
        row, added = _row_without(module, tree, whole), f"{statement}\n"
    place = Position(row, 1)
    return Edit(place, place, added.replace("\n", newline[0] if newline else "\n"))


def _row_without(module: cst.Module, tree: Module | None, whole: Callable[[int], int]) -> int:
    """The row for an import where there is none yet, or none that Python can read."""
    if tree is None:
        row = _row_for_import(module)
        if row is not None:
            return row
    elif docstring(tree) is not None:
        return end(tree.body[0])[0] + 1
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
