"""Assignments: what a name, an attribute, a column or a part of an array holds from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects.array_module import GIVING, PATH
from stabaudit.lift.coefficients import coefficients, row_of
from stabaudit.lift.functions import part_of_several
from stabaudit.lift.intrinsics import is_condition, same_values
from stabaudit.lift.known import says_what_it_is, should_inline
from stabaudit.lift.literals import column, drawn_rank, element_at, is_row, items, place
from stabaudit.lift.ranges import COUNTS, bounds_of, counted_at
from stabaudit.lift.scope import Scope
from stabaudit.lift.subscripts import OF_ALL
from stabaudit.lift.tallies import is_empty_mapping
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Call,
    Choice,
    Display,
    Lambda,
    Name,
    Slice,
    Starred,
    Subscript,
)
from stabaudit.syntax.memory import viewed
from stabaudit.syntax.node import Expression
from stabaudit.syntax.reads import names_in
from stabaudit.syntax.statements import Augment
from stabaudit.terms import App, Term, Var, ops

if TYPE_CHECKING:
    from stabaudit.lift.statements import Reader

AUGMENTED = {"+": ops.add, "-": ops.sub, "*": ops.mul, "/": ops.div, "**": ops.pow_}


class Assignments:
    """Reads the assignments of one module."""

    def __init__(self, reader: Reader) -> None:
        self.reader: Reader = proxy(reader)

    def assign(self, targets: Sequence[Expression], value: Expression, scope: Scope) -> None:
        """`a = b = value`."""
        path = self._path(value, scope)
        term = self.reader.expression(value, scope)
        for target in targets:
            self._bind(target, value, term, path, scope)

    def _path(self, value: Expression, scope: Scope) -> str | None:
        """The dotted path of a module or function, which a name then stands for; a constant is a value as any other."""
        if isinstance(value, Lambda):
            return self.reader.functions.define(value, scope)
        if isinstance(value, Call) and called(value) in GIVING:
            return PATH
        path = self.reader.lifter.path(value, scope)
        return path if self.reader.lifter.constant(path, value) is None else None

    def _bind(
        self,
        target: Expression,
        value: Expression | None,
        term: Term | None,
        path: str | None,
        scope: Scope,
    ) -> None:
        if isinstance(target, (Name, Attribute)):
            name = dotted(target)
            if name is None:
                return
            bounds = COUNTS if is_empty_mapping(value) else bounds_of(term)
            names_itself = isinstance(value, (Name, Attribute)) or says_what_it_is(value)
            if path is None and bounds is not None and not names_itself:
                # Numbers that are drawn under a name stand for data to come.
                if bounds.drawn:
                    rank = drawn_rank(value) if isinstance(value, Call) else None
                    scope.drawn(name, rank, exact=(bounds.low, bounds.high) == (0, 1))
                else:
                    scope.between(name, bounds)
            else:
                known = should_inline(term, value) or (self.reader.derives and isinstance(term, (App, Var)))
                scope.bind(name, term if path is None and known else None)
                self._bind_coefficients(name, value, scope)
                for word, item in items(value):
                    scope.bind(f"{name}.[{word!r}]", self.reader.lifter.lift(item, scope))
            lifter = self.reader.lifter
            if isinstance(target, Name) and (found := lifter.subscripts.looked_for(value, scope)) is not None:
                values = dotted(found[1])
                if values is not None:
                    held = App(found[0], (lifter.lift(found[1], scope),), OF_ALL)
                    scope.bind(f"{values}.[{place(target, scope.versions)}]", held)
            if path is None:
                scope.share(name, (viewed(value) if value is not None else set()) - {name})
            if self.reader.lifter.objects.is_one(value, scope):
                assert isinstance(value, Call)
                scope.objects[name] = value
            if path is not None:
                scope.own(name)
                scope.modules[name] = path
        elif is_row(target):
            parts = target.elements
            if is_row(value) and len(value.elements) == len(parts):
                terms = [self.reader.lifter.lift(element, scope) for element in value.elements]
                for part, element, known_term in zip(parts, value.elements, terms, strict=False):
                    self._bind(part, element, known_term, self._path(element, scope), scope)
                return
            if (chosen := self._one_by_one(value, len(parts), scope)) is not None:
                for part, known_term in zip(parts, chosen, strict=True):
                    self._bind(part, None, known_term, None, scope)
                return
            for i, part in enumerate(parts):
                first = term.args[0] if i == 0 and isinstance(term, App) and term.op == "pair" else None
                self._bind(part, None, first or part_of_several(term, i, len(parts)), None, scope)
                if isinstance(part, Name) and counted_at(value, len(parts)) == i:
                    scope.count(part.name)
                if value is not None:
                    for name in names_in(part):
                        scope.share(name, viewed(value) - {name})
        elif isinstance(target, Subscript):
            self.reader.children(target, scope)
            name = dotted(target.value)
            if (key := column(target)) is not None:
                # Another column, or another key, is as it was.
                for other in viewed(target) - {name}:
                    scope.mutate(other)
                for other in scope.sharing(name) - {name, *scope.held(name)} if name is not None else ():
                    scope.disturb(other)
                scope.bind(key, term)
                return
            replaced = self._replaced_where(target, term, scope)
            self.reader.effects.mutate(target, scope)
            if name is not None and replaced is not None:
                scope.bind(name, replaced)
                return
            whole = all(isinstance(p, Slice) and p.lower is p.upper is None for p in target.places)
            if name is not None and whole and isinstance(term, App):
                # The array keeps its dtype.
                scope.bind(name, same_values(term, target))
            elif name is not None and whole and (bounds := bounds_of(term)) is not None and not bounds.drawn:
                scope.between(name, bounds)
            elif (one := element_at(target, scope.versions)) is not None and isinstance(term, App):
                scope.bind(one, term)
        elif isinstance(target, Starred):
            self._bind(target.value, None, None, None, scope)

    def _one_by_one(self, value: Expression | None, count: int, scope: Scope) -> list[Term] | None:
        """What names are given by one of two rows, or by a row in order: `(a, b) if a > b else (b, a)`."""
        match value:
            case Choice(body=Display() as one, orelse=Display() as other) if (
                is_row(one) and is_row(other) and len(one.elements) == len(other.elements) == count
            ):
                condition = self.reader.lifter.lift(value.test, scope)
                both = zip(one.elements, other.elements, strict=True)
                return [App("where", (condition, *(self.reader.lifter.lift(e, scope) for e in pair))) for pair in both]
            case Call(func=Name(name="sorted"), args=[Argument(value=row, star="")]) if (
                count == 2 and is_row(row) and len(row.elements) == 2 and "sorted" not in scope.versions
            ):
                pair = tuple(self.reader.lifter.lift(e, scope) for e in row.elements)
                return [App(op, pair) for op in ("minimum", "maximum")]
        return None

    def _bind_coefficients(self, name: str, value: Expression | None, scope: Scope) -> None:
        """The elements of a row of numbers that is used one by one."""
        row = row_of(value)
        if not row or scope.body is None or name not in coefficients(scope.body):
            return
        for number, element in enumerate(row):
            for key in (number, number - len(row)):
                scope.bind(f"{name}.[{key}]", self.reader.lifter.lift(element, scope))

    def _replaced_where(self, target: Subscript, value: Term | None, scope: Scope) -> Term | None:
        """What an array holds after `x[x > 30] = 30`."""
        if value is None or len(target.places) != 1 or isinstance(target.places[0], Slice):
            return None
        condition = self.reader.lifter.lift(target.places[0], scope)
        if not is_condition(condition):
            return None
        return App("where", (condition, value, self.reader.lifter.lift(target.value, scope)))

    def augment(self, node: Augment, scope: Scope) -> None:
        """`a += value`, in place or not."""
        value = self.reader.lifter.lift(node.value, scope)
        row = AUGMENTED.get(node.operator)
        name = dotted(node.target) or column(node.target)
        before = self.reader.lifter.lift(node.target, scope)
        if row is None or name is None:
            if row is not None and isinstance(before, App):
                self.reader.found(App(row.name, (before, value), (), node), scope)
            else:
                self.reader.found(value, scope)
                self.reader.children(node.target, scope)
            self.reader.effects.mutate(node.target, scope)
            if row in (ops.sub, ops.div) and isinstance(node.target, Subscript):
                # A shift, or a share. What is added up or multiplied up is more than its last step.
                one = element_at(node.target, scope.versions)
                if one is not None:
                    scope.bind(one, App(row.name, (before, value), (), node))
            return
        term = App(row.name, (before, value), (), node)
        self.reader.found(term, scope)
        scope.mutate(name)
        if row is ops.add and (whole := self.reader.loops.running.get(id(node.value))) is not None:
            scope.bind(name, whole)
            return
        # A weight multiplied up from round to round is not the exponential of its last step.
        running = row is ops.mul and isinstance(before, Var)
        scope.bind(name, None if running else term)
