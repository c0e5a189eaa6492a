"""Sums of products that no dialect spells: scalar products, contractions, integrals, norms, means with weights."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects import dialect_of
from stabaudit.dialects.copies import CONTRACTING, INTEGRATING
from stabaudit.lift import literals
from stabaudit.lift.ranges import Ranges
from stabaudit.lift.scope import Scope
from stabaudit.lift.unit_vectors import PRODUCTS, are_unit_vectors
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.terms import App, Const, Lit, Term
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class WeightedSums:
    """Reads the calls and the operator that sum products."""

    def __init__(self, lifter: Lifter, ranges: Ranges) -> None:
        self.lifter: Lifter = proxy(lifter)
        self.ranges = ranges

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """What such a call gives; `None` if it is none, or not looked into."""
        name = called(node)
        if name in CONTRACTING:
            return self._product(node, path, scope)
        if name == "norm":
            return self._norm(node, path, scope)
        if path is None:
            return None
        if name == "normalize":
            return self._normalized(node, path, scope)
        if name in INTEGRATING:
            return self._integral(node, scope)
        if name == "einsum":
            return self._of_letters(node, _library(path), scope)
        return self._average(node, _library(path), scope) if name == "average" else None

    def _of_letters(self, node: Call, library: str, scope: Scope) -> Term | None:
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

    def _integral(self, node: Call, scope: Scope) -> Term | None:
        """An integral of something with exponentials by a rule of quadrature: a sum with weights."""
        if not node.args or node.args[0].star or node.args[0].keyword is not None:
            return None
        values = self.lifter.lift(node.args[0].value, scope)
        if not (isinstance(values, App) and "exp" in expand(values).ops):
            return None
        weights = self.lifter.unknown(f"weights of {source(node.func)}")
        return App("dot", (values, weights), (), node)

    def _norm(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """The Euclidean norm of something with exponentials, or the sum that their 1-norm is."""
        given, library = _given(node, path, ("x", "ord", "dim", "keepdim")), _library(path or "")
        x, order = given.get("x", given.get("input")), given.get("ord", given.get("p"))
        if x is None or not (literals.is_none_or_two(order) or _is_one(order)):
            return None
        values = self.lifter.lift(x, scope)
        if exponential(values) not in ("exp", "weighted"):
            return None
        axis = given.get("axis", given.get("dim"))
        keepdims = given.get("keepdims", given.get("keepdim"))
        attrs = (
            ("axis", Lit(None) if axis is None else self.lifter.spelled.setting("axis", axis, scope)),
            ("keepdims", Lit(False) if keepdims is None else self.lifter.spelled.setting("keepdims", keepdims, scope)),
        )
        if _is_one(order):
            return App("sum", (values,), attrs, node, library)
        total = App("sum", (App("square", (values,), (), None, library),), attrs, None, library)
        return App("sqrt", (total,), (), node, library)

    def _normalized(self, node: Call, path: str, scope: Scope) -> Term | None:
        """Exponentials divided by their sum: `F.normalize(w, p=1)`, `normalize(w, norm="l1")`."""
        given, library = _given(node, path, ("x", "p", "dim")), _library(path)
        x, order = given.get("x", given.get("input", given.get("X"))), given.get("norm", given.get("p"))
        if x is None or not _is_one(order):
            return None
        values = self.lifter.lift(x, scope)
        if exponential(values) not in ("exp", "weighted"):
            return None
        axis = given.get("axis", given.get("dim"))
        along = Const(1) if axis is None else self.lifter.spelled.setting("axis", axis, scope)
        total = App("sum", (values,), (("axis", along), ("keepdims", Lit(True))), None, library)
        return App("div", (values, total), (), node, library)

    def _average(self, node: Call, library: str, scope: Scope) -> Term | None:
        """A mean, with weights or without."""
        positional = [a.value for a in node.args if a.keyword is None and not a.star]
        given = dict(zip(("a", "axis", "weights"), positional, strict=False))
        given |= {a.keyword: a.value for a in node.args if a.keyword is not None}
        if "a" not in given or not given.keys() <= {"a", "axis", "weights"} or any(a.star for a in node.args):
            return None
        axis = self.lifter.spelled.setting("axis", given["axis"], scope) if "axis" in given else Lit(None)
        x = self.lifter.lift(given["a"], scope)
        if "weights" not in given:
            return App("mean", (x,), (("axis", axis), ("keepdims", Lit(False))), node, library)
        return App("weighted_average", (x, self.lifter.lift(given["weights"], scope)), (("axis", axis),), node, library)

    def _product(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """`dot` of something with exponentials; other products are not looked into."""
        operands = [a.value for a in node.args if a.keyword is None and not a.star]
        if path is None and isinstance(node.func, Attribute):
            operands.insert(0, node.func.value)
        return self.dot(operands[0], operands[1], node, scope) if len(operands) >= 2 else None

    def dot(self, left: Expression, right: Expression, node: Expression, scope: Scope) -> Term | None:
        """The product of two arrays, if there are exponentials in it."""
        terms = (self.lifter.lift(left, scope), self.lifter.lift(right, scope))
        if all(map(are_unit_vectors, terms)):
            return self.ranges.between(node, PRODUCTS, scope)
        telling = any(isinstance(t, App) and not {"exp", "log"}.isdisjoint(expand(t).ops) for t in terms)
        return App("dot", terms, (), node) if telling else None


def exponential(term: Term) -> str | None:
    """How an element of a list is made of an exponential: "exp", "weighted", "one", or `None` for any other."""
    while isinstance(term, App) and term.op in ("same", "call", "built", "index", "reshape", "expand_dims"):
        term = term.args[0]
    match term:
        case Const(value=1):
            return "one"
        case App(op="exp"):
            return "exp"
        case App(op="mul", args=args) if any(exponential(a) == "exp" for a in args):
            return "weighted"
    return None


def _is_one(order: Expression | None) -> bool:
    """Whether the order of a norm is that of a sum of sizes."""
    return order is not None and (literals.integer(order) == 1 or literals.word(order) == "l1")


def _given(node: Call, path: str | None, names: tuple[str, ...]) -> dict[str, Expression]:
    """The arguments of a function by name, or those of a method of the first of them."""
    if any(a.star for a in node.args) or (path is None and not isinstance(node.func, Attribute)):
        return {}
    positional = [a.value for a in node.args if a.keyword is None]
    if path is None and isinstance(node.func, Attribute):
        positional.insert(0, node.func.value)
    return dict(zip(names, positional, strict=False)) | {a.keyword: a.value for a in node.args if a.keyword is not None}


def _library(path: str) -> str:
    """The dialect of a function that is in no table."""
    home = dialect_of(path)
    return home.name if home is not None else "arrays"
