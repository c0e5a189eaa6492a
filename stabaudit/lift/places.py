"""Where nodes stand in the text, computed for the statements that hold them alone.

LibCST knows no positions: it writes a module anew and counts as it goes, slower than anything else in a run.
Python's own parser says where each statement of the module begins, so that only a few have to be written.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange
from libcst.metadata.position_provider import PositionProvidingCodegenState

from stabaudit.lift.nodes import parts

NEWLINE = re.compile(r"\r\n|\r|\n")


class _Ranges:
    """Where LibCST leaves what it finds."""

    def __init__(self) -> None:
        self._computed: dict[cst.CSTNode, CodeRange] = {}


def places(module: cst.Module, text: str, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, CodeRange]:
    """The range of each of these nodes of `module`, whose text is `text`."""
    wanted = set(nodes)
    starts = [0, *(m.end() for m in NEWLINE.finditer(text))]
    found: dict[cst.CSTNode, CodeRange] = {}
    for statement, row in _rows(module, text):
        if wanted.isdisjoint(_within(statement)):
            continue
        ranges, code = _written(module, statement.with_changes(leading_lines=()), row)
        if not text.startswith(code, starts[row - 1]):
            break
        found |= {n: r for n, r in ranges.items() if n in wanted}
    # Where Python sees statements otherwise than LibCST does, LibCST is asked for all of them.
    return found if wanted <= found.keys() else _written(module, module, 1)[0]


def _rows(module: cst.Module, text: str) -> Iterator[tuple[Any, int]]:
    """The statements of a module, each with the row on which it begins."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = iter(ast.parse(text).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in module.body:
        first: ast.stmt | None = None
        for _ in range(len(statement.body) if isinstance(statement, cst.SimpleStatementLine) else 1):
            node = next(known, None)
            first = first or node
        if first is None:
            return
        yield statement, min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", ()))])


def _within(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += parts(one)


def _written(module: cst.Module, node: cst.CSTNode, row: int) -> tuple[dict[cst.CSTNode, CodeRange], str]:
    """The ranges of all nodes of a piece of code that begins on `row`, and its text."""
    ranges: Any = _Ranges()
    state = PositionProvidingCodegenState(
        default_indent=module.default_indent, default_newline=module.default_newline, provider=ranges, line=row
    )
    node._codegen(state)
    # The last line need not end.
    return ranges._computed, "".join(state.tokens).rstrip("\r\n")
