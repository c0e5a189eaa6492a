"""What some functions of a module are made of outside of them: the statements that bind the names they read.

A backward slice by names alone: each statement that binds a name which is read by what is there already is taken in,
and with it the names that it reads, until nothing is new.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence

from stabaudit.sieve.stretch import FUNCTIONS, Function, Module, Stretch, blocks, parameters, statements
from stabaudit.source.tree import first_line

#: Stands for all names that are imported.
IMPORTED = "*"


class Slice:
    """The rows, counted from 1, of the needed functions and of what they are made of.

    Of those that are only `mentioned` it matters that they are there, and what their parameters are called.
    """

    def __init__(self, module: Module, needed: Collection[Stretch], mentioned: Collection[Stretch] = ()) -> None:
        self._module = module
        self._functions = {f.rows.start + 1: f for f in module.functions}
        self._needed = {*needed, *mentioned}
        self._mentioned = mentioned
        self._names = {IMPORTED, *(n for f in needed if f.node is not None for n in free(f.node))}
        self._whole = module.outside in needed
        self._body = module.outside.body
        self._bound: dict[ast.stmt, frozenset[str]] = {}

    def rows(self) -> dict[int, str | None]:
        """Each row with what stands there instead, if the text itself does not."""
        size = -1
        found: dict[int, str | None] = {}
        while size != len(self._names):
            size = len(self._names)
            found = dict(self._kept(self._body))
        if not isinstance(self._body[0], (ast.Import, ast.ImportFrom, ast.Expr)):
            # An import that a fix needs goes behind the comments at the top.
            found |= dict.fromkeys(range(1, first_line(self._body[0])))
        return found

    def _kept(self, body: Iterable[ast.stmt]) -> Iterator[tuple[int, str | None]]:
        for statement in body:
            function = self._function(statement)
            inside: list[tuple[int, str | None]] = []
            if function is not None:
                if function in self._needed:
                    yield from self._spoken(function)
            elif isinstance(statement, ast.ClassDef) and statement.body[0].lineno > statement.lineno:
                inside += self._kept(statement.body)
                if inside:
                    yield from dict.fromkeys(range(first_line(statement), statement.body[0].lineno)).items()
                    yield from inside
            elif self._whole or not self._names.isdisjoint(self._bindings(statement)) or self._holds(statement):
                self._names.update(n.id for n in ast.walk(statement) if isinstance(n, ast.Name))
                yield from self._text(range(first_line(statement), (statement.end_lineno or statement.lineno) + 1))

    def _text(self, rows: range) -> Iterator[tuple[int, str | None]]:
        """The rows of a statement, with the functions in it that are needed."""
        row = rows.start
        while row < rows.stop:
            function = self._functions.get(row)
            if function is None:
                yield row, None
                row += 1
            else:
                assert function.block is not None
                if function in self._needed:
                    yield from self._spoken(function)
                else:
                    yield row, f"{function.block.indent.decode()}pass"
                row += len(function.rows)

    def _spoken(self, function: Stretch) -> Iterator[tuple[int, str | None]]:
        """The rows of a function without its docstring, and without most empty lines between its statements."""
        if function in self._mentioned and (head := list(self._head(function))):
            yield from head
            return
        # LibCST makes four nodes of each empty line. Comments stay, and where what they speak of ends: what a fix may
        # remove depends on them.
        lines = self._module.lines
        silent = {row for row in function.rows if not lines[row].strip()} - set(_behind_comments(lines, function.rows))
        assert function.node is not None
        shift = function.rows.start - first_line(function.node)
        told: set[int] = set()
        for statement in statements([function.node]):
            inner = next(blocks(statement), None)
            if inner is None:
                silent -= {row + shift for row in range(statement.lineno, (statement.end_lineno or 0) + 1)}
            else:
                silent -= {row + shift for row in range(first_line(statement), inner[0].lineno)}
            if isinstance(statement, FUNCTIONS) and (docstring := _docstring(statement)) is not None:
                start = docstring.lineno + shift
                if not lines[start].encode("utf-8", "surrogatepass")[: docstring.col_offset].strip():
                    told |= {*range(start, (docstring.end_lineno or 0) + shift + 1)}
        silent |= told
        yield from ((row + 1, None) for row in function.rows if row not in silent)

    def _head(self, function: Stretch) -> Iterator[tuple[int, str | None]]:
        """The rows of a function of the same parameters that does nothing; none if its body begins in its head."""
        node = function.node
        assert node is not None
        shift = function.rows.start - first_line(node) + 1
        start, body = first_line(node) + shift, first_line(node.body[0]) + shift
        line = self._module.lines[body - 1]
        indent = line[: len(line) - len(line.lstrip())]
        if len(indent) == node.body[0].col_offset:
            yield from ((row, None) for row in range(start, body))
            yield body, f"{indent}pass"

    def _function(self, statement: ast.stmt) -> Stretch | None:
        return self._functions.get(statement.lineno) if isinstance(statement, ast.Pass) else None

    def _holds(self, statement: ast.stmt) -> bool:
        """Whether a needed function stands in a statement."""
        return any(self._function(n) in self._needed for n in ast.walk(statement) if isinstance(n, ast.Pass))

    def _bindings(self, statement: ast.stmt) -> frozenset[str]:
        if statement not in self._bound:
            self._bound[statement] = frozenset(_bindings(statement))
        return self._bound[statement]


def _bindings(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds, or whose value it may change."""
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (name.asname or name.name.partition(".")[0] for name in names)
            # A fix may need any of them, and so may what is said of it.
            yield IMPORTED
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))):
            yield from (n.id for n in ast.walk(owner) if isinstance(n, ast.Name))
        case ast.Expr():
            return
        case ast.ClassDef(name=name):
            yield name
    if not isinstance(statement, (ast.Import, ast.ImportFrom, ast.Expr)):
        for part in _own(statement):
            for node in ast.walk(part):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                    yield node.id
                elif isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
                    yield from (n.id for n in ast.walk(node.value) if isinstance(n, ast.Name))
    for block in blocks(statement):
        for inner in block:
            yield from _bindings(inner)


def _docstring(function: Function) -> ast.Expr | None:
    """A function's docstring, if there is more in it."""
    match function.body:
        case [ast.Expr(value=ast.Constant(value=str())) as told, then, *_] if first_line(then) > (told.end_lineno or 0):
            return told
    return None


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, without the statements in it."""
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case)):
            yield child


def free(function: Function) -> set[str]:
    """The names that a function reads and does not bind itself."""
    given = function.args
    bound = parameters(function)
    read: set[str] = set()
    declared: set[str] = set()
    outside = [*function.decorator_list, *given.defaults, *(d for d in given.kw_defaults if d is not None)]
    read_outside = {n.id for part in outside for n in ast.walk(part) if isinstance(n, ast.Name)}
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, FUNCTIONS):
            bound.add(node.name)
            read |= free(node)
        elif isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.comprehension):
            # Its names are its own.
            read |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            declared |= {*node.names}
        else:
            todo += ast.iter_child_nodes(node)
    return (read - (bound - declared)) | declared | read_outside


def _behind_comments(lines: Sequence[str], rows: Iterable[int]) -> Iterator[int]:
    """The first empty row behind each paragraph with a comment in it."""
    commented = False
    for row in rows:
        if lines[row].strip():
            commented = commented or "#" in lines[row]
        elif commented:
            yield row
            commented = False
