"""The parts of a text that are worth lifting: the functions that matter, those they call, and what these are made of.

What is left out here is neither lifted nor, where something is found beside it, parsed by LibCST, which is ten times
as slow as Python itself. That also takes 400 bytes of memory for one of the text, so a long text is lifted in several
parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from stabaudit.catalogue.chosen import chosen
from stabaudit.findings.finding import Position, Unparsable
from stabaudit.sieve.changes import changed_from_inside, is_idle
from stabaudit.sieve.flow import Flow
from stabaudit.sieve.needles import code
from stabaudit.sieve.nesting import DEEP, nesting
from stabaudit.sieve.slice import Slice
from stabaudit.sieve.stretch import IMPORTS, Module, Stretch
from stabaudit.source import here
from stabaudit.source.borrowed import NOTHING, borrowed
from stabaudit.source.depth import with_room
from stabaudit.source.syntax import TOO_DEEP
from stabaudit.source.tree import syntax_tree

#: The code of so many bytes is lifted at once, and of a long text, whose own tree takes 70 bytes for one, of fewer.
LONGEST, SHORTEST = 40_000, 10_000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ATTRIBUTES = re.compile(rb"(?<![\w\x80-\xff.])[a-zA-Z_\x80-\xff][\w\x80-\xff]*\.[\w\x80-\xff]+")
_OUTERMOST = re.compile(rb"^[a-zA-Z_\x80-\xff][^\n=]*(?==)", re.MULTILINE)
_NAME = re.compile(rb"[a-zA-Z_\x80-\xff][\w\x80-\xff]*")
#: What says something of the rest of the module: that torch is used, that a name is given another value.
_SAYS_MORE = re.compile(rb"^[ \t]+(?:(?:from|import)[ \t]+torch\b|global\b)", re.MULTILINE)


class Excerpt(NamedTuple):
    """A text with lines left out; `rows` are the rows of those that are there, counted from 1.

    `changed` are the names that functions in what is left out change when they are called, `functions` the names of
    those that could hold a finding; the others only help them. `borrowed` are functions of other files that stand
    behind the text, each by the path that it is imported by.
    """

    text: str
    rows: tuple[int, ...] | None = None
    changed: frozenset[str] = frozenset()
    functions: frozenset[str] | None = None
    borrowed: Mapping[str, str] = {}

    def row(self, row: int) -> int:
        """The row in the whole text of a row of the excerpt; the row behind the last is that behind its line."""
        if self.rows is None or row < 1:
            return row
        return self.rows[row - 1] if row <= len(self.rows) else self.rows[-1] + row - len(self.rows)


def excerpts(text: str) -> tuple[Excerpt, ...]:
    """What is worth lifting of a text, none if nothing in it could be a finding; raises `Unparsable`.

    A function that helps in several parts stands in each of them.
    """
    return _remembered(text, here.path(), chosen())


# Asked twice of each text: before the analysis is imported, and by it.
@lru_cache(maxsize=1)
def _remembered(text: str, path: str | None, more: frozenset[str]) -> tuple[Excerpt, ...]:
    try:
        return _excerpts(text)
    except (SyntaxError, ValueError):
        # It was cut in the midst of a statement, or cannot be parsed at all.
        return (_as_a_whole(text),)
    except (RecursionError, MemoryError) as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error


# Three calls a level, of which LibCST is given a few thousand at the most.
@with_room(10_000)
def _excerpts(text: str) -> tuple[Excerpt, ...]:
    lent = borrowed(text)
    if lent.text and nesting(code(lent.text.encode("utf-8", "surrogatepass")))[0] > DEEP:
        # What another file says must not keep this one from being read.
        lent = NOTHING
    whole = f"{text}{lent.text}"
    flow = Flow(Module(whole, code(whole.encode("utf-8", "surrogatepass"))))
    # What is wrong with a borrowed function is told of where it stands.
    own = text.count("\n") + 1
    telling = [s for s in flow.telling() if s.block is None or not lent.text or s.rows.start < own]
    parts = _parts(telling, max(SHORTEST, LONGEST - len(text) // 5))
    return tuple(_excerpt(flow, part)._replace(borrowed=lent.names) for part in parts)


def _parts(telling: list[Stretch], longest: int) -> Iterator[list[Stretch]]:
    """The stretches that could hold a finding, as many at once as are not too long together."""
    part: list[Stretch] = []
    size = 0
    for stretch in telling:
        length = len(stretch.code)
        if part and size + length > longest:
            yield part
            part, size = [], 0
        part.append(stretch)
        size += length
    if part:
        yield part


def _excerpt(flow: Flow, telling: list[Stretch]) -> Excerpt:
    module = flow.module
    walked = [*telling, *module.at(_SAYS_MORE), *flow.makers, *module.adders]
    needed = _needed(flow, walked)
    mentioned = {s for s in needed if s not in walked and not flow.seen_through(s) and s.node and is_idle(s.node)}
    rows = Slice(module, needed - mentioned, mentioned).rows()
    lines = LINE.findall(module.text)
    text = "".join(_replaced(lines[r - 1], rows[r]) for r in sorted(rows))
    changed = _changed(text, [f for f in module.functions if f not in needed])
    return Excerpt(text, tuple(sorted(rows)), changed, frozenset(s.block.name for s in walked if s.block))


def _changed(text: str, others: Iterable[Stretch]) -> frozenset[str]:
    """The names and attributes in a text that other functions change when they are called."""
    spoken = code(text.encode("utf-8", "surrogatepass"))
    # What is imported is a module, or of one, and changed by no call.
    imported = {name for line in IMPORTS.findall(spoken) for name in _NAME.findall(line)}
    mentioned = {path for path in _ATTRIBUTES.findall(spoken) if path.partition(b".")[0] not in imported}
    # Names without a dot belong to the module, if they are not a function's own.
    mentioned |= {name for line in _OUTERMOST.findall(spoken) for name in _NAME.findall(line)}
    if not mentioned:
        return frozenset()
    any_of_them = re.compile(rb"(?<![\w\x80-\xff.])(?:" + b"|".join(sorted(mentioned)) + rb")(?![\w\x80-\xff])")
    return frozenset[str]().union(
        *(changed_from_inside(other.body) for other in others if any_of_them.search(other.code))
    )


def _needed(flow: Flow, walked: Collection[Stretch]) -> set[Stretch]:
    """The stretches to be lifted: those that are walked, and all that they call."""
    todo = [*walked]
    found: set[Stretch] = set()
    while todo:
        stretch = todo.pop()
        if stretch not in found:
            found.add(stretch)
            # Of what is not seen through it matters what it changes, but not what it calls.
            if stretch in walked or flow.seen_through(stretch):
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
