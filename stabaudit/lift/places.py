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

from stabaudit.lift.nodes import below

LINES = (cst.SimpleStatementLine, cst.SimpleStatementSuite)
INDENT = re.compile(r"[ \t]*")
NEWLINE = re.compile(r"\r\n|\r|\n")


class _Ranges:
    """Where LibCST leaves what it finds."""

    def __init__(self) -> None:
        self._computed: dict[cst.CSTNode, CodeRange] = {}


def places(module: cst.Module, text: str, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, CodeRange]:
    """The range of each of these nodes of `module`, whose text is `text`."""
    wanted = frozenset(nodes)
    found: dict[cst.CSTNode, CodeRange] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _written(module, module, 1, "")[0]
    starts = [0, *(m.end() for m in NEWLINE.finditer(text))]
    for statement, row in _rows(module.body, tree.body, wanted):
        start = starts[row - 1]
        indent = INDENT.match(text, start)
        ranges, code = _written(module, statement, row, indent[0] if indent else "")
        if not text.startswith(code, start):
            break
        found |= {n: r for n, r in ranges.items() if n in wanted}
    # Where Python sees statements otherwise than LibCST does, LibCST is asked for all of them.
    return found if wanted <= found.keys() else _written(module, module, 1, "")[0]


def _rows(
    body: Iterable[Any], tree: Iterable[ast.stmt], wanted: frozenset[cst.CSTNode]
) -> Iterator[tuple[cst.CSTNode, int]]:
    """The smallest statements that hold one of `wanted`, each with the row on which it begins."""
    known = iter(tree)
    for statement in body:
        own = [next(known, None) for _ in range(len(statement.body) if type(statement) in LINES else 1)]
        first = own[0]
        if first is None:
            return
        held = wanted.intersection(below(statement)) if wanted else wanted
        wanted -= held
        block = getattr(statement, "body", None)
        if held and isinstance(block, cst.IndentedBlock) and held <= {*below(block)}:
            yield from _rows(block.body, first.body, held)  # type: ignore[attr-defined]
        elif held:
            row = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", ()))])
            yield statement.with_changes(leading_lines=()), row


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
