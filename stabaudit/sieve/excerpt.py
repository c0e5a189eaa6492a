"""The part of a text that is worth lifting: what stands outside of functions, and the functions that matter.

The bodies of all other functions are `pass`. LibCST parses ten times more slowly than Python itself, so
what is left out here is what makes the tool fast.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from stabaudit.finding import Position, Unparsable
from stabaudit.sieve.flow import Flow
from stabaudit.sieve.stretch import Function, first_line, statements
from stabaudit.source.tree import syntax_tree

#: What is said of expressions that no parser could read, or no reader walk through.
TOO_DEEP = "an expression is nested too deeply"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Excerpt:
    """A text with lines left out; `rows` are the rows of those that are there, counted from 1."""

    text: str
    rows: tuple[int, ...] | None = None

    def row(self, row: int) -> int:
        """The row in the whole text of a row of the excerpt; the row behind the last is that behind its line."""
        if self.rows is None or row < 1:
            return row
        return self.rows[row - 1] if row <= len(self.rows) else self.rows[-1] + row - len(self.rows)


# Asked twice of each text: before the analysis is imported, and by it.
@lru_cache(maxsize=1)
def excerpt(text: str) -> Excerpt | None:
    """What is worth lifting of a text; `None` if nothing in it could be a finding; raises `Unparsable`."""
    try:
        tree = syntax_tree(text)
        lines = LINE.findall(text)
        flow = Flow(tree, lines)
        telling = flow.telling()
        if not telling:
            return None
        needed = flow.needed(telling)
    except (RecursionError, MemoryError) as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    except SyntaxError as error:
        if (error.msg or "").startswith("too many nested"):
            # LibCST would fill the memory.
            raise Unparsable(TOO_DEEP, Position(error.lineno or 1, error.offset or 1)) from error
        # LibCST may know better, or will say what is wrong.
        return Excerpt(text)
    except ValueError:
        return Excerpt(text)
    dropped = [n for s in flow.stretches if (n := s.node) is not None and n not in needed and not _tells(n)]
    return _without([n for n in dropped if _stands_alone(n, lines)], lines)


def _without(functions: list[Function], lines: list[str]) -> Excerpt:
    """The lines with the bodies of these functions replaced."""
    left = dict(enumerate(lines, 1))
    for node in functions:
        first = first_line(node.body[0])
        start = left[first]
        for row in range(first, (node.end_lineno or first) + 1):
            del left[row]
        indent = start[: len(start) - len(start.lstrip())]
        left[first] = f"{indent}pass{start[len(start.rstrip()) :] or chr(10)}"
    rows = sorted(left)
    return Excerpt("".join(left[r] for r in rows), tuple(rows))


def _stands_alone(node: Function, lines: list[str]) -> bool:
    """Whether the body of a function begins on a line of its own."""
    first = first_line(node.body[0])
    before, line = lines[first - 2], lines[first - 1]
    on_its_own = first > node.lineno and not line[: node.body[0].col_offset].strip()
    return on_its_own and not before.rstrip("\r\n").endswith("\\")


def _tells(node: Function) -> bool:
    """Whether a function says something about the rest of the module: that torch is used."""
    for found in statements(node.body):
        names: list[str] = []
        if isinstance(found, ast.ImportFrom):
            names = [found.module or ""]
        elif isinstance(found, ast.Import):
            names = [a.name for a in found.names]
        if any(n.split(".")[0] == "torch" for n in names):
            return True
    return False
