"""The stretches of a module: functions that stand in no other, and all that stands outside of functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from weakref import proxy

from stabaudit.sieve.needles import ADDED, Needle, holds_a_needle, needles_in, places, sums_along_the_way
from stabaudit.syntax.compound import COMPOUND, Case, Class, Function, Handler
from stabaudit.syntax.node import Expression, Node, Statement, parts
from stabaudit.syntax.places import first_row
from stabaudit.syntax.statements import Block
from stabaudit.syntax.statements import Module as Tree

_CALLED = rb"([^\W\d]\w*)[ \t]*\("


class Module:
    """The tree of a text, and its `code`, which is the same line by line without comments and strings."""

    def __init__(self, tree: Tree, code: bytes) -> None:
        self.tree = tree
        self.code = code
        self.outside = Stretch(self, None)
        self.functions = [Stretch(self, *found) for found in _outermost(tree.body, "")]
        self._first = [f.rows.start for f in self.functions]
        self._lines = [0, *(m.end() for m in re.finditer(rb"\n", code)), len(code)]

    @cached_property
    def added(self) -> frozenset[str]:
        """The attributes of `self` in which methods add up products."""
        return frozenset(name.decode("utf-8", "replace") for name in sums_along_the_way(self.code))

    @property
    def adders(self) -> list[Stretch]:
        """The stretches in which they do."""
        return self.at(ADDED) if self.added else []

    def of_rows(self, rows: range) -> bytes:
        """The code of some rows, which are counted from 1."""
        return self.code[self._lines[rows.start - 1] : self._lines[min(rows.stop, len(self._lines)) - 1]]

    @cached_property
    def named(self) -> list[Stretch]:
        """The stretches in which some library's exponential or logarithm is named, or all of a needle."""
        named = dict.fromkeys(self._at(places(self.code)))
        if self.needles:
            named |= dict.fromkeys(self.mentioning({f"self.{name}" for name in self.added}))
            named |= dict.fromkeys(f for f in self.functions if f not in named and self.have_a_needle([f]))
            if self.outside not in named and holds_a_needle(self._outside_code):
                named[self.outside] = None
        return [*named]

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """The needles of which the text names all."""
        return needles_in(self.code)

    def have_a_needle(self, functions: Collection[Stretch]) -> bool:
        """Whether some functions together name all of a needle."""
        return any(
            all(sum(f.signs[place, i] for f in functions) >= sign.often for i, sign in enumerate(needle))
            for place, needle in enumerate(self.needles)
        )

    @property
    def _outside_code(self) -> bytes:
        """The code of all that stands outside of functions."""
        found, row = [], 1
        for function in self.functions:
            found.append(self.of_rows(range(row, function.rows.start)))
            row = function.rows.stop
        return b"".join([*found, self.of_rows(range(row, len(self._lines)))])

    def mentioning(self, names: Collection[str]) -> list[Stretch]:
        """The stretches in which one of these names occurs: `f`, `self.f`, or `.f` of anything else."""
        places: list[int] = []
        for name in names:
            owner, dot, last = name.rpartition(".")
            # A method is not called by its name alone, though it is defined by it.
            before = rf"{owner}\s*\.\s*" if owner else r"\.\s*" if dot else r"(?<!def )(?<![\w.])"
            fits = f"{before}$".encode()
            # A pattern for each of many names would take longer to make than to look for.
            for place in _begins(last.encode(), self.code):
                if re.search(fits, self.code[max(0, place - 40) : place]):
                    places.append(place)
        return self._at(places)

    def given(self, names: Iterable[str], target: bytes) -> list[Stretch]:
        """The stretches in which one of these is called behind a `target`, which ends in `=`, and no other `=`."""
        called = re.compile(rb"[ \t]*\(")
        places = [
            place
            for word in (name.encode() for name in names)
            for place in _begins(word, self.code)
            if not (self.code[place - 1 : place].isalnum() or self.code.startswith(b"_", place - 1))
            and called.match(self.code, place + len(word))
        ]
        if not places:
            return []
        targets = {m.end() - 1 for m in re.finditer(target, self.code)}
        signs = [-1, *(m.start() for m in re.finditer(rb"=", self.code))]
        before = {place: signs[bisect_right(signs, place) - 1] for place in places}
        first = {place: self._lines[bisect_right(self._lines, place) - 1] for place in places}
        return self._at(place for place in places if before[place] in targets and before[place] >= first[place])

    def at(self, pattern: bytes) -> list[Stretch]:
        """The stretches in which something stands."""
        return self._at(m.start() for m in re.finditer(pattern, self.code))

    def _at(self, places: Iterable[int]) -> list[Stretch]:
        """The stretches of these places in the code."""
        found: dict[Stretch, None] = {}
        for place in places:
            row = bisect_right(self._lines, place)
            number = bisect_right(self._first, row) - 1
            inside = number >= 0 and row in self.functions[number].rows
            found[self.functions[number] if inside else self.outside] = None
        return list(found)


class Stretch:
    """One stretch: the function `node`, which stands in the class `owner` if in any, or what is outside of all.

    `hit`: some pattern could fit an expression in it. `given` are the shapes of what it gives back, `calls` the
    names of the functions it calls, `callers` who looked at what it gives back, `reads` the attributes
    of `self` in it that another method sets.
    """

    def __init__(self, module: Module, node: Function | None, owner: str = "") -> None:
        # It knows this: a circle would keep the tree when it is done with.
        self.module: Module = proxy(module)
        self.node = node
        self.owner = owner
        self.hit = False
        self.given: int | None = None
        self.calls: set[str] = set()
        self.callers: set[Stretch] = set()
        self.reads: set[str] = set()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """By what its function may be called: `f`, `self.f`, and `.f` of another object or of its class."""
        if self.node is None:
            return ()
        name = self.node.name
        return (name, f"self.{name}", f".{name}") if self.owner else (name,)

    @cached_property
    def rows(self) -> range:
        """The rows of its function, counted from 1."""
        return range(0) if self.node is None else rows_of(self.node)

    @property
    def code(self) -> bytes:
        """The code of its function; nothing for what stands outside."""
        return self.module.of_rows(self.rows) if self.rows else b""

    @cached_property
    def signs(self) -> dict[tuple[int, int], int]:
        """How often each sign of each needle of the module is there."""
        needles = enumerate(self.module.needles)
        return {(place, i): sign.count(self.code) for place, needle in needles for i, sign in enumerate(needle)}

    @cached_property
    def called(self) -> frozenset[str]:
        """The last names of the functions that it calls."""
        return frozenset(name.decode("utf-8", "replace") for name in re.findall(_CALLED, self.code))

    @property
    def body(self) -> Sequence[Statement]:
        """Its statements: of a function one, its definition."""
        return self.module.tree.body if self.node is None else (self.node,)

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements in it, those inside of others as well."""
        found, todo = list[Statement](), list(self.body)
        while todo:
            found.append(node := todo.pop())
            if isinstance(node, COMPOUND) and (self.node is not None or not isinstance(node, Function)):
                for block in blocks(node):
                    todo += block.body
        return found


def _begins(word: bytes, code: bytes) -> Iterator[int]:
    """Where something stands that ends in a word."""
    place = code.find(word)
    while place >= 0:
        end = place + len(word)
        if not (code[end : end + 1].isalnum() or code.startswith(b"_", end)):
            yield place
        place = code.find(word, place + 1)


def rows_of(statement: Statement) -> range:
    """The rows of a statement, its decorators included."""
    return range(first_row(statement), statement.place.end_lineno + 1)


def defaults(function: Function | None) -> list[Expression]:
    """The values that a function's parameters have by themselves."""
    return [] if function is None else [p.default for p in parts(function.parameters) if p.default is not None]


def blocks(node: Node) -> Iterator[Block]:
    """The blocks of a compound statement."""
    for part in parts(node):
        if isinstance(part, Block):
            yield part
        elif isinstance(part, (Handler, Case)):
            yield part.body


def _outermost(body: Iterable[Statement], owner: str) -> Iterator[tuple[Function, str]]:
    """The functions that stand in no other, methods and those in blocks included, each with its class."""
    for node in body:
        if isinstance(node, Function):
            yield node, owner
        elif isinstance(node, COMPOUND):
            for block in blocks(node):
                yield from _outermost(block.body, node.name if isinstance(node, Class) else owner)
