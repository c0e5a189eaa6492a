"""The imports at the top of a file: which there are, and where a new one goes, as isort orders them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.layout import own_width
from stabaudit.source.cells import CELL

#: Sections in the order in which they stand.
FUTURE, STANDARD, OTHERS, RELATIVE = range(4)
#: Statements that may share a line.
SIMPLE = (
    ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete, ast.Pass, ast.Assert,
    ast.Global, ast.Raise,
)  # fmt: skip


class Line(NamedTuple):
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


def block(tree: ast.Module) -> list[Line]:
    """The lines of imports at the top, up to the first statement of another kind behind them."""
    found: list[Line] = []
    for _, statements in groupby(tree.body, lambda s: s.lineno):
        line = list(statements)
        if all(isinstance(s, (ast.Import, ast.ImportFrom)) for s in line):
            found.append(_line(line))
        elif _has_begun(found) or not all(isinstance(s, SIMPLE) and _may_stand_above(s) for s in line):
            break
    return found


def in_cells(tree: ast.Module, text: str, used: int) -> list[Line]:
    """The imports with which a cell of a notebook begins above a row: the first that imports a library, if one does."""
    starts = [row for row, line in enumerate(text.split("\n"), 1) if line.startswith(CELL)] if CELL in text else []
    cells = []
    for first, last in pairwise([*starts, sys.maxsize]):
        lines = block(ast.Module([statement for statement in tree.body if first < statement.lineno < last], []))
        if _has_begun(lines) and lines[-1].last < used:
            cells.append(lines)
    of_libraries = (lines for lines in cells if any(line.section == OTHERS for line in lines))
    return next(of_libraries, cells[0] if cells else [])


def _has_begun(found: Sequence[Line]) -> bool:
    """Whether there are imports that may only be followed by others: those of the language stand above all else."""
    return any(line.section != FUTURE for line in found)


def _may_stand_above(statement: ast.stmt) -> bool:
    """Whether it is a docstring, or something like `__version__ = "1"` or a number."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str())) | ast.Assign(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name.startswith("__")
    return False


def _line(statements: Sequence[ast.stmt]) -> Line:
    first, last = statements[0], statements[-1]
    module, level = "", 0
    if isinstance(first, ast.ImportFrom):
        module, level = first.module or "", first.level
    elif isinstance(first, ast.Import):
        module = first.names[0].name
    is_from = isinstance(first, ast.ImportFrom)
    return Line(first.lineno, last.end_lineno or last.lineno, _section(module, level), module, is_from)


def _section(module: str, level: int) -> int:
    top = module.partition(".")[0]
    if level:
        return RELATIVE
    if top == "__future__":
        return FUTURE
    return STANDARD if top in sys.stdlib_module_names else OTHERS


def placed(lines: Sequence[Line], statement: str) -> tuple[int, str]:
    """The row before which a new import stands, and its text with the empty lines that part sections."""
    new = _line(ast.parse(statement).body)
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


def uses(tree: ast.Module, module: str) -> bool:
    """Whether the block imports a module, or something of it."""
    rows = {row for line in block(tree) for row in range(line.first, line.last + 1)}
    paths: list[str] = []
    for statement in tree.body:
        if statement.lineno not in rows:
            continue
        if isinstance(statement, ast.Import):
            paths += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            paths += [f"{statement.module}.{alias.name}" for alias in statement.names]
    return any(f"{path}.".startswith(f"{module}.") for path in paths)


def names_from(tree: ast.Module, module: str) -> ast.ImportFrom | None:
    """The statement of the block that takes names from a module, if one does."""
    rows = {row for line in block(tree) for row in range(line.first, line.last + 1)}
    every = (s for s in tree.body if isinstance(s, ast.ImportFrom) and s.lineno in rows)
    return next((s for s in every if s.module == module and not s.level and s.names[0].name != "*"), None)


def widened(tree: ast.Module, text: str, module: str, name: str) -> Edit | None:
    """The edit by which a file takes one more name from a module from which it takes some; `None` if it takes none."""
    statement = names_from(tree, module)
    if statement is None:
        return None
    lines = text.splitlines()
    sorted_so_far = _is_sorted(a.name for a in statement.names)
    before = [a for a in statement.names if not sorted_so_far or a.name.lower() <= name.lower()]
    neighbour = before[-1] if before else statement.names[0]
    row, line = neighbour.lineno, lines[neighbour.lineno - 1]
    if not before:
        place = Position(row, _column(line, neighbour.col_offset))
        return Edit(place, place, f"{name}, ")
    end = neighbour.end_lineno or row
    place = Position(end, _column(lines[end - 1], neighbour.end_col_offset or 0))
    if len({a.lineno for a in statement.names}) == len(statement.names) > 1:
        indent = line[: len(line) - len(line.lstrip())]
        return Edit(place, place, f",\n{indent}{name}")
    if len(lines[end - 1]) + len(name) + 2 > own_width(text):
        return None
    return Edit(place, place, f", {name}")


def _is_sorted(names: Iterable[str]) -> bool:
    return all(a.lower() <= b.lower() for a, b in pairwise(names))


def _column(line: str, offset: int) -> int:
    """The column of an offset in bytes."""
    return len(line.encode()[:offset].decode(errors="ignore")) + 1
