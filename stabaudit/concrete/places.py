"""Where nodes stand in the text, computed for the statements that hold them alone.

LibCST knows no positions: it writes a module anew and counts as it goes, slower than anything else in a run.
Python's own parser says where each statement of the module begins, so that only a few have to be written.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange
from libcst.metadata.position_provider import PositionProvidingCodegenState

from stabaudit.concrete.paths import path_to
from stabaudit.source.tree import first_line, tree_of

LINES = (cst.SimpleStatementLine, cst.SimpleStatementSuite)
INDENT = re.compile(r"[ \t]*")
NEWLINE = re.compile(r"\r\n|\r|\n")

#: The nodes from the module down to each of some nodes.
Paths = Mapping[cst.CSTNode, Sequence[cst.CSTNode]]


class _Ranges:
    """Where LibCST leaves what it finds."""

    def __init__(self) -> None:
        self._computed: dict[cst.CSTNode, CodeRange] = {}


def places(
    module: cst.Module,
    text: str,
    nodes: Iterable[cst.CSTNode],
    whole: str | None = None,
    rows: Sequence[int] | None = None,
) -> dict[cst.CSTNode, CodeRange]:
    """The range of each of these nodes of `module`, whose text is `text`: the `rows` of the `whole`, or all of it."""
    wanted = frozenset(nodes)
    tree = tree_of(text if whole is None else whole)
    if tree is None:
        return _written(module, module, 1, "")[0]
    found: dict[cst.CSTNode, CodeRange] = {}
    starts = [0, *(m.end() for m in NEWLINE.finditer(text))]
    paths = {node: path_to(module, node) for node in wanted}
    for statement, row in _rows(module, module.body, tree.body, [n for n in wanted if paths[n]], paths, rows):
        start = starts[row - 1]
        indent = INDENT.match(text, start)
        bare = statement.with_changes(leading_lines=())
        ranges, code = _written(module, bare, row, indent[0] if indent else "")
        if not text.startswith(code, start):
            break
        found |= {n: r for n, r in ranges.items() if n in wanted}
        if statement in wanted:
            found[statement] = ranges[bare]
    # Where Python sees statements otherwise than LibCST does, LibCST is asked for all of them.
    return found if wanted <= found.keys() else _written(module, module, 1, "")[0]


def _rows(
    block: cst.CSTNode,
    body: Iterable[Any],
    tree: Iterable[ast.stmt],
    wanted: Iterable[cst.CSTNode],
    paths: Paths,
    rows: Sequence[int] | None,
) -> Iterator[tuple[cst.CSTNode, int]]:
    """The smallest statements of a block that hold one of `wanted`, each with the row on which it begins."""
    held: dict[cst.CSTNode, list[cst.CSTNode]] = defaultdict(list)
    for node in wanted:
        held[paths[node][paths[node].index(block) + 1]].append(node)
    known = ((s, row) for s in tree if (row := _row(s, rows)) is not None)
    for statement in body:
        own = [next(known, None) for _ in range(len(statement.body) if type(statement) in LINES else 1)]
        if own[0] is None:
            return
        inside = held.get(statement, ())
        blocks = [(b, t, [n for n in inside if b in paths[n]]) for b, t in _blocks(statement, own[0][0])]
        if inside and sum(len(nodes) for _, _, nodes in blocks) == len(inside):
            for inner, its, nodes in blocks:
                if nodes:
                    yield from _rows(inner, inner.body, its, nodes, paths, rows)
        elif inside:
            yield statement, own[0][1]


def _row(statement: ast.stmt, rows: Sequence[int] | None) -> int | None:
    """The row on which a statement begins, among these rows if they are not all; `None` if it is not on them."""
    row = first_line(statement)
    if rows is None:
        return row
    place = bisect_left(rows, row)
    return place + 1 if place < len(rows) and rows[place] == row else None


def _blocks(statement: Any, known: Any) -> Iterator[tuple[cst.IndentedBlock, list[ast.stmt]]]:
    """The blocks of a compound statement, each with its statements as Python sees them."""
    other = getattr(statement, "orelse", None)
    final = getattr(statement, "finalbody", None)
    parts = [(statement, known.body)] if hasattr(known, "body") else []
    if other is not None and not isinstance(other, cst.If):
        parts.append((other, known.orelse))
    handlers = zip(getattr(statement, "handlers", ()), getattr(known, "handlers", ()), strict=False)
    parts += [(h, k.body) for h, k in handlers]
    if final is not None:
        parts.append((final, known.finalbody))
    yield from ((part.body, body) for part, body in parts if isinstance(part.body, cst.IndentedBlock))
    if isinstance(other, cst.If):
        yield from _blocks(other, known.orelse[0])


def _written(module: cst.Module, node: cst.CSTNode, row: int, indent: str) -> tuple[dict[cst.CSTNode, CodeRange], str]:
    """The ranges of all nodes of a piece of code that begins on `row`, indented, and its text."""
    ranges: Any = _Ranges()
    state = PositionProvidingCodegenState(
        default_indent=module.default_indent, default_newline=module.default_newline, provider=ranges, line=row
    )
    state.increase_indent(indent)
    node._codegen(state)
    # The last line need not end.
    return ranges._computed, "".join(state.tokens).rstrip("\r\n")
