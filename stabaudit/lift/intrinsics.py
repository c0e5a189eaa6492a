"""Calls that no dialect spells: copies and conversions, products, functions of the module itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects import dialect_of, function
from stabaudit.dialects.copies import (
    APPLYING,
    FILLED,
    FILLED_WITH,
    GATHERING_BACK,
    JOINING,
    OF_MAPPINGS,
    PICKING,
    PLACES,
    REPEATING,
    SAME_VALUES,
    SORTING,
)
from stabaudit.lift import frames, literals
from stabaudit.lift.classes import OWN
from stabaudit.lift.columns import Columns
from stabaudit.lift.densities import Densities
from stabaudit.lift.formula import Formula
from stabaudit.lift.made_functions import MadeFunctions
from stabaudit.lift.ranges import Ranges
from stabaudit.lift.scope import Scope
from stabaudit.lift.segments import by_segment
from stabaudit.lift.weighted_sums import WeightedSums, exponential
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call, Constant, Display, Lambda, Starred
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import arguments, source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Const, Lit, Term, Var, ops, placed
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Lists of more elements are not looked into.
MOST_ELEMENTS = 24
CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "isfinite", "isinf"})


class Intrinsics:
    """Reads what the tables of the dialects cannot say."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)
        self.ranges = Ranges(lifter)
        self.sums = WeightedSums(lifter, self.ranges)
        self.densities = Densities(lifter)
        self.columns = Columns(lifter)
        self.made = MadeFunctions(lifter)
        self._read: dict[tuple[object, ...], int] = {}

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """What such a call gives: the values it was given, a known array; `None` if it is not looked into."""
        func = node.func
        name = called(node)
        if isinstance(func, Lambda):
            return self.own_call(node, self.lifter.functions.define(func, scope), scope)
        if path is not None and path.startswith(OWN) and (result := self.own_call(node, path, scope)):
            return result
        if (total := self.sums.read(node, path, scope)) is not None:
            return total
        if (ranged := self.ranges.read(node, path, scope)) is not None:
            return ranged
        if name == "pdf" and (density := self.densities.read(node, scope)) is not None:
            return density
        if name in JOINING and path is not None and node.args and not node.args[0].star:
            joined = self.lifter.lift(node.args[0].value, scope)
            if isinstance(joined, App) and joined.op == "same" and literals.is_row(joined.node):
                return same_values(joined, node)
        if name == "map" and path is None and "map" not in scope.versions and (mapped := self._map(node, scope)):
            return mapped
        if name in APPLYING and path is None and (applied := self._applied(node, scope)):
            return applied
        if name in PLACES and path is not None and len(node.args) == 1:
            condition = self.lifter.lift(node.args[0].value, scope)
            if is_condition(condition):
                return same_values(condition, node)
        if name == "float" and len(node.args) == 1 and (sign := literals.infinite(node.args[0].value)):
            infinity = App("infinity", (), (), node)
            return infinity if sign > 0 else App("neg", (infinity,), (), node)
        if name in SAME_VALUES:
            if path is None and isinstance(func, Attribute):
                return same_values(self.lifter.lift(func.value, scope), node)
            known = path is not None or name in ("float", "list", "tuple")
            if known and node.args and not node.args[0].star:
                for other in node.args[1:]:
                    self.lifter.lift(other.value, scope)
                return same_values(self.lifter.lift(node.args[0].value, scope), node)
        if path is None and name in OF_MAPPINGS and isinstance(func, Attribute) and not node.args:
            held = self.lifter.lift(func.value, scope)
            if name == "values" and isinstance(held, App):
                return same_values(held, node)
        if path is None and (aligned := frames.aligned(node)) is not None:
            op, left, right, along_rows = aligned
            second = self.lifter.lift(right, scope)
            if along_rows:
                second = App("index", (second,), (("slots", Lit((":", "newaxis"))),))
            return App(op, (self.lifter.lift(left, scope), second), (), node)
        if name in GATHERING_BACK and (gathered := self._gathered(node, path, scope)):
            return gathered
        if name in SORTING and (path is not None or name == "sorted") and (ordered := self._sorted(node, scope)):
            return ordered
        if name in REPEATING and (repeated := self.columns.repeated(node, path, scope)):
            return repeated
        if name in ("reshape", "view") and (column := self.columns.read(node, path, scope)):
            return column
        if name in PICKING and isinstance(func, Attribute):
            return self._picked(node, path, func, scope)
        if path is not None and name in FILLED:
            return same_values(Const(FILLED[name]), node)
        if path is not None and name in FILLED_WITH and len(node.args) > 1 and node.args[1].keyword is None:
            value = self.lifter.lift(node.args[1].value, scope)
            return same_values(value, node) if isinstance(value, Const) else None
        return None

    def own_call(self, node: Call, path: str, scope: Scope, *, of_self: bool = True) -> Term | None:
        """What a function of this module computes from these arguments; a method `of_self`, or of another object."""
        formula = self.lifter.functions.formula(path)
        if formula is None:
            return None
        given: dict[str, Expression] = dict(formula.defaults)
        positional = list(formula.parameters)
        for argument in node.args:
            if argument.star or (argument.keyword is None and not positional):
                return None
            name = argument.keyword if argument.keyword is not None else positional.pop(0)
            given[name] = argument.value
        if given.keys() != set(formula.parameters):
            return None
        arguments = {n: self.lifter.lift(v, scope) for n, v in given.items()}
        for argument in node.args:
            self.lifter.found(self.lifter.lift(argument.value, scope), scope)

        def read(free: Var) -> Term:
            return self._read_in_helper(free, path, formula, (*arguments.values(),), scope, of_self=of_self)

        applied = formula.applied(arguments, read)
        if formula.takes_logarithms and any("exp" in expand(a).ops for a in arguments.values()):
            ordered = [arguments[name] for name in formula.parameters]
            self.lifter.entered(formula.applied_in_place(ordered), scope)
        # What a helper such as `v / v.sum()` does to exponentials, it does here.
        as_call = (formula.telling or formula.acts or isinstance(node.func, Attribute)) and not isinstance(
            node.func, Lambda
        )
        marks = {"acts": formula.acts, "free": bool(formula.free)}
        attrs = tuple((name, Lit(True)) for name, holds in marks.items() if holds)
        return App("call", (applied,), attrs, node) if as_call else placed(applied, node)

    def _read_in_helper(
        self,
        free: Var,
        path: str,
        formula: Formula,
        arguments: tuple[Term, ...],
        scope: Scope,
        *,
        of_self: bool = True,
    ) -> Term:
        """What a helper reads beside its parameters, as the caller knows it."""
        names = {name for name, _ in free.stamp}
        roots = {name.partition(".")[0] for name in names}
        if "#" in roots or any(name.startswith("self.") and name in formula.local for name in names):
            # What the method itself gives an attribute is another value with each call.
            return Var(free.name, (("#", self.lifter.fresh()),), rank=free.rank, bounds=free.bounds)
        known_owner = of_self or "self" not in roots
        if of_self:
            # Methods that call each other have the same object.
            roots.discard("self")
        if known_owner and roots.isdisjoint(formula.local) and self.lifter.functions.means_the_same(path, roots, scope):
            known = scope.facts.get(free.name)
            return known if known is not None else Var(free.name, scope.stamp(names), None, free.rank, free.bounds)
        # Equal arguments give an equal value as long as the names around the helper hold what they held.
        around = scope.stamp(names.difference(formula.local))
        key = self._read.setdefault((path, free, arguments, around), self.lifter.fresh())
        return Var(free.name, (("#", key),), rank=free.rank, bounds=free.bounds)

    def _picked(self, node: Call, path: str | None, func: Attribute, scope: Scope) -> Term | None:
        """Some elements of something with exponentials, as a subscript picks them: `p.gather(1, y)`."""
        if path is not None and (not node.args or node.args[0].star or dialect_of(path) is None):
            return None
        inner = self.lifter.lift(func.value if path is None else node.args[0].value, scope)
        if not isinstance(inner, App) or inner.op in ("masked", "pair") or "exp" not in expand(inner).ops:
            return None
        if called(node) == "view" and any(map(literals.is_type, node.args)):
            # The same bits as numbers of another type.
            return None
        picking = node.args if path is None else node.args[1:]
        for argument in picking:
            self.lifter.inside(argument, scope)
        method = f".{func.attr}({arguments(picking)})"
        names = set().union(*(names_in(argument) for argument in picking))
        # Of a vector `diag` makes a matrix with zeros in it: what is said of its values holds, a rewrite would not.
        place = self.lifter.unknown(method) if called(node) == "diag" else scope.variable(method, names, None)
        return App("item", (inner,), (("place", place),), node)

    def _sorted(self, node: Call, scope: Scope) -> Term | None:
        """Values in their order: `np.sort(x)`, `sorted(xs, reverse=True)`."""
        given = {a.keyword: a.value for a in node.args if a.keyword is not None}
        plain = bool(node.args) and node.args[0].keyword is None and not node.args[0].star
        if not plain or "key" in given or called(node) == "argsort":
            return None
        falls = any(_is_true(given.get(way)) for way in ("reverse", "descending"))
        values = self.lifter.lift(node.args[0].value, scope)
        library = "builtins" if called(node) == "sorted" else None
        return App("descending" if falls else "ascending", (values,), (), node, library)

    def _gathered(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """For each element what its segment has: `torch.gather(s, 0, index)`."""
        by_method = path is None and isinstance(node.func, Attribute)
        if not by_method and (not node.args or node.args[0].star):
            return None
        owner = node.func.value if by_method and isinstance(node.func, Attribute) else node.args[0].value
        term = self.lifter.lift(owner, scope)
        return same_values(term, node) if by_segment(term) else None

    def joined(self, node: Display, scope: Scope) -> Term | None:
        """A list of exponentials as the exponential of a list, weights and ones beside them included."""
        elements = node.elements
        if not elements or len(elements) > MOST_ELEMENTS or any(isinstance(e, Starred) for e in elements):
            return None
        terms = [self.lifter.lift(element, scope) for element in elements]
        kinds = {exponential(term) for term in terms}
        if None in kinds or not kinds & {"exp", "weighted"}:
            return None
        self.lifter.inside(node, scope)
        names = names_in(node)
        exponents = Var(f"log({source(node)})", (("#", self.lifter.fresh()), *scope.stamp(names)))
        value: Term = App("exp", (exponents,))
        if "weighted" in kinds:
            weights = Var(f"the weights in {source(node)}", (("#", self.lifter.fresh()),))
            value = App("mul", (weights, value))
        return same_values(value, node)

    def _map(self, node: Call, scope: Scope) -> Term | None:
        """`map(math.exp, xs)` is `exp(xs)`, element by element, as a comprehension is."""
        if len(node.args) != 2 or any(a.star or a.keyword is not None for a in node.args):
            return None
        mapped = node.args[0].value
        path = self.lifter.path(mapped, scope)
        if isinstance(mapped, Lambda):
            path = self.lifter.functions.define(mapped, scope)
        if path is not None and path.startswith(OWN):
            return self._own_map(node, path, scope)
        known = function(path) if path is not None else None
        if known is None or len(ops.TABLE[known[1].op].operands) != 1 or ops.TABLE[known[1].op].settings:
            return None
        dialect, spelling = known
        term = App(spelling.op, (self.lifter.lift(node.args[1].value, scope),), (), None, dialect.name)
        return same_values(term, node)

    def _applied(self, node: Call, scope: Scope) -> Term | None:
        """`column.apply(np.exp)` is the function of the column."""
        if len(node.args) != 1 or node.args[0].star or not isinstance(node.func, Attribute):
            return None
        known = function(self.lifter.path(node.args[0].value, scope) or "")
        if known is None or len(ops.TABLE[known[1].op].operands) != 1 or ops.TABLE[known[1].op].settings:
            return None
        return same_values(App(known[1].op, (self.lifter.lift(node.func.value, scope),), (), None, known[0].name), node)

    def _own_map(self, node: Call, path: str, scope: Scope) -> Term | None:
        """A helper of one argument on each element; one that puts elements together is not looked into."""
        formula = self.lifter.functions.formula(path)
        if formula is None or formula.acts or len(formula.parameters) != 1:
            return None
        if any(ops.TABLE[op].settings for op in formula.term.ops if op in ops.TABLE):
            return None
        values = self.lifter.lift(node.args[1].value, scope)

        def read(free: Var) -> Term:
            return self._read_in_helper(free, path, formula, (values,), scope)

        # What is at fault in the helper is told of there.
        self.lifter.inside(node.args[0], scope)
        return App("call", (formula.applied({formula.parameters[0]: values}, read),), (), node)


def is_condition(term: Term) -> bool:
    """Whether a term is true or false."""
    return isinstance(term, App) and term.op in CONDITIONS


def _is_true(node: Expression | None) -> bool:
    return isinstance(node, Constant) and node.value is True


def same_values(term: Term, node: Expression) -> Term:
    """The values of `term` in another type, container or view."""
    return App("same", (term,), (), node)
