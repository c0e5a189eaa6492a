"""One stretch walked, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.sieve.bits import SUM, anything, under
from stabaudit.sieve.stretch import blocks, defaults
from stabaudit.sieve.values import COMBINED, Values
from stabaudit.syntax.compound import COMPOUND, For, Function, If, While
from stabaudit.syntax.expressions import Attribute, Call, Constant, Display, Lambda, Name
from stabaudit.syntax.node import Expression, Statement
from stabaudit.syntax.reads import parameters_of
from stabaudit.syntax.statements import (
    Annotated,
    Assert,
    Assign,
    Augment,
    Declare,
    Evaluate,
    Import,
    ImportFrom,
    Jump,
    Return,
)

#: Rounds until what names hold is taken for anything.
MOST_ROUNDS = 8


class Walk(Values):
    """Goes through a stretch in order, and again through what runs again, until nothing new is learned of its names."""

    back = 0

    def walk(self) -> int:
        """The shapes of what the stretch gives back."""
        for round_ in range(MOST_ROUNDS + 1):
            self.changed_later = False
            self.asked_later.clear()
            self.asked.clear()
            self.known.clear()
            self._block(self.stretch.body)
            if not self.changed_later:
                break
            if round_ == MOST_ROUNDS:
                self._takes_anything()
        return self.back

    def _takes_anything(self) -> None:
        self.stretch.hit, self.back = True, anything()

    def _block(self, body: Iterable[Statement]) -> None:
        """Statements, those inside of others as well."""
        for statement in body:
            if isinstance(statement, (For, While)) and not self.loops:
                self._loop(statement)
            elif not isinstance(statement, Function) or statement is self.stretch.node:
                self._statement(statement)
            elif self.stretch.node is not None:
                self._inner_function(statement)

    def _inner_function(self, statement: Function) -> None:
        """A function that is defined in the stretch: its name holds what a call of it gives."""
        around, self.back = self.back, 0
        self.deferred += 1
        self._statement(statement)
        self.deferred -= 1
        self.inner.add(statement.name)
        self.bind(Name(statement.name), self.back)
        self.back |= around

    def _statement(self, statement: Statement) -> None:
        STATEMENTS.get(type(statement), Walk.inside)(self, statement)
        if isinstance(statement, COMPOUND):
            for block in blocks(statement):
                self._block(block.body)

    def _loop(self, statement: Statement) -> None:
        """A loop that stands in no other, with those in it, until nothing new is learned."""
        self.loops = True
        for round_ in range(MOST_ROUNDS + 1):
            self.changed = False
            self.asked.clear()
            self.known.clear()
            self._statement(statement)
            if not self.changed:
                break
            if round_ == MOST_ROUNDS:
                self._takes_anything()
        self.loops = False

    def _assigns(self, node: Assign) -> None:
        value = self.look(node.value)
        for target in node.targets:
            self._assign(target, node.value, value)
            if not isinstance(target, Name):
                self.inside(target)

    def _declares(self, node: Annotated) -> None:
        if node.value is not None:
            self._assign(node.target, node.value, self.look(node.value))

    def _augments(self, node: Augment) -> None:
        before, given = self.value(node.target), self.look(node.value)
        if node.operator not in COMBINED:
            self.bind(node.target, before | given)
            return
        value = self.combined(node.operator, before, given, node.value)
        if node.operator == "+":
            # A loop adds up a sum.
            value |= under(SUM, given)
        if self.suffices(value):
            self.stretch.hit = True
        self.bind(node.target, value)

    def _says(self, node: Evaluate) -> None:
        if isinstance(node.value, Constant):
            return
        value = self.look(node.value)
        func = node.value.func if isinstance(node.value, Call) else None
        if isinstance(func, Attribute) and func.attr.endswith("_"):
            # `x.exp_()` leaves its value in the tensor.
            self.bind(func.value, value)

    def _nothing(self, node: Statement) -> None:
        pass

    def _repeats(self, node: For) -> None:
        self.bind(node.target, self.look(node.iter))

    def _returns(self, node: Return) -> None:
        if node.value is not None:
            self.back |= self.look(node.value)

    def _asks(self, node: If | While | Assert) -> None:
        # Conditions on the way are part of what a function gives back.
        self.back |= self.look(node.test)

    def _defines(self, node: Function) -> None:
        """What stands around a function's body: decorators and defaults; its parameters are no numbers."""
        for decorator in node.decorators:
            self.look(decorator)
        for default in defaults(node):
            self.look(default)
        for name in parameters_of(node.parameters):
            self.names.setdefault(name, 0)

    def _assign(self, target: Expression, node: Expression, value: int) -> None:
        """Names that hold a value, each its own where both sides are lists."""
        match target, node:
            case Display(elements=targets), Display(elements=values) if len(targets) == len(values):
                for one, other in zip(targets, values, strict=True):
                    self._assign(one, other, self.value(other))
            case Name(name=name), Lambda():
                self.inner.add(name)
                self.bind(target, value)
            case _:
                self.bind(target, value)


# Looked up by type: a chain of questions would be asked of each statement of each round.
STATEMENTS: dict[type[Statement], Callable[[Walk, Any], None]] = {
    Assign: Walk._assigns,
    Annotated: Walk._declares,
    Augment: Walk._augments,
    Evaluate: Walk._says,
    Jump: Walk._nothing,
    Declare: Walk._nothing,
    Import: Walk._nothing,
    ImportFrom: Walk._nothing,
    For: Walk._repeats,
    Return: Walk._returns,
    If: Walk._asks,
    While: Walk._asks,
    Assert: Walk._asks,
    Function: Walk._defines,
}
