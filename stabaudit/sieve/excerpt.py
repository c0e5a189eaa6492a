"""The part of a text that is worth lifting: the functions that matter, those they call, and what these are made of.

LibCST parses ten times more slowly than Python itself, and what it has parsed is read more slowly still, so what is
left out here is what makes the tool fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from stabaudit.finding import Position, Unparsable
from stabaudit.sieve.flow import Flow
from stabaudit.sieve.needles import code
from stabaudit.sieve.slice import Slice
from stabaudit.sieve.stretch import Module, Stretch
from stabaudit.source.tree import syntax_tree

#: What is said of expressions that no parser could read, or no reader walk through.
TOO_DEEP = "an expression is nested too deeply"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: What says something of the rest of the module: that torch is used, that a name is given another value.
_SAYS_MORE = re.compile(rb"^[ \t]+(?:(?:from|import)[ \t]+torch\b|global\b)", re.MULTILINE)


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
    spoken = code(text.encode("utf-8", "surrogatepass"))
    try:
        return _excerpt(Module(text, spoken))
    except (SyntaxError, ValueError):
        # It was cut in the midst of a statement, or cannot be parsed at all.
        return _as_a_whole(text)
    except (RecursionError, MemoryError) as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error


def _excerpt(module: Module) -> Excerpt | None:
    flow = Flow(module)
    telling = flow.telling()
    if not telling:
        return None
    rows = Slice(module, _needed(flow, telling)).rows()
    lines = LINE.findall(module.text)
    text = [_replaced(lines[r - 1], rows[r]) for r in sorted(rows)]
    return Excerpt("".join(text), tuple(sorted(rows)))


def _needed(flow: Flow, telling: Iterable[Stretch]) -> set[Stretch]:
    """The stretches to be read closely: those that could hold a finding, all that they call, and all that says more."""
    todo = [*telling, *flow.module.at(_SAYS_MORE)]
    found: set[Stretch] = set()
    while todo:
        stretch = todo.pop()
        if stretch not in found:
            found.add(stretch)
            flow.given(stretch)
            todo += [s for name in stretch.calls for s in flow.functions[name]]
    return found


def _replaced(line: str, instead: str | None) -> str:
    return line if instead is None else f"{instead}{line[len(line.rstrip()) :] or chr(10)}"


def _as_a_whole(text: str) -> Excerpt:
    """The whole text; raises `Unparsable` if LibCST would fill the memory with it."""
    try:
        syntax_tree(text)
    except (RecursionError, MemoryError) as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    except SyntaxError as error:
        if (error.msg or "").startswith("too many nested"):
            raise Unparsable(TOO_DEEP, Position(error.lineno or 1, error.offset or 1)) from error
    except ValueError:
        pass
    # LibCST may know better, or will say what is wrong.
    return Excerpt(text)
