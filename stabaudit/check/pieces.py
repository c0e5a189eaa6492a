"""The pieces of a module: its functions and methods, which are typed one by one, and each statement outside of them.

A piece matters to another if it binds what that mentions, or calls it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from stabaudit.dialects.views import changes_its_object
from stabaudit.records import Record
from stabaudit.source.lines import lines
from stabaudit.source.tree import first_line

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Methods that are called by the name of their class, or of an object.
CALLED_BY_CLASS = frozenset({"__init__", "__call__", "forward"})
#: Names of what reaches further than names do: what takes errors, compilers, special methods, what looks names up.
FAR = re.compile(
    r"contextmanager|raises|Raises|suppress|warns|_warnings|simplefilter|filterwarnings|errstate|seterr"
    r"|jit|vectorize|cfunc|ccall|overload|stencil|fuse$|numba|taichi|pythran|cython|transonic|pyccel|warp$"
    r"|^(?:exec|eval|globals|vars|locals|setattr|__(?!init__$|call__$).*)$"
)


class Piece(Record):
    """A function, or a statement outside of functions, on its `rows` of the text.

    It is `called` by names, `mentions` names, and `binds` those that it gives a value outside of itself. What is `far`
    may matter to all others.
    """

    rows: range
    text: str
    is_function: bool
    called: frozenset[str]
    mentions: frozenset[str]
    binds: frozenset[str]
    far: bool


class Pieces:
    """The pieces of one text; those of an `earlier` text that are the same are not looked at again."""

    def __init__(self, tree: ast.Module, text: str, earlier: Pieces | None = None) -> None:
        self._lines = lines(text)
        imports = [a for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names]
        #: What is called through a module changes nothing of this one: `np.random.seed(0)`.
        self._modules = frozenset(a.asname or a.name.partition(".")[0] for a in imports)
        every = () if earlier is None or earlier._modules != self._modules else earlier.every
        self._known: dict[tuple[str, frozenset[str]], Piece] = {(p.text, p.called): p for p in every}
        self.every: list[Piece] = [*self._of(tree.body, "", 0, len(self._lines) + 1)]
        self._binding: defaultdict[str, set[int]] = defaultdict(set)
        self._mentioning: defaultdict[str, set[int]] = defaultdict(set)
        for number, piece in enumerate(self.every):
            for name in piece.binds | piece.called:
                self._binding[name].add(number)
            for name in piece.mentions:
                self._mentioning[name].add(number)

    @property
    def outside(self) -> list[tuple[int, str]]:
        """The rows outside of functions with their lines; an empty text stands for each function, on its first row."""
        found: list[tuple[int, str]] = []
        row = 1
        for piece in self.every:
            if piece.is_function:
                found += [(r, self._lines[r - 1]) for r in range(row, piece.rows.start)]
                found.append((piece.rows.start, ""))
                row = piece.rows.stop
        return [*found, *((r, self._lines[r - 1]) for r in range(row, len(self._lines) + 1))]

    def at(self, row: int) -> int | None:
        """The number of the piece on a row."""
        return next((number for number, piece in enumerate(self.every) if row in piece.rows), None)

    def that_matter(self, numbers: Collection[int]) -> set[int]:
        """The pieces that matter to some, and these themselves: who calls them, and what all these are made of."""
        found = self.with_callers(numbers)
        todo = [*found]
        while todo:
            new = _of_names(self._binding, self.every[todo.pop()].mentions) - found
            found |= new
            todo += new
        # Of several functions of one name less is known than of one.
        return found.union(*(_of_names(self._binding, self.every[number].called) for number in found))

    def to_which_matter(self, numbers: Collection[int]) -> set[int]:
        """The pieces to which some matter, and these themselves: what is made of them, and what they call."""
        called = [_of_names(self._binding, self.every[number].mentions) for number in numbers]
        return self._spread(numbers, lambda piece: piece.binds | piece.called).union(*called)

    def with_callers(self, numbers: Collection[int]) -> set[int]:
        """Some pieces, and those that call them, be it through others."""
        return self._spread(numbers, lambda piece: piece.called)

    def _spread(self, numbers: Collection[int], names: Callable[[Piece], frozenset[str]]) -> set[int]:
        found = set(numbers)
        todo = [*numbers]
        while todo:
            new = _of_names(self._mentioning, names(self.every[todo.pop()])) - found
            found |= new
            todo += new
        return found

    def only(self, numbers: Collection[int]) -> str:
        """The text with `pass` for each function but some; all that is left stands on its own row."""
        kept = [*self._lines]
        for number, piece in enumerate(self.every):
            if piece.is_function and number not in numbers:
                first = kept[piece.rows.start - 1]
                left = [f"{_indent(first)}pass\n", *("\n" for _ in piece.rows[1:])]
                kept[piece.rows.start - 1 : piece.rows.stop - 1] = left
        return "".join(kept)

    def _of(self, body: Sequence[ast.stmt], owner: str, before: int, behind: int) -> Iterator[Piece]:
        """The pieces of a block between two rows."""
        for node, following in zip(body, [*body[1:], None], strict=True):
            rows = range(first_line(node), (node.end_lineno or node.lineno) + 1)
            alone = before < rows.start and rows.stop <= (first_line(following) if following else behind)
            before = rows.stop - 1
            if isinstance(node, ast.ClassDef) and alone and first_line(node.body[0]) > node.lineno:
                head = range(rows.start, first_line(node.body[0]))
                yield self._piece(head, {node.name}, [*node.decorator_list, *node.bases, *node.keywords])
                yield from self._of(node.body, node.name, head.stop - 1, rows.stop)
            elif isinstance(node, FUNCTIONS) and alone:
                by_class = {owner} if owner and node.name in CALLED_BY_CLASS else set()
                yield self._piece(rows, {node.name} | by_class, [node], is_function=True)
            else:
                yield self._piece(rows, set(), [node])

    def _piece(self, rows: range, called: set[str], nodes: Sequence[ast.AST], *, is_function: bool = False) -> Piece:
        text = "".join(self._lines[rows.start - 1 : rows.stop - 1])
        known = self._known.get((text, frozenset(called)))
        if known is not None and known.is_function == is_function:
            return known._replace(rows=rows)
        return Piece(rows, text, is_function, frozenset(called), *_names(nodes, self._modules, is_function))


def _of_names(index: Mapping[str, set[int]], names: frozenset[str]) -> set[int]:
    return set[int]().union(*(index[name] for name in names & index.keys()))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _names(
    nodes: Iterable[ast.AST], modules: frozenset[str], is_function: bool
) -> tuple[frozenset[str], frozenset[str], bool]:
    """The names that code mentions, those that it binds or changes for others, and whether it reaches further."""
    read: set[str] = set()
    stored: set[str] = set()
    binds: set[str] = set()
    changed: set[str] = set()
    takes = False
    outermost = [*nodes]
    todo = [*outermost]
    while todo:
        node = todo.pop()
        todo += ast.iter_child_nodes(node)
        match node:
            case ast.Name(id=name):
                (read if isinstance(node.ctx, ast.Load) else stored).add(name)
            case ast.Attribute(attr=name):
                # It is no name of the function's own, so that it counts as read.
                binds |= set() if isinstance(node.ctx, ast.Load) else {name}
                read.add(f".{name}")
            case ast.Subscript(value=value) if not isinstance(node.ctx, ast.Load):
                changed |= _holders(value, modules)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))):
                changed |= _holders(value, modules)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if changes_its_object(name):
                changed |= _holders(value, modules)
            case ast.arg(arg=name):
                stored.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                stored |= set() if node in outermost else {name}
            case ast.alias(name=name, asname=other):
                stored.add(other or name.partition(".")[0])
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                binds.update(names)
            case ast.Try():
                takes = True
    own = stored if is_function else set()
    changed.discard("super")
    binds |= {name.removeprefix(".") for name in changed - own} | (stored - own)
    mentions = frozenset({name.removeprefix(".") for name in (read | stored) - own} | binds)
    return mentions, frozenset(binds), takes or any(map(FAR.search, mentions))


def _holders(value: ast.expr, modules: frozenset[str]) -> set[str]:
    """What holds what is changed: `x` and `.c` of `x[0].c[1]`; nothing of what is called through a module."""
    found = set()
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(value, ast.Attribute):
            found.add(f".{value.attr}")
        value = value.func if isinstance(value, ast.Call) else value.value
    if isinstance(value, ast.Name):
        found.add(value.id)
    return set() if isinstance(value, ast.Name) and value.id in modules else found
