"""A module with the edits of a fix in its text: the one function that they change is parsed anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import NamedTuple

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.apply import apply
from stabaudit.lift.paths import path_to

INDENT = re.compile(r"[ \t]*")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: One step from a node to a part of it: the field, and the place in it if it holds several.
Step = tuple[str, int | None]
#: What is parsed anew.
Piece = cst.SimpleStatementLine | cst.FunctionDef | cst.Module


class Changed(NamedTuple):
    """`module` with the piece `before`, a function or all of it, in whose place `after` stands.

    `expression` is what stands where the replaced one stood, `imports` what the fix brings in.
    """

    module: cst.Module
    before: cst.FunctionDef | cst.Module
    after: cst.FunctionDef | cst.Module
    expression: cst.CSTNode
    imports: tuple[cst.Import | cst.ImportFrom, ...]


def outermost(module: cst.Module, node: cst.CSTNode) -> cst.FunctionDef | cst.Module:
    """The function in whose body a node stands, the outermost of several; the module if it stands in none."""
    way = path_to(module, node)
    functions = (n for n, inner in pairwise(way) if isinstance(n, cst.FunctionDef) and inner is n.body)
    return next(functions, module)


def line_of(module: cst.Module, node: cst.CSTNode) -> cst.SimpleStatementLine | None:
    """The statement on lines of its own in which a node stands, if it is in no compound one there."""
    way = reversed(path_to(module, node))
    return next((n for n in way if isinstance(n, cst.SimpleStatementLine)), None)


def changed(
    module: cst.Module,
    text: str,
    node: cst.CSTNode,
    edits: Sequence[Edit],
    imports: Sequence[str],
    ranges: Mapping[cst.CSTNode, CodeRange],
) -> Changed | None:
    """`module`, whose text is `text`, with `edits` in the function where `node` stands; `None` if that is not code.

    `imports` are the statements that are brought in. A statement that is removed leaves a `pass`, so that the others
    keep their places.
    """
    before, lines = outermost(module, node), LINE.findall(text)
    # A statement by itself is read in a moment, and most fixes change one alone.
    for piece in (line_of(module, node), before):
        if piece is None:
            continue
        first, last = 1, len(lines)
        if not isinstance(piece, cst.Module):
            first, last = ranges[piece].start.line, ranges[piece].end.line
        if all(first <= edit.start.row and edit.end.row <= last + (piece is before) for edit in edits):
            break
    else:
        return None
    here = "".join(lines[first - 1 : last])
    moved = [_moved(edit, first - 1, lines) for edit in edits]
    try:
        new = _parsed(apply(here, moved), piece)
        brought = tuple(small for line in imports for small in _imports(line))
    except (cst.ParserSyntaxError, SyntaxError, ValueError):
        return None
    expression = _follow(new, _steps(piece, path_to(piece, node)))
    if expression is None:
        return None
    whole = new if isinstance(new, cst.Module) else _spliced(module, path_to(module, piece), new)
    after = _follow(whole, _steps(module, path_to(module, before)))
    assert isinstance(after, (cst.FunctionDef, cst.Module))
    return Changed(whole, before, after, expression, brought)


def _moved(edit: Edit, above: int, lines: Sequence[str]) -> Edit:
    """An edit of the whole text as one of the lines below a row; of whole lines that go, `pass` stays."""
    start, end = (Position(p.row - above, p.column) for p in (edit.start, edit.end))
    if edit.content or edit.start.column != 1:
        return Edit(start, end, edit.content)
    indent = INDENT.match(lines[edit.start.row - 1])
    return Edit(start, end, f"{indent[0] if indent else ''}pass\n")


def _parsed(text: str, before: Piece) -> Piece:
    if isinstance(before, cst.Module):
        return cst.parse_module(text)
    indented = bool(INDENT.match(text)[0])  # type: ignore[index]
    body = cst.parse_module(f"if 1:\n{text}" if indented else text).body
    if indented:
        (block,) = body
        assert isinstance(block, cst.If)
        body = block.body.body  # type: ignore[assignment]
    (statement,) = body
    if isinstance(before, cst.SimpleStatementLine) and isinstance(statement, cst.SimpleStatementLine):
        return statement.with_changes(leading_lines=before.leading_lines)
    if isinstance(before, cst.FunctionDef) and isinstance(statement, cst.FunctionDef):
        return statement.with_changes(decorators=before.decorators)
    raise ValueError("not what it was")


def _imports(line: str) -> Sequence[cst.Import | cst.ImportFrom]:
    statement = cst.parse_statement(line.strip() + "\n")
    assert isinstance(statement, cst.SimpleStatementLine)
    return [small for small in statement.body if isinstance(small, (cst.Import, cst.ImportFrom))]


def _steps(root: cst.CSTNode, path: Sequence[cst.CSTNode]) -> list[Step]:
    """The way from `root` down a path."""
    return [_step(outer, inner) for outer, inner in pairwise(path)]


def _step(outer: cst.CSTNode, inner: cst.CSTNode) -> Step:
    for field in fields(outer):
        value = getattr(outer, field.name)
        if value is inner:
            return field.name, None
        if isinstance(value, (tuple, list)):
            for i, item in enumerate(value):
                if item is inner:
                    return field.name, i
    raise ValueError("the one is no part of the other")


def _follow(root: cst.CSTNode, steps: Sequence[Step]) -> cst.CSTNode | None:
    node: object = root
    for field, place in steps:
        node = getattr(node, field, None)
        if place is not None:
            if not isinstance(node, (tuple, list)) or place >= len(node):
                return None
            node = node[place]
    return node if isinstance(node, cst.CSTNode) else None


def _spliced(module: cst.Module, path: Sequence[cst.CSTNode], new: cst.CSTNode) -> cst.Module:
    """`module` with another node at the end of a path; all that is not on the path is shared."""
    for outer, inner in reversed([*pairwise(path)]):
        field, place = _step(outer, inner)
        if place is None:
            new = outer.with_changes(**{field: new})
        else:
            items = [*getattr(outer, field)]
            items[place] = new
            new = outer.with_changes(**{field: tuple(items)})
    assert isinstance(new, cst.Module)
    return new
