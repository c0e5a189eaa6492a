"""What the fixes of a text leave without a reader: values that would still overflow, and imported names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stabaudit.config.project import PLAIN
from stabaudit.dialects import pure
from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.callees import Callees
from stabaudit.fix.changes import outer_changes
from stabaudit.fix.liveness import unread
from stabaudit.source import lines
from stabaudit.source.depth import CALLS, with_room
from stabaudit.syntax.compound import DEFINITIONS, Case, Class, Function, Handler
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Attribute, Await, Call, Constant, Lambda, Name, Named, Yield
from stabaudit.syntax.find import docstring, module_of
from stabaudit.syntax.node import Expression, Node, Statement, below, parts
from stabaudit.syntax.places import end, start
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Alias, Assign, Augment, Block, Delete, ImportFrom, Module

#: A value of one of these is another one each time.
DRAWN = re.compile(
    r"rand|rng|normal|uniform|choice|shuffle|permut|PRNG|time|monotonic|warn|binomial|poisson|dirichlet|multinomial|categorical|exponential",
    re.I,
)
COMPUTING = pure.FRESH | pure.LOOKS | {"len", "abs", "min", "max", "sum", "float", "int", "range", "pow", "round"}
EFFECTS = (Named, Await, Yield, Lambda)
#: Which assignment: its function, its text, and how many alike are before it.
Key = tuple[str, str, int]


@with_room(CALLS)
def removals(before: str, after: str) -> list[Edit]:
    """The edits that remove from `after` what was read in `before`, and is not any more."""
    was, now = module_of(before), module_of(after)
    if was is None or now is None:
        return []
    return [*_assignments(was, now, after), *_names(was, now, after)]


def _assignments(was: Module, now: Module, text: str) -> Iterator[Edit]:
    """The removals of values: of those that can be computed or not and nobody sees it, in functions."""
    read = {key for key, _, dead in _values(was) if not dead}
    unused = [(statement, block) for key, (statement, block), dead in _values(now) if dead and key in read]
    if not unused:
        return
    callees = Callees(now, text, PLAIN, outer_changes)
    rows = lines.lines(text)
    going = {id(statement) for statement, _ in unused}
    for statement, block in unused:
        first, last = start(statement)[0], end(statement)[0]
        alone = not any(other is not statement and first <= start(other)[0] <= last for other in block)
        if not alone or not _only_computes(statement.value, callees):
            continue
        is_all = all(id(other) in going for other in block)
        left = f"{' ' * start(statement)[1]}pass\n" if is_all and statement is block[-1] else ""
        first = _first_of(first, last, rows)
        gap = not left and _is_gap(rows, first - 1, statement is block[0]) and _is_gap(rows, last + 1, False)
        yield Edit(Position(first, 1), Position(last + 1 + gap, 1), left)


def _is_gap(rows: Sequence[str], row: int, opens: bool) -> bool:
    """Whether a row is blank, or that of what opens a block: one gap is enough where a paragraph is gone."""
    return opens or (0 < row <= len(rows) and not rows[row - 1].strip())


def _first_of(first: int, last: int, rows: Sequence[str]) -> int:
    """The first row of a statement, with the comment above it if that speaks of nothing below."""
    below = rows[last].strip() if last < len(rows) else ""
    if below and not below.startswith("#"):
        return first
    while first > 1 and rows[first - 2].lstrip().startswith("#"):
        first -= 1
    return first


def _values(module: Module) -> Iterator[tuple[Key, tuple[Assign, Sequence[Statement]], bool]]:
    """The assignments to a name in functions, each with its block and whether nothing reads the value."""
    seen: Counter[tuple[str, str]] = Counter()
    for path, function in _functions(module, ""):
        dead = {id(statement) for statement in unread(function)}
        needed = set(_needing_a_value(function))
        for name, statement, block in _simple(function):
            key = path, f"{name} = {source(statement.value)}"
            seen[key] += 1
            yield (*key, seen[key]), (statement, block), id(statement) in dead and name not in needed


def _needing_a_value(function: Function) -> Iterator[str]:
    """The names that a statement which stays takes for given, although nothing reads what it leaves: `e *= 2`."""
    for node in below(function):
        if isinstance(node, (Augment, Delete)):
            targets = node.targets if isinstance(node, Delete) else (node.target,)
            yield from (target.name for target in targets if isinstance(target, Name))


def _functions(node: Node, path: str) -> Iterator[tuple[str, Function]]:
    for child in parts(node):
        inner = f"{path}.{child.name}" if isinstance(child, DEFINITIONS) else path
        if isinstance(child, Function):
            yield inner, child
        yield from _functions(child, inner)


def _simple(node: Node) -> Iterator[tuple[str, Assign, Sequence[Statement]]]:
    """The statements `name = value` of a function, each with the name and the block in which it stands."""
    for part in parts(node):
        if isinstance(part, (Handler, Case)):
            yield from _simple(part)
        for statement in part.body if isinstance(part, Block) else ():
            match statement:
                case Assign(targets=(Name(name=name),)):
                    yield name, statement, part.body
                case Function() | Class():
                    continue
                case _:
                    yield from _simple(statement)


def _only_computes(value: Expression, callees: Callees) -> bool:
    """Whether nothing is lost but a value if an expression is not computed."""
    for node in below(value):
        if isinstance(node, Call):
            known = called(node) in COMPUTING and not DRAWN.search(dotted(node.func) or called(node))
            if not known or not callees.is_pure(node):
                return False
        elif isinstance(node, EFFECTS) or (isinstance(node, Attribute) and node.attr in callees.busy):
            return False
    return True


def _names(was: Module, now: Module, text: str) -> Iterator[Edit]:
    """The removals of names that are taken from array libraries, and were read and are not."""
    before, after = _read(was), _read(now)
    for statement in now.body:
        if not isinstance(statement, ImportFrom):
            continue
        gone = [a for a in statement.names if (name := a.local or a.name) in before and name not in after]
        if gone and statement.package.partition(".")[0] in pure.LIBRARIES:
            yield from _without(statement, gone, now, text)


def _read(module: Module) -> set[str]:
    """The names that are read, those in strings with them: they may be exported or evaluated, but for docstrings."""
    docstrings = {docstring(node) for node in below(module) if isinstance(node, (Module, *DEFINITIONS))}
    found: set[str] = set()
    for node in below(module):
        if isinstance(node, Name):
            found.add(node.name)
        elif isinstance(node, Constant) and isinstance(node.value, str) and node.value not in docstrings:
            found.update(re.findall(r"\w+", node.value))
    return found


def _without(statement: ImportFrom, gone: Sequence[Alias], module: Module, text: str) -> Iterator[Edit]:
    """The removal of some names from an import; one with a comment is its author's to change."""
    first, last = start(statement)[0], end(statement)[0]
    said = "".join(lines.lines(text)[first - 1 : last])
    # Columns in bytes are those of characters only there.
    if "#" in said or not said.isascii():
        return
    every = statement.names
    if len(gone) == len(every):
        if not any(s is not statement and first <= start(s)[0] <= last for s in module.body):
            yield Edit(Position(first, 1), Position(last + 1, 1), "")
        return
    starts = lines.starts(text)
    kept = [i for i, alias in enumerate(every) if alias not in gone]
    pieces = [(_start(every[i]), _start(every[i + 1]) if i != kept[-1] else _end(every[i])) for i in kept]
    content = "".join(text[starts[a.row - 1] + a.column - 1 : starts[b.row - 1] + b.column - 1] for a, b in pieces)
    yield Edit(_start(every[0]), _end(every[-1]), content)


def _start(alias: Alias) -> Position:
    row, column = start(alias)
    return Position(row, column + 1)


def _end(alias: Alias) -> Position:
    row, column = end(alias)
    return Position(row, column + 1)
