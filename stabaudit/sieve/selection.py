"""The parts of a module that are worth lifting: the functions that matter, those they call, and what these are made of.

What is left out here is neither lifted nor, where something is found beside it, parsed by LibCST, which is ten times
as slow as Python itself. That also takes 400 bytes of memory for one of the text, so a long text is lifted in several
parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from stabaudit.catalogue.extra_rules import chosen
from stabaudit.findings.finding import Position, Unparsable
from stabaudit.records import Record
from stabaudit.sieve.asked_functions import asked
from stabaudit.sieve.flow import Flow
from stabaudit.sieve.needles import code
from stabaudit.sieve.nesting import DEEP, DEEPEST, nesting
from stabaudit.sieve.slice import Slice
from stabaudit.sieve.stretch import Module, Stretch, rows_of
from stabaudit.source import current_file
from stabaudit.source.depth import with_room
from stabaudit.source.project_imports import NOTHING, borrowed
from stabaudit.source.syntax import TOO_DEEP
from stabaudit.syntax.caching import let_go
from stabaudit.syntax.compound import Class
from stabaudit.syntax.find import let_go_of_module, read_module
from stabaudit.syntax.memory import changed_by, changed_from_inside, is_idle
from stabaudit.syntax.statements import Block
from stabaudit.syntax.statements import Module as Tree

#: The code of so many bytes is lifted at once, and of a long text, whose own tree takes 70 bytes for one, of fewer.
LONGEST, SHORTEST = 40_000, 10_000
#: Statements that import something.
IMPORTS = rb"(?m)^[ \t]*(?:from|import)\b(?:[^\n(;\\]|\\\n?)*(?:\([^()]*\))?"
_ATTRIBUTES = rb"(?<![\w\x80-\xff.])[a-zA-Z_\x80-\xff][\w\x80-\xff]*\.[\w\x80-\xff]+"
_OUTERMOST = rb"(?m)^[a-zA-Z_\x80-\xff][^\n=]*(?==)"
_NAME = rb"[a-zA-Z_\x80-\xff][\w\x80-\xff]*"
#: What says something of the rest of the module: that torch is used, that a name is given another value.
_SAYS_MORE = rb"(?m)^[ \t]+(?:(?:from|import)[ \t]+torch\b|global\b)"


class Selection(Record):
    """A part of a module: its `text`, behind which functions of other files may stand, and its tree.

    The tree is `None` where Python cannot read the text; then all of it is wanted. `changed` are the names that
    functions in what is left out change when they are called, `functions` the names of those that could hold a
    finding; the others only help them. `borrowed` are the functions of other files, each by the path that it is
    imported by. `depth` is how deeply it is nested, if that is known and may be much.
    """

    text: str
    tree: Tree | None = None
    changed: frozenset[str] = frozenset()
    functions: frozenset[str] | None = None
    borrowed: Mapping[str, str] = {}
    depth: int | None = None


def selections(text: str) -> tuple[Selection, ...]:
    """What is worth lifting of a text, none if nothing in it could be a finding; raises `Unparsable`.

    A function that helps in several parts stands in each of them.
    """
    return _remembered(text, current_file.path(), chosen(), asked())


def let_go_of_selections() -> None:
    """Forget the text that is done with, and its tree."""
    _remembered.cache_clear()
    let_go_of_module()
    let_go()


# Asked twice of each text: before the analysis is imported, and by it.
@lru_cache(maxsize=1)
def _remembered(
    text: str, path: str | None, more: frozenset[str], rows: frozenset[int] | None
) -> tuple[Selection, ...]:
    try:
        return tuple(_selected(text, rows))
    except ValueError:
        # A null byte, or half a letter.
        return (Selection(text),)
    except SyntaxError as error:
        if (error.msg or "").startswith("too many nested"):
            raise Unparsable(TOO_DEEP, Position(error.lineno or 1, error.offset or 1)) from error
        # LibCST may know better, or will say what is wrong.
        return (Selection(text),)
    except (RecursionError, MemoryError) as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error


# Three calls a level, of which LibCST is given a few thousand at the most.
@with_room(10_000)
def _selected(text: str, rows: frozenset[int] | None) -> list[Selection]:
    lent = borrowed(text)
    if lent.text and nesting(code(lent.text.encode("utf-8", "surrogatepass")))[0] > DEEP:
        # What another file says must not keep this one from being read.
        lent = NOTHING
    whole = f"{text}{lent.text}"
    flow = Flow(Module(read_module(whole), code(whole.encode("utf-8", "surrogatepass"))))
    # What is wrong with a borrowed function is told of where it stands.
    own = text.count("\n") + 1
    telling = [s for s in flow.telling() if s.node is None or not lent.text or s.rows.start <= own]
    telling = [s for s in telling if s.node is None or rows is None or s.rows.start in rows]
    parts = _parts(telling, max(SHORTEST, LONGEST - len(text) // 5))
    found = [_selection(flow, part)._replace(text=whole, borrowed=lent.names) for part in parts]
    if not found:
        let_go_of_module()
        let_go()
    return found


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


def _selection(flow: Flow, telling: list[Stretch]) -> Selection:
    module = flow.module
    walked = [*telling, *module.at(_SAYS_MORE), *flow.makers, *flow.keepers, *module.adders]
    needed = _needed(flow, walked)
    mentioned = {s for s in needed if s not in walked and not flow.seen_through(s) and s.node and is_idle(s.node)}
    tree = Slice(module, needed - mentioned, mentioned).tree()
    spoken = b"".join(_code(module, tree))
    # What Python has parsed, and is short, cannot be so deep.
    depth = nesting(spoken)[0] if len(spoken) > DEEPEST else 0
    if depth > DEEPEST:
        raise Unparsable(TOO_DEEP, Position(nesting(module.code)[1], 1))
    changed = _changed(spoken, [f for f in module.functions if f not in needed])
    return Selection("", tree, changed, frozenset(s.node.name for s in walked if s.node), depth=depth)


def _code(module: Module, block: Block) -> Iterator[bytes]:
    """The code of the statements of a block, of classes that of the statements in them."""
    for statement in block.body:
        if isinstance(statement, Class):
            yield from _code(module, statement.body)
        else:
            yield module.of_rows(rows_of(statement))


def _changed(code: bytes, others: Iterable[Stretch]) -> frozenset[str]:
    """The names and attributes in some code that other functions change when they are called."""
    # What is imported is a module, or of one, and changed by no call.
    imported = {name for line in re.findall(IMPORTS, code) for name in re.findall(_NAME, line)}
    mentioned = {path for path in re.findall(_ATTRIBUTES, code) if path.partition(b".")[0] not in imported}
    # Names without a dot belong to the module, if they are not a function's own.
    mentioned |= {name for line in re.findall(_OUTERMOST, code) for name in re.findall(_NAME, line)}
    if not mentioned:
        return frozenset()
    any_of_them = re.compile(rb"(?<![\w\x80-\xff.])(?:" + b"|".join(sorted(mentioned)) + rb")(?![\w\x80-\xff])")
    changing = (Block(tuple(other.body)) for other in others if any_of_them.search(other.code))
    return frozenset[str]().union(*map(changed_from_inside, changing))


def _needed(flow: Flow, walked: Collection[Stretch]) -> set[Stretch]:
    """The stretches to be lifted: those that are walked, all that they call, and those that set what they read."""
    todo = [*walked]
    found: set[Stretch] = set()
    setters: set[Stretch] = set()
    while todo:
        stretch = todo.pop()
        if stretch not in found:
            found.add(stretch)
            # Of what is not seen through it matters what it changes, but not what it calls.
            if stretch in walked or stretch in setters or flow.seen_through(stretch):
                flow.given(stretch)
                changing = _changing(flow.module, stretch) if stretch.reads else ()
                setters.update(changing)
                todo += [*changing, *(s for name in stretch.calls for s in flow.functions[name])]
    return found


def _changing(module: Module, reader: Stretch) -> list[Stretch]:
    """The methods that change the attributes which one reads that another sets."""
    mentioning = (s for s in module.mentioning(reader.reads) if s.owner == reader.owner and s.node is not None)
    return [s for s in mentioning if s.node is not None and not changed_by(s.node).isdisjoint(reader.reads)]
