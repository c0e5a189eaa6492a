"""A function read again, from another text, with all that was known in front of it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from stabaudit.config.project import PLAIN, Project
from stabaudit.lift.functions import Functions
from stabaudit.lift.scope import Scope
from stabaudit.lift.statements import Reader
from stabaudit.records import Record
from stabaudit.syntax.compound import Function
from stabaudit.syntax.node import Expression, Node, Statement, below
from stabaudit.syntax.statements import Import, ImportFrom, Module
from stabaudit.terms import Term


class Start(Record):
    """What is known in front of a function, and the class that it stands in."""

    scope: Scope
    owner: str


class Entry(Record):
    """An expression as it was read: at which statement, and what was known there."""

    statement: Node
    term: Term
    guards: tuple[Term, ...]
    quiet: bool
    versions: dict[str, int]


class Tracked(Reader):
    """A reader that takes down what it reads, statement by statement."""

    def __init__(
        self,
        module: Module,
        found: Callable[[Node, Term, Scope], None],
        functions: Functions | None = None,
        project: Project = PLAIN,
        changed_elsewhere: frozenset[str] = frozenset(),
        wanted: Container[str] | None = None,
        entered: Callable[[Term, Scope], None] = lambda term, scope: None,
    ) -> None:
        """`found` is called with each expression, the statement that it stands in, and its scope."""
        entries: list[Entry] = []
        at: list[Node] = [module]

        # Not a method: a circle would keep the tree.
        def heard(term: Term, scope: Scope) -> None:
            found(at[0], term, scope)
            entries.append(Entry(at[0], term, scope.guards, scope.quiet, dict(scope.versions)))

        super().__init__(module, heard, functions, project, changed_elsewhere, wanted, entered)
        self.changed_elsewhere = changed_elsewhere
        self.entries, self._at = entries, at
        #: Imports that are there beside those of the module.
        self.brought: tuple[Import | ImportFrom, ...] = ()

    def _outermost(self) -> Scope:
        scope = super()._outermost()
        for statement in self.brought:
            self._import(statement, scope)
        return scope

    def statement(self, node: Node, scope: Scope) -> bool:
        """Read a statement or a block; true if its end is never reached."""
        if isinstance(node, Statement):
            self._at[0] = node
        return super().statement(node, scope)


class Walk(Tracked):
    """A reader that remembers in front of each function what is known there."""

    starts: dict[int, Start]

    def read(self) -> None:
        """Read the whole module."""
        self.starts = {}
        super().read()

    def _read_function(self, node: Function, scope: Scope) -> None:
        if self._depth == 0:
            self.starts[id(node)] = Start(scope.copy(), self._class)
        super()._read_function(node, scope)

    def again(
        self,
        piece: Function | Module,
        start: Start | None,
        found: Callable[[Node, Term, Scope], None],
        imports: Iterable[Import | ImportFrom] = (),
    ) -> None:
        """Read a function that stands where another one was read from `start`, or all outside of functions.

        `imports` are there, too.
        """
        if isinstance(piece, Module) or start is None:
            whole = Tracked(
                piece if isinstance(piece, Module) else self.module,
                found,
                None,
                self.project,
                self.changed_elsewhere,
                frozenset(),
            )
            whole.brought = (*imports,)
            whole.read()
            return
        reader = Tracked(self.module, found, self.functions, self.project)
        reader.lifter.uses_torch = self.lifter.uses_torch
        reader._class = start.owner
        scope = start.scope.copy()
        for statement in imports:
            reader._import(statement, scope)
        reader._read_function(piece, scope)

    def one(
        self,
        expression: Expression,
        scope: Scope,
        imports: Iterable[Import | ImportFrom] = (),
    ) -> Term:
        """The term of an expression of another module, where `scope` is known and `imports` are there."""
        reader = self.silent()
        known = scope.copy()
        for statement in imports:
            reader._import(statement, known)
        return reader.lifter.lift(expression, known)


def numbered(root: Node) -> dict[int, int]:
    """The number of each statement in a piece of code, in an order that depends on its build alone."""
    statements = (n for n in below(root) if isinstance(n, Statement))
    return {id(node): number for number, node in enumerate(statements)}
