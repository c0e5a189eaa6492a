"""Calls that no dialect spells: copies and conversions, products, functions of the module itself."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING
from weakref import proxy

import libcst as cst

from stabaudit import ops
from stabaudit.dialects import dialect_of, function
from stabaudit.dialects.copies import PICKING, PLACES, REPEATING, SAME_VALUES
from stabaudit.lift import literals
from stabaudit.lift.functions import OWN
from stabaudit.lift.names import called, names_in
from stabaudit.lift.scope import Scope
from stabaudit.lift.text import text
from stabaudit.ops import expand
from stabaudit.terms import App, Bounds, Const, Lit, Term, Var, placed

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

#: Functions that fill an array with one number.
FILLED = {"zeros": 0, "zeros_like": 0, "ones": 1, "ones_like": 1}
CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "isfinite"})


class Unspelled:
    """Reads what the tables of the dialects cannot say."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: cst.Call, path: str | None, scope: Scope) -> Term | None:
        """What such a call gives: the values it was given, a known array; `None` if it is not looked into."""
        func = node.func
        name = called(node)
        if path is not None and path.startswith(OWN) and (result := self._own_call(node, path, scope)):
            return result
        if name in ("dot", "matmul") and (product := self._product(node, path, scope)):
            return product
        if path is not None and name == "einsum" and (contracted := self._einsum(node, _library(path), scope)):
            return contracted
        if path is not None and name == "average" and (average := self._average(node, _library(path), scope)):
            return average
        if name == "map" and path is None and "map" not in scope.versions and (mapped := self._map(node, scope)):
            return mapped
        if name in PLACES and path is not None and len(node.args) == 1:
            condition = self.lifter.lift(node.args[0].value, scope)
            if is_condition(condition):
                return same_values(condition, node)
        if name == "float" and len(node.args) == 1 and (sign := literals.infinite(node.args[0].value)):
            infinity = App("infinity", (), (), node)
            return infinity if sign > 0 else App("neg", (infinity,), (), node)
        if name in SAME_VALUES:
            if path is None and isinstance(func, cst.Attribute):
                return same_values(self.lifter.lift(func.value, scope), node)
            known = path is not None or name in ("float", "list", "tuple")
            if known and node.args and not node.args[0].star:
                for other in node.args[1:]:
                    self.lifter.lift(other.value, scope)
                return same_values(self.lifter.lift(node.args[0].value, scope), node)
        if name in REPEATING and (repeated := self._repeated(node, path, scope)):
            return repeated
        if path is None and name in ("reshape", "view") and isinstance(func, cst.Attribute):
            shape = literals.shape(node.args)
            if shape is not None:
                return App("reshape", (self.lifter.lift(func.value, scope),), (("shape", Lit(shape)),), node)
        if path is None and name in PICKING and isinstance(func, cst.Attribute):
            return self._picked(node, func, scope)
        if path is not None and name in FILLED:
            return same_values(Const(FILLED[name]), node)
        if path in ("numpy.linspace", "numpy.arange", "builtins.range") and (span := literals.span(node, path)):
            return Var(self.lifter.source(node), scope.stamp(names_in(node)), node, bounds=span)
        if path is not None and name == "arange" and literals.counts(node):
            bounds = Bounds(0, inf, whole=True)
            return Var(self.lifter.source(node), scope.stamp(names_in(node)), node, bounds=bounds)
        return None

    def _own_call(self, node: cst.Call, path: str, scope: Scope) -> Term | None:
        """What a function of this module computes from these arguments."""
        formula = self.lifter.functions.formula(path)
        if formula is None:
            return None
        given: dict[str, cst.BaseExpression] = dict(formula.defaults)
        positional = list(formula.parameters)
        for argument in node.args:
            if argument.star or (argument.keyword is None and not positional):
                return None
            name = argument.keyword.value if argument.keyword is not None else positional.pop(0)
            given[name] = argument.value
        if given.keys() != set(formula.parameters):
            return None
        arguments = {n: self.lifter.lift(v, scope) for n, v in given.items()}
        for argument in node.args:
            self.lifter.found(self.lifter.lift(argument.value, scope), scope)
        applied = formula.applied(arguments)
        # What a helper such as `v / v.sum()` does to exponentials, it does here.
        as_call = formula.telling or isinstance(node.func, cst.Attribute)
        return App("call", (applied,), (), node) if as_call else placed(applied, node)

    def _einsum(self, node: cst.Call, library: str, scope: Scope) -> Term | None:
        """`einsum("ij->i", x)` sums along an axis; of two factors with exponentials it is a product and a sum."""
        if any(a.star or a.keyword is not None for a in node.args) or len(node.args) not in (2, 3):
            return None
        spelled, *operands = (a.value for a in node.args)
        if len(operands) == 2:
            return self.dot(operands[0], operands[1], node, scope)
        axes = literals.summed_axes(spelled)
        if axes is None:
            return None
        attrs = (("axis", Const(axes[0]) if len(axes) == 1 else Lit(axes)), ("keepdims", Lit(False)))
        return App("sum", (self.lifter.lift(operands[0], scope),), attrs, node, library)

    def _picked(self, node: cst.Call, func: cst.Attribute, scope: Scope) -> Term | None:
        """Some elements of something with exponentials, as a subscript picks them: `p.gather(1, y)`."""
        inner = self.lifter.lift(func.value, scope)
        if not isinstance(inner, App) or inner.op in ("masked", "pair") or "exp" not in expand(inner).ops:
            return None
        if called(node) == "view" and any(map(literals.is_type, node.args)):
            # The same bits as numbers of another type.
            return None
        for argument in node.args:
            self.lifter.inside(argument, scope)
        given = "".join(text(argument, self.lifter.module) for argument in node.args)
        method = f".{func.attr.value}({given})"
        names = set().union(*(names_in(argument) for argument in node.args))
        return App("item", (inner,), (("place", scope.variable(method, names, None)),), node)

    def _repeated(self, node: cst.Call, path: str | None, scope: Scope) -> Term | None:
        """A column or a row side by side with itself: `tile(s[:, None], (1, n))`."""
        if path is None and isinstance(node.func, cst.Attribute):
            owner: cst.BaseExpression = node.func.value
        elif path is not None and node.args and not node.args[0].star:
            owner = node.args[0].value
        else:
            return None
        term = self.lifter.lift(owner, scope)
        return same_values(term, node) if _is_thin(term) else None

    def _average(self, node: cst.Call, library: str, scope: Scope) -> Term | None:
        """A mean, with weights or without."""
        positional = [a.value for a in node.args if a.keyword is None and not a.star]
        given = dict(zip(("a", "axis", "weights"), positional, strict=False))
        given |= {a.keyword.value: a.value for a in node.args if a.keyword is not None}
        if "a" not in given or not given.keys() <= {"a", "axis", "weights"} or any(a.star for a in node.args):
            return None
        axis = self.lifter.spelled.setting("axis", given["axis"], scope) if "axis" in given else Lit(None)
        x = self.lifter.lift(given["a"], scope)
        if "weights" not in given:
            return App("mean", (x,), (("axis", axis), ("keepdims", Lit(False))), node, library)
        return App("weighted_average", (x, self.lifter.lift(given["weights"], scope)), (("axis", axis),), node, library)

    def _map(self, node: cst.Call, scope: Scope) -> Term | None:
        """`map(math.exp, xs)` is `exp(xs)`, element by element, as a comprehension is."""
        if len(node.args) != 2 or any(a.star or a.keyword is not None for a in node.args):
            return None
        path = self.lifter.path(node.args[0].value, scope)
        known = function(path) if path is not None else None
        if known is None or len(ops.TABLE[known[1].op].operands) != 1 or ops.TABLE[known[1].op].settings:
            return None
        dialect, spelling = known
        term = App(spelling.op, (self.lifter.lift(node.args[1].value, scope),), (), None, dialect.name)
        return same_values(term, node)

    def _product(self, node: cst.Call, path: str | None, scope: Scope) -> Term | None:
        """`dot` of something with exponentials; other products are not looked into."""
        operands = [a.value for a in node.args if a.keyword is None and not a.star]
        if path is None and isinstance(node.func, cst.Attribute):
            operands.insert(0, node.func.value)
        return self.dot(operands[0], operands[1], node, scope) if len(operands) == 2 else None

    def dot(
        self, left: cst.BaseExpression, right: cst.BaseExpression, node: cst.BaseExpression, scope: Scope
    ) -> Term | None:
        """The product of two arrays, if there are exponentials in it."""
        terms = (self.lifter.lift(left, scope), self.lifter.lift(right, scope))
        telling = any(isinstance(t, App) and not {"exp", "log"}.isdisjoint(t.ops) for t in terms)
        return App("dot", terms, (), node) if telling else None


def is_condition(term: Term) -> bool:
    """Whether a term is true or false."""
    return isinstance(term, App) and term.op in CONDITIONS


def _is_thin(term: Term) -> bool:
    """Whether an array has an axis of length one by the way it was made."""
    if not isinstance(term, App):
        return False
    if term.op == "same":
        return _is_thin(term.args[0])
    if term.op == "expand_dims" or term.attr("keepdims") == Lit(True):
        return True
    shown = term.attr("slots") or term.attr("shape")
    return isinstance(shown, Lit) and isinstance(shown.value, tuple) and not {"newaxis", 1}.isdisjoint(shown.value)


def same_values(term: Term, node: cst.BaseExpression) -> Term:
    """The values of `term` in another type, container or view."""
    return App("same", (term,), (), node)


def _library(path: str) -> str:
    """The dialect of a function that is in no table."""
    home = dialect_of(path)
    return home.name if home is not None else "arrays"
