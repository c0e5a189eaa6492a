"""What the fixes of a text leave without a reader: values that would still overflow, and imported names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stabaudit.config.project import PLAIN
from stabaudit.dialects import pure
from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.callees import FUNCTIONS, Callees
from stabaudit.fix.liveness import unread
from stabaudit.source import lines
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import tree_of

#: A value of one of these is another one each time.
DRAWN = re.compile(
    r"rand|rng|normal|uniform|choice|shuffle|permut|PRNG|time|monotonic|warn|binomial|poisson|dirichlet|multinomial|categorical|exponential",
    re.I,
)
COMPUTING = pure.FRESH | pure.LOOKS | {"len", "abs", "min", "max", "sum", "float", "int", "range", "pow", "round"}
EFFECTS = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom, ast.Lambda)
#: Which assignment: its function, its text, and how many alike are before it.
Key = tuple[str, str, int]


def removals(before: str, after: str) -> list[Edit]:
    """The edits that remove from `after` what was read in `before`, and is not any more."""
    was, now = tree_of(before), tree_of(after)
    if was is None or now is None:
        return []
    return [*_assignments(was, now, after), *_names(was, now, after)]


def _assignments(was: ast.Module, now: ast.Module, text: str) -> Iterator[Edit]:
    """The removals of values: of those that can be computed or not and nobody sees it, in functions."""
    read = {key for key, _, dead in _values(was) if not dead}
    unused = [(statement, block) for key, (statement, block), dead in _values(now) if dead and key in read]
    if not unused:
        return
    callees = Callees(now, text, PLAIN)
    rows = lines.lines(text)
    going = {id(statement) for statement, _ in unused}
    for statement, block in unused:
        first, last = statement.lineno, statement.end_lineno or statement.lineno
        alone = not any(other is not statement and first <= other.lineno <= last for other in block)
        if not alone or not _only_computes(statement.value, callees):
            continue
        is_all = all(id(other) in going for other in block)
        left = f"{' ' * statement.col_offset}pass\n" if is_all and statement is block[-1] else ""
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


def _values(tree: ast.Module) -> Iterator[tuple[Key, tuple[ast.Assign, Sequence[ast.stmt]], bool]]:
    """The assignments to a name in functions, each with its block and whether nothing reads the value."""
    seen: Counter[tuple[str, str]] = Counter()
    for path, function in _functions(tree, ""):
        dead = {id(statement) for statement in unread(function)}
        needed = set(_needing_a_value(function))
        for statement, block in _simple(function):
            key = path, ast.unparse(statement)
            seen[key] += 1
            (target,) = statement.targets
            is_dead = id(statement) in dead and not (isinstance(target, ast.Name) and target.id in needed)
            yield (*key, seen[key]), (statement, block), is_dead


def _needing_a_value(function: ast.AST) -> Iterator[str]:
    """The names that a statement which stays takes for given, although nothing reads what it leaves: `e *= 2`."""
    for node in ast.walk(function):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Delete):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _functions(node: ast.AST, path: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        inner = f"{path}.{child.name}" if isinstance(child, (*FUNCTIONS, ast.ClassDef)) else path
        if isinstance(child, FUNCTIONS):
            yield inner, child
        yield from _functions(child, inner)


def _simple(node: ast.AST) -> Iterator[tuple[ast.Assign, Sequence[ast.stmt]]]:
    """The statements `name = value` of a function, each with the block in which it stands."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if not isinstance(block, list):
            continue
        for statement in block:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                if isinstance(statement.targets[0], ast.Name):
                    yield statement, block
            elif not isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                yield from _simple(statement)
    for case in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _simple(case)


def _only_computes(value: ast.expr, callees: Callees) -> bool:
    """Whether nothing is lost but a value if an expression is not computed."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            path = dotted_name(node.func) or str(getattr(node.func, "attr", ""))
            known = path.rpartition(".")[2] in COMPUTING and not DRAWN.search(path)
            if not known or not callees.is_pure(node):
                return False
        elif isinstance(node, EFFECTS) or (isinstance(node, ast.Attribute) and node.attr in callees.busy):
            return False
    return True


def _names(was: ast.Module, now: ast.Module, text: str) -> Iterator[Edit]:
    """The removals of names that are taken from array libraries, and were read and are not."""
    before, after = _read(was), _read(now)
    for statement in now.body:
        if not isinstance(statement, ast.ImportFrom) or statement.level or statement.module is None:
            continue
        gone = [a for a in statement.names if (name := a.asname or a.name) in before and name not in after]
        if not gone or statement.module.partition(".")[0] not in pure.LIBRARIES:
            continue
        yield from _without(statement, gone, now, text)


def _read(tree: ast.Module) -> set[str]:
    """The names that are read, those in strings with them: they may be exported or evaluated, but for docstrings."""
    documented = (ast.Module, ast.ClassDef, *FUNCTIONS)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            found.update(re.findall(r"\w+", node.value))
    return found


def _without(statement: ast.ImportFrom, gone: Sequence[ast.alias], tree: ast.Module, text: str) -> Iterator[Edit]:
    """The removal of some names from an import; one with a comment is its author's to change."""
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    said = "".join(lines.lines(text)[first - 1 : last])
    # Columns in bytes are those of characters only there.
    if "#" in said or not said.isascii():
        return
    if len(gone) == len(statement.names):
        if not any(s is not statement and first <= s.lineno <= last for s in tree.body):
            yield Edit(Position(first, 1), Position(last + 1, 1), "")
        return
    starts = lines.starts(text)
    every = statement.names
    kept = [i for i, alias in enumerate(every) if alias not in gone]
    pieces = [(_start(every[i]), _start(every[i + 1]) if i != kept[-1] else _end(every[i])) for i in kept]
    content = "".join(text[starts[a.row - 1] + a.column - 1 : starts[b.row - 1] + b.column - 1] for a, b in pieces)
    yield Edit(_start(every[0]), _end(every[-1]), content)


def _start(alias: ast.alias) -> Position:
    return Position(alias.lineno, alias.col_offset + 1)


def _end(alias: ast.alias) -> Position:
    return Position(alias.end_lineno or alias.lineno, (alias.end_col_offset or 0) + 1)
