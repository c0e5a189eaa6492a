"""A module with the edits of a fix in its text: the one function that they change is parsed anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.check.code import Code, Unlike, introduce
from stabaudit.concrete import paths
from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.apply import apply
from stabaudit.records import Record
from stabaudit.syntax.compound import Function, If
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Node
from stabaudit.syntax.statements import Import, ImportFrom, Module
from stabaudit.syntax.ways import follow, path_to, replaced, steps

INDENT = re.compile(r"[ \t]*")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: One step from a node to a part of it: the field, and the place in it if it holds several.
Step = tuple[str, int | None]
#: What is parsed anew.
Piece = cst.SimpleStatementLine | cst.FunctionDef | cst.Module


class Changed(Record):
    """The piece `before` of a module, a function or all of it, in whose place `after` stands.

    `expression` is what stands where the replaced one stood, `imports` what the fix brings in. `code` is the module
    with the piece in it.
    """

    code: Code
    before: Function | Module
    after: Function | Module
    expression: Node
    imports: tuple[Import | ImportFrom, ...]


def outermost(tree: Module, node: Node) -> Function | Module:
    """The function in whose body a node stands, the outermost of several; the module if it stands in none."""
    way = path_to(tree, node)
    functions = (n for n, inner in pairwise(way) if isinstance(n, Function) and inner is n.body)
    return next(functions, tree)


def line_of(module: cst.Module, node: cst.CSTNode) -> cst.SimpleStatementLine | None:
    """The statement on lines of its own in which a node stands, if it is in no compound one there."""
    way = reversed(paths.path_to(module, node))
    return next((n for n in way if isinstance(n, cst.SimpleStatementLine)), None)


def changed(
    code: Code,
    text: str,
    node: Node,
    edits: Sequence[Edit],
    imports: Sequence[str],
    ranges: Mapping[cst.CSTNode, CodeRange],
) -> Changed | None:
    """`code`, whose text is `text`, with `edits` in the function where `node` stands; `None` if that is not code.

    `imports` are the statements that are brought in. A statement that is removed leaves a `pass`, so that the others
    keep their places.
    """
    before, lines = outermost(code.tree, node), LINE.findall(text)
    change = _within(before.origin, edits, lines, ranges)
    if change is None:
        return None
    try:
        after, brought = _tree(change, before), tuple(one for line in imports for one in _imports(line))
    except (cst.ParserSyntaxError, SyntaxError, ValueError):
        return None
    expression = follow(after, steps(path_to(before, node)))
    if expression is None:
        return None

    def parsed() -> cst.Module:
        # A statement by itself is read in a moment, and most fixes change one alone.
        line = line_of(code.module, node.origin)
        alone = None if line is None else _within(line, edits, lines, ranges)
        try:
            if line is not None and alone is not None:
                module = _with_piece(code.module, line, alone)
            else:
                module = _with_piece(code.module, before.origin, change)
        except (cst.ParserSyntaxError, ValueError) as error:
            raise Unlike from error
        there = _follow(module, _steps(code.module, paths.path_to(code.module, before.origin)))
        assert there is not None
        introduce(after, there)
        return module

    whole = replaced(path_to(code.tree, before), after)
    assert isinstance(whole, Module)
    return Changed(Code(whole, parsed), before, after, expression, brought)


def _within(
    piece: cst.CSTNode, edits: Sequence[Edit], lines: Sequence[str], ranges: Mapping[cst.CSTNode, CodeRange]
) -> str | None:
    """The text of a piece of code with the edits in it; `None` if they are not all inside."""
    first, last = 1, len(lines)
    if not isinstance(piece, cst.Module):
        first, last = ranges[piece].start.line, ranges[piece].end.line
    behind = not isinstance(piece, cst.SimpleStatementLine)
    if not all(first <= edit.start.row and edit.end.row <= last + behind for edit in edits):
        return None
    return apply("".join(lines[first - 1 : last]), [_moved(edit, first - 1, lines) for edit in edits])


def _moved(edit: Edit, above: int, lines: Sequence[str]) -> Edit:
    """An edit of the whole text as one of the lines below a row; of whole lines that go, `pass` stays."""
    start, end = (Position(p.row - above, p.column) for p in (edit.start, edit.end))
    if edit.content or edit.start.column != 1:
        return Edit(start, end, edit.content)
    indent = INDENT.match(lines[edit.start.row - 1])
    return Edit(start, end, f"{indent[0] if indent else ''}pass\n")


def _in_block(text: str) -> Sequence[Node]:
    """The statements of a text that stands in a block."""
    (block,) = read(f"if 1:\n{text}").body
    assert isinstance(block, If)
    return tuple(block.body.body)


def _tree(text: str, before: Function | Module) -> Function | Module:
    """What a changed text says in the place of a piece; decorators, which stand above it, stay."""
    if isinstance(before, Module):
        return read(text)
    (function,) = _in_block(text) if text.startswith((" ", "\t")) else read(text).body
    if not isinstance(function, Function):
        raise ValueError("not what it was")
    function.decorators = before.decorators
    return function


def _with_piece(module: cst.Module, before: Piece, text: str) -> cst.Module:
    """A module with another text for one of its pieces, as LibCST reads it."""
    new = _parsed(text, before)
    return new if isinstance(new, cst.Module) else _spliced(module, paths.path_to(module, before), new)


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


def _imports(line: str) -> Iterator[Import | ImportFrom]:
    for statement in read(line.strip() + "\n").body:
        if isinstance(statement, (Import, ImportFrom)):
            yield statement


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
