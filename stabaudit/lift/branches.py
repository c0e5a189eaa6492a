"""Statements of which one part or another is carried out: what is known after them holds whichever it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.effects import ignores_overflow
from stabaudit.lift.scope import Scope
from stabaudit.syntax.bindings import bound_names, imported, simple_statements
from stabaudit.syntax.compound import Handler, If, Match, Try, With
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Call, Constant, Display, Name
from stabaudit.syntax.memory import viewed
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.reads import names_in
from stabaudit.syntax.statements import Assign, Import, ImportFrom
from stabaudit.terms import App

if TYPE_CHECKING:
    from stabaudit.lift.statements import Reader


class Branches:
    """Reads the branches of one module."""

    def __init__(self, reader: Reader) -> None:
        self.reader: Reader = proxy(reader)

    def of_if(self, node: If, scope: Scope) -> bool:
        """Read an `if` and what else it leads to; true if the end of none is reached."""
        condition = self.reader.expression(node.test, scope)
        negation = App("not", (condition,))
        taken, other = scope.guarded(condition), scope.guarded(negation)
        taken_ends = self.reader.statement(node.body, taken)
        other_ends = node.orelse is not None and self.reader.statement(node.orelse, other)
        if taken_ends and not other_ends:
            scope.take(other)
        elif other_ends and not taken_ends:
            scope.take(taken)
        else:
            guards = scope.guards
            scope.merge(taken, other, condition)
            scope.guards = guards
        return taken_ends and other_ends

    def of_with(self, node: With, scope: Scope) -> bool:
        """Read a `with`; true if its end is never reached."""
        before = scope.quiet
        for item in node.items:
            manager = item.manager
            self.reader.expression(manager, scope)
            if isinstance(manager, Call) and self.reader.lifter.path(manager.func, scope) == "numpy.errstate":
                scope.quiet = scope.quiet or ignores_overflow(manager)
            if item.target is not None:
                for name in names_in(item.target):
                    scope.forget(name)
                    scope.share(name, viewed(manager) - {name})
        outside = scope.copy()
        ended = self.reader.statement(node.body, scope)
        scope.quiet = before
        if any(_swallows(item.manager) for item in node.items):
            for name in scope.changed_since(outside):
                scope.forget(name)
            return False
        return ended

    def of_try(self, node: Try, scope: Scope) -> None:
        """Read a `try` with its handlers."""
        start = scope.copy()
        before = scope.copy()
        around = scope.quiet
        scope.quiet = around or any(_catches_overflow(handler) for handler in node.handlers)
        self.reader.statement(node.body, scope)
        scope.quiet = around
        # An exception comes before or after any of the body's steps.
        for name in {*bound_names(node.body, scope.modules), *scope.changed_since(start)}:
            before.forget(name)
            before.versions[name] = max(before.versions[name], scope.versions.get(name, 0)) + 1
        for handler in node.handlers:
            branch = before.copy()
            if handler.name is not None:
                branch.forget(handler.name)
            if not self.reader.statement(handler.body, branch):
                branch.modules.update(_not_given_otherwise(node, handler, scope))
                known = scope.copy()
                scope.merge(known, branch, self.reader.lifter.unknown("no exception"))
                if _catches_overflow(handler):
                    # What overflows has another value, which is as good.
                    for name in scope.changed_since(known):
                        scope.facts.pop(name, None)
        if node.orelse is not None:
            self.reader.statement(node.orelse, scope)
        if node.final is not None:
            # It is reached with an exception under way, too.
            final = scope.copy()
            for part in (node.body, *node.handlers, *([node.orelse] if node.orelse else ())):
                for name in bound_names(part, scope.modules):
                    final.forget(name)
            for name in scope.changed_since(start):
                final.forget(name)
            entered = final.copy()
            self.reader.statement(node.final, final)
            for name in final.changed_since(entered):
                scope.forget(name)

    def of_match(self, node: Match, scope: Scope) -> None:
        """Read a `match`, each case as if no other were there."""
        self.reader.expression(node.subject, scope)
        branches = [scope.copy() for _ in node.cases]
        for case, branch in zip(node.cases, branches, strict=False):
            for name in bound_names(case, scope.modules):
                branch.forget(name)
            if case.guard is not None:
                branch.guards = (*branch.guards, self.reader.expression(case.guard, branch))
            self.reader.statement(case.body, branch)
        for branch in branches:
            scope.merge(scope.copy(), branch, self.reader.lifter.unknown("no exception"))


def _not_given_otherwise(node: Try, handler: Handler, scope: Scope) -> dict[str, str]:
    """The imports of a `try` whose names mean nothing else where they fail: `None` at most."""
    given = bound_names(handler.body, scope.modules) - set(_given_none(handler.body))
    names = set(_imported(node.body)) - given - set(_imported(handler.body))
    return {name: scope.modules[name] for name in names if name in scope.modules}


def _imported(body: Node) -> Iterator[str]:
    """The names that imports in a block bind."""
    for small in simple_statements(body):
        if isinstance(small, (Import, ImportFrom)):
            yield from (name for name, _ in imported(small))


def _given_none(body: Node) -> Iterator[str]:
    """The names that a block gives `None`, and no other value."""
    other: set[str] = set()
    found: set[str] = set()
    for small in simple_statements(body):
        match small:
            case Assign(targets=targets, value=Constant(value=None)):
                found.update(target.name for target in targets if isinstance(target, Name))
            case _:
                other |= bound_names(small)
    yield from found - other


def _catches_overflow(handler: Handler) -> bool:
    """Whether a handler is there for what `math` raises where the float range is left."""
    kinds = handler.error.elements if isinstance(handler.error, Display) else (handler.error,)
    names = {dotted(kind) for kind in kinds}
    return not names.isdisjoint({"OverflowError", "ArithmeticError", "FloatingPointError"})


def _swallows(manager: Expression) -> bool:
    """Whether a context manager is made to end its block early: `suppress(ValueError)`, `pytest.raises(...)`."""
    func = manager.func if isinstance(manager, Call) else manager
    name = (dotted(func) or "").rpartition(".")[2].lower()
    return "suppress" in name or "raises" in name or "ignore" in name
