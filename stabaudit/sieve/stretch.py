"""The stretches of a module: functions that stand in no other, and all that stands outside of functions.

Each is parsed by itself, and only when it is asked for.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from weakref import proxy

from stabaudit.sieve.cut import Block, functions
from stabaudit.sieve.needles import ADDED, holds_a_needle, places, sums_along_the_way

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Statements that import something.
IMPORTS = re.compile(rb"^[ \t]*(?:from|import)\b(?:[^\n(;\\]|\\\n?)*(?:\([^()]*\))?", re.MULTILINE)


class Module:
    """A text and its `code`, which is the same line by line without comments and strings."""

    def __init__(self, text: str, code: bytes) -> None:
        self.code = code
        self.text = text
        self.outside = Stretch(self, None)
        self.functions = [Stretch(self, block) for block in functions(code)]
        self._starts = [f.block.start for f in self.functions if f.block]

    @cached_property
    def added(self) -> frozenset[str]:
        """The attributes of `self` in which methods add up products."""
        return frozenset(name.decode("utf-8", "replace") for name in sums_along_the_way(self.code))

    @property
    def adders(self) -> list[Stretch]:
        """The stretches in which they do."""
        return self.at(ADDED) if self.added else []

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text without their ends."""
        plain = self.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in self.text else self.text
        return plain.split("\n")

    @property
    def outside_code(self) -> bytes:
        """The code of all that stands outside of functions."""
        found, end = [], 0
        for function in self.functions:
            assert function.block is not None
            found.append(self.code[end : function.block.start])
            end = function.block.end
        return b"".join([*found, self.code[end:]])

    @cached_property
    def _feeds(self) -> list[int]:
        return [m.end() for m in re.finditer(rb"\n", self.code)]

    def row(self, place: int) -> int:
        """The row of a place in the code, counted from 0."""
        return bisect_right(self._feeds, place)

    def named(self) -> list[Stretch]:
        """The stretches in which some library's exponential or logarithm is named, or all of a needle."""
        named = self._at(places(self.code))
        if not holds_a_needle(self.code):
            return named
        named += [f for f in self.mentioning({f"self.{name}" for name in self.added}) if f not in named]
        more = [f for f in self.functions if f not in named and holds_a_needle(f.code)]
        if self.outside not in named and holds_a_needle(self.outside_code):
            more.append(self.outside)
        return [*named, *more]

    def mentioning(self, names: Collection[str]) -> list[Stretch]:
        """The stretches in which one of these names occurs: `f`, `self.f`, or `.f` of anything else."""
        places: list[int] = []
        for name in names:
            owner, dot, last = name.rpartition(".")
            # A method is not called by its name alone, though it is defined by it.
            before = rf"{owner}\s*\.\s*" if owner else r"\.\s*" if dot else r"(?<!def )(?<![\w.])"
            fits = re.compile(f"{before}$".encode())
            # What begins with a letter is found many times as fast as what begins with a condition.
            for match in re.finditer(rf"{re.escape(last)}(?!\w)".encode(), self.code):
                if fits.search(self.code[max(0, match.start() - 40) : match.start()]):
                    places.append(match.start())
        return self._at(places)

    def at(self, pattern: re.Pattern[bytes]) -> list[Stretch]:
        """The stretches in which something stands."""
        return self._at(m.start() for m in pattern.finditer(self.code))

    def _at(self, places: Iterable[int]) -> list[Stretch]:
        """The stretches of these places in the code."""
        found: dict[Stretch, None] = {}
        for place in places:
            number = bisect_right(self._starts, place) - 1
            function = self.functions[number] if number >= 0 else self.outside
            inside = function.block is not None and place < function.block.end
            found[function if inside else self.outside] = None
        return list(found)


class Stretch:
    """One stretch; `block` is its function's, `names` are what that may be called by, `f` or `self.f`.

    `hit`: some pattern could fit an expression in it. `given` are the shapes of what it gives back, `calls` the
    names of the functions it calls, `callers` who looked at what it gives back.
    """

    def __init__(self, module: Module, block: Block | None) -> None:
        # It knows this: a circle would keep all trees when they are done with.
        self.module: Module = proxy(module)
        self.block = block
        self.hit = False
        self.given: int | None = None
        self.calls: set[str] = set()
        self.callers: set[Stretch] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """By what its function may be called."""
        if self.block is None:
            return ()
        return (self.block.name, f"self.{self.block.name}") if self.block.indent else (self.block.name,)

    @property
    def code(self) -> bytes:
        """The code of its function; nothing for what stands outside."""
        return b"" if self.block is None else self.module.code[self.block.start : self.block.end]

    @cached_property
    def rows(self) -> range:
        """The rows of its function, counted from 0."""
        assert self.block is not None
        return range(self.module.row(self.block.start), self.module.row(self.block.end - 1) + 1)

    @cached_property
    def body(self) -> list[ast.stmt]:
        """Its statements: of a function one, its definition; raises `SyntaxError`, and what else `ast.parse` does."""
        with warnings.catch_warnings():
            # What Python says about the user's own code is not for us to say.
            warnings.simplefilter("ignore")
            return ast.parse(self._source()).body

    @cached_property
    def node(self) -> Function | None:
        """Its function."""
        if self.block is None:
            return None
        first = self.body[0]
        return next(n for n in (first.body if isinstance(first, ast.If) else self.body) if isinstance(n, FUNCTIONS))

    @cached_property
    def defaults(self) -> list[ast.expr]:
        """What the parameters of its function are by themselves."""
        return defaults(self.node)

    def _source(self) -> str:
        """Its text; that of what stands outside has `pass` for each function, and rows as they are."""
        lines = self.module.lines
        if self.block is not None:
            own = lines[self.rows.start : self.rows.stop]
            return "\n".join(["if 1:", *own] if self.block.indent else own)
        own = list(lines)
        for function in self.module.functions:
            assert function.block is not None
            rows = function.rows
            own[rows.start : rows.stop] = [f"{function.block.indent.decode()}pass", *[""] * (len(rows) - 1)]
        return "\n".join(own)


def defaults(node: Function | None) -> list[ast.expr]:
    """The values that a function's parameters have by themselves."""
    return [] if node is None else [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]


def parameters(function: Function) -> set[str]:
    """The names of all parameters."""
    given = function.args
    every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
    return {parameter.arg for parameter in every if parameter is not None}


def blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        if block := getattr(node, name, None):
            yield block
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements in a body, those inside of others as well."""
    todo = list(body)
    while todo:
        node = todo.pop()
        yield node
        for block in blocks(node):
            todo += block
