"""The imports at the top of a file: which there are, and where a new one goes, as isort orders them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.layout import own_width
from stabaudit.records import Record
from stabaudit.source.cells import CELL
from stabaudit.syntax.bindings import imported_paths
from stabaudit.syntax.expressions import Constant, Name
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Statement
from stabaudit.syntax.places import end, start
from stabaudit.syntax.statements import (
    Annotated,
    Assert,
    Assign,
    Augment,
    Declare,
    Delete,
    Evaluate,
    Import,
    ImportFrom,
    Jump,
    Module,
    Raise,
)

#: Sections in the order in which they stand.
FUTURE, STANDARD, OTHERS, RELATIVE = range(4)
#: Statements that may share a line.
SIMPLE = (Import, ImportFrom, Evaluate, Assign, Annotated, Augment, Delete, Jump, Assert, Declare, Raise)


class Line(Record):
    """A line of imports: the rows it covers, its section, the module, and whether names are taken from that."""

    first: int
    last: int
    section: int
    module: str
    is_from: bool

    @property
    def plain_first(self) -> tuple[bool, str]:
        """Its place where `import a` comes before `from a import b`."""
        return self.is_from, self.module.lower()

    @property
    def by_module(self) -> str:
        """Its place where the module alone counts."""
        return self.module.lower()


def block(module: Module) -> list[Line]:
    """The lines of imports at the top, up to the first statement of another kind behind them."""
    found: list[Line] = []
    for _, statements in groupby(module.body, lambda s: start(s)[0]):
        line = list(statements)
        if all(isinstance(s, (Import, ImportFrom)) for s in line):
            found.append(_line(line))
        elif _has_begun(found) or not all(isinstance(s, SIMPLE) and _may_stand_above(s) for s in line):
            break
    return found


def in_cells(module: Module, text: str, used: int) -> list[Line]:
    """The imports with which a cell of a notebook begins above a row: the first that imports a library, if one does."""
    starts = [row for row, line in enumerate(text.split("\n"), 1) if line.startswith(CELL)] if CELL in text else []
    cells = []
    for first, last in pairwise([*starts, sys.maxsize]):
        lines = block(Module(tuple(statement for statement in module.body if first < start(statement)[0] < last)))
        if _has_begun(lines) and lines[-1].last < used:
            cells.append(lines)
    of_libraries = (lines for lines in cells if any(line.section == OTHERS for line in lines))
    return next(of_libraries, cells[0] if cells else [])


def _has_begun(found: Sequence[Line]) -> bool:
    """Whether there are imports that may only be followed by others: those of the language stand above all else."""
    return any(line.section != FUTURE for line in found)


def _may_stand_above(statement: Statement) -> bool:
    """Whether it is a docstring, or something like `__version__ = "1"` or a number."""
    match statement:
        case Evaluate(value=Constant(value=str())) | Assign(value=Constant()):
            return True
        case Assign(targets=(Name(name=name), *_)) | Annotated(target=Name(name=name)):
            return name.startswith("__")
    return False


def _line(statements: Sequence[Statement]) -> Line:
    """The line on which some imports stand; the first of them says where it belongs."""
    first, last = statements[0], statements[-1]
    assert isinstance(first, (Import, ImportFrom))
    module = first.package if isinstance(first, ImportFrom) else first.names[0].name
    is_from = isinstance(first, ImportFrom)
    return Line(start(first)[0], end(last)[0], _section(module), module.lstrip("."), is_from)


def _section(module: str) -> int:
    top = module.partition(".")[0]
    if not top:
        return RELATIVE
    if top == "__future__":
        return FUTURE
    return STANDARD if top in sys.stdlib_module_names else OTHERS


def placed(lines: Sequence[Line], statement: str) -> tuple[int, str]:
    """The row before which a new import stands, and its text with the empty lines that part sections."""
    new = _line(read(statement).body)
    same = _of_others([line for line in lines if line.section == new.section])
    if same:
        return _among(same, new), f"{statement}\n"
    parted = all(b.first > a.last + 1 for a, b in pairwise(lines) if a.section != b.section)
    before = [line for line in lines if line.section < new.section]
    if before and (_has_begun(before) or len(before) == len(lines)):
        return max(line.last for line in before) + 1, f"\n{statement}\n" if parted else f"{statement}\n"
    return lines[len(before)].first, f"{statement}\n\n" if parted else f"{statement}\n"


def _of_others(same: Sequence[Line]) -> Sequence[Line]:
    """The lines of a section without the paragraphs of which no package is in the first one: the project's own."""
    gaps = [index for index, (a, b) in enumerate(pairwise(same), 1) if b.first > a.last + 1]
    paragraphs = [same[a:b] for a, b in pairwise((0, *gaps, len(same)))]
    first = {_package(line) for line in paragraphs[0]} if same else set()
    kept = [paragraph for paragraph in paragraphs if not first.isdisjoint(map(_package, paragraph))]
    return [line for paragraph in kept for line in paragraph]


def _package(line: Line) -> str:
    return line.module.partition(".")[0]


def _among(same: Sequence[Line], new: Line) -> int:
    """The row in a section: in order where that has one, else at its end."""
    orders: tuple[Callable[[Line], object], ...] = (lambda x: x.plain_first, lambda x: x.by_module)
    for order in orders:
        keys = [order(line) for line in same]
        if all(a <= b for a, b in pairwise(keys)):  # type: ignore[operator]
            after = [line for line, key in zip(same, keys, strict=True) if key <= order(new)]  # type: ignore[operator]
            return after[-1].last + 1 if after else same[0].first
    return max(line.last for line in same) + 1


def uses(module: Module, package: str) -> bool:
    """Whether the block imports a package, or something of it."""
    paths = (path for statement in _imports(module) for path in imported_paths(statement))
    return any(f"{path}.".startswith(f"{package}.") for path in paths)


def names_from(module: Module, package: str) -> ImportFrom | None:
    """The statement of the block that takes names from a package, if one does."""
    every = (one for one in _imports(module) if isinstance(one, ImportFrom) and not one.is_of_all)
    return next((one for one in every if one.package == package), None)


def _imports(module: Module) -> list[Import | ImportFrom]:
    """The imports of the block."""
    rows = {row for line in block(module) for row in range(line.first, line.last + 1)}
    return [one for one in module.body if isinstance(one, (Import, ImportFrom)) and start(one)[0] in rows]


def widened(module: Module, text: str, package: str, name: str) -> Edit | None:
    """The edit by which a file takes one more name from a package from which it takes some; `None` if it takes none."""
    statement = names_from(module, package)
    if statement is None:
        return None
    lines = text.splitlines()
    sorted_so_far = _is_sorted(alias.name for alias in statement.names)
    before = [a for a in statement.names if not sorted_so_far or a.name.lower() <= name.lower()]
    neighbour = before[-1] if before else statement.names[0]
    row, column = start(neighbour)
    line = lines[row - 1]
    if not before:
        place = Position(row, _column(line, column))
        return Edit(place, place, f"{name}, ")
    last, behind = end(neighbour)
    place = Position(last, _column(lines[last - 1], behind))
    if len({start(alias)[0] for alias in statement.names}) == len(statement.names) > 1:
        indent = line[: len(line) - len(line.lstrip())]
        return Edit(place, place, f",\n{indent}{name}")
    if len(lines[last - 1]) + len(name) + 2 > own_width(text):
        return None
    return Edit(place, place, f", {name}")


def _is_sorted(names: Iterable[str]) -> bool:
    return all(a.lower() <= b.lower() for a, b in pairwise(names))


def _column(line: str, offset: int) -> int:
    """The column of an offset in bytes."""
    return len(line.encode()[:offset].decode(errors="ignore")) + 1
