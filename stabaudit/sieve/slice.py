"""What some functions of a module are made of outside of them: the statements that bind the names they read.

A backward slice by names alone: each statement that binds a name which is read by what is there already is taken in,
and with it the names that it reads, until nothing is new.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from stabaudit.sieve.stretch import Module, Stretch, blocks, rows_of
from stabaudit.syntax.bindings import telling_nodes
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import COMPOUND, Case, Class, For, Function, Handler, Pattern, WithItem
from stabaudit.syntax.expressions import Argument, Attribute, Call, Named
from stabaudit.syntax.memory import assigned
from stabaudit.syntax.node import LeftOut, Node, Statement
from stabaudit.syntax.reads import first_names, parameters_of
from stabaudit.syntax.statements import Alias, Annotated, Assign, Augment, Block, Declare, Delete, Evaluate, Jump
from stabaudit.syntax.statements import Module as Tree

#: Stands for all names that are imported.
IMPORTED = "*"
_NAME = r"(?<![\w.])[^\W\d]\w*"


class Slice:
    """The needed functions and what they are made of.

    Of those that are only `mentioned` it matters that they are there, and what their parameters are called.
    """

    def __init__(self, module: Module, needed: Collection[Stretch], mentioned: Collection[Stretch] = ()) -> None:
        self._module = module
        self._functions = {id(f.node): f for f in module.functions}
        self._needed = {*needed, *mentioned}
        self._mentioned = mentioned
        self._names = {IMPORTED, *(n for f in needed if f.node is not None for n in self._free(f, f.node))}
        self._whole = module.outside in needed
        #: The statements whose names are among those.
        self._taken: set[int] = set()

    def tree(self) -> Tree:
        """The module with nothing else in it; its nodes are those of the whole, except around what is left out."""
        size = -1
        while size != len(self._names):
            size = len(self._names)
            body = tuple(self._kept(self._module.tree.body))
        made = Tree(body)
        made.place = self._module.tree.place
        return made

    def _kept(self, body: Sequence[Statement]) -> Iterator[Statement]:
        for line in _lines(body):
            (statement, *_) = line
            if isinstance(statement, Function):
                if self._function(statement) in self._needed:
                    yield self._spoken(statement)
            elif isinstance(statement, Class) and statement.body.body[0].place.lineno > statement.place.lineno:
                if inside := tuple(self._kept(statement.body.body)):
                    yield _with_block(statement, inside)
            elif self._whole or any(self._matters(one) for one in line):
                for one in line:
                    if id(one) not in self._taken:
                        self._taken.add(id(one))
                        self._names |= self._read(rows_of(one), one)
                    yield self._without_functions(one)

    def _function(self, node: Function) -> Stretch:
        return self._functions[id(node)]

    def _matters(self, statement: Statement) -> bool:
        """Whether a statement binds a name that is read, or a needed function stands in it."""
        if not self._names.isdisjoint(_bound(statement)):
            return True
        return any(self._function(f) in self._needed for f in _functions(statement))

    def _read(self, rows: range, node: Node) -> set[str]:
        """The names that are read in some code, and what else looks like one."""
        code = self._module.of_rows(rows)
        # Python knows other letters by another name than they are written.
        return {*re.findall(_NAME, code.decode())} if code.isascii() else first_names([node])

    def _free(self, stretch: Stretch, node: Function) -> set[str]:
        """The names that a function reads and does not bind itself."""
        inside = telling_nodes(node.body)
        declared = {name for one in inside if isinstance(one, Declare) for name in one.names}
        defined = {one.name for one in inside if isinstance(one, (Function, Class))}
        outside = first_names([*node.decorators, node.parameters])
        own = assigned(node.body) | parameters_of(node.parameters) | defined
        return (self._read(stretch.rows, node) - (own - declared)) | declared | outside

    def _without_functions(self, node: Statement) -> Statement:
        """A statement with `pass` in the place of the functions that are not needed."""
        if all(self._function(f) in self._needed for f in _functions(node)):
            return node
        made: Statement = self._copied(node)
        return made

    def _copied(self, node: Any) -> Any:
        if isinstance(node, Function):
            return self._spoken(node) if self._function(node) in self._needed else _pass(node.place, rows_of(node))
        if not isinstance(node, (Block, Handler, Case, *COMPOUND)):
            return node
        made = copy.copy(node)
        for name in node.PARTS:
            value = getattr(node, name)
            if isinstance(value, tuple):
                setattr(made, name, tuple(map(self._copied, value)))
            elif value is not None:
                setattr(made, name, self._copied(value))
        return made

    def _spoken(self, node: Function) -> Function:
        """A function, or its head if it is only mentioned."""
        if self._function(node) not in self._mentioned:
            return node
        first = node.body.body[0]
        body = Block((_pass(first.place, range(rows_of(first).start, rows_of(node).stop)),))
        body.place = node.body.place
        made = Function(node.name, node.parameters, body, node.decorators, node.returns, node.asynchronous)
        made.place = node.place
        return made


def _pass(place: Any, rows: range) -> Jump:
    """What stands for statements that are left out, of which `place` is that of the first."""
    made = Jump("pass")
    made.place = LeftOut(rows.start, place.col_offset, rows.stop - 1)
    return made


def _with_block(node: Class, body: tuple[Statement, ...]) -> Class:
    """A class with other statements in it."""
    if body == node.body.body:
        return node
    made, block = copy.copy(node), copy.copy(node.body)
    made.body, block.body = block, body
    return made


def _lines(body: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The statements that share lines."""
    line: list[Statement] = []
    for statement in body:
        if line and rows_of(statement).start >= rows_of(line[-1]).stop:
            yield line
            line = []
        line.append(statement)
    if line:
        yield line


def _functions(statement: Statement) -> Iterator[Function]:
    """The functions in a statement that stand in no other."""
    if isinstance(statement, Function):
        yield statement
    elif isinstance(statement, COMPOUND):
        for block in blocks(statement):
            for inner in block.body:
                yield from _functions(inner)


@cached_by_node
def _bound(statement: Statement) -> frozenset[str]:
    """The names that a statement binds, or whose value it may change."""
    found: set[str] = set()
    for node in telling_nodes(statement):
        match node:
            case Alias():
                # A fix may need any of them, and so may what is said of it.
                found |= {IMPORTED, node.local or node.name.partition(".")[0]}
            case Function(name=name) | Class(name=name) | Handler(name=str() as name):
                found.add(name)
            case Assign(targets=targets) | Delete(targets=targets):
                found |= first_names(targets)
            case Augment() | Annotated() | For() | Named():
                found |= first_names([node.target])
            case WithItem(target=target) if target is not None:
                found |= first_names([target])
            case Pattern(names=names):
                found |= {*names}
            case Evaluate(value=Call(func=Attribute(value=owner))) | Argument(keyword="out", value=owner):
                found |= first_names([owner])
    return frozenset(found)
