"""Sums and maxima over the elements that an index brings together: `bincount(i, x)[i]`, `zeros.at[i].add(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from weakref import proxy

from stabaudit.dialects.copies import ADDING, COMPARING, SEGMENT_MAXIMA, SEGMENT_SUMS
from stabaudit.lift.literals import column, word
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Argument, Attribute, Call, Name, Subscript
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Const, Term
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

Kind = Literal["segmented", "segmented_max"]


class Segments:
    """Reads the calls that work by segments; all that is known of an index is that it is there."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """What such a call gives; `None` if it is none."""
        name = called(node)
        kind = _kind(node, path)
        if kind is None or not isinstance(node.func, Attribute | Name):
            return self._of_groups(node, scope)
        base, values = self._operands(node, name, path)
        if values is None:
            return None
        for argument in node.args:
            if argument.value is not values:
                self.lifter.inside(argument, scope)
        own = self._by_segment(kind, self.lifter.lift(values, scope), node)
        if name == "scatter_max" and own is not None:
            # With the places where they are.
            return App("pair", (own,), (), node)
        if own is None or base is None:
            return own
        return self._onto(self.lifter.lift(base, scope), own, kind, node)

    def onto(self, node: Call, path: str | None, scope: Scope) -> tuple[str, Term] | None:
        """The name of the array that a call adds to in place, and what it holds then: `np.add.at(s, i, x)`."""
        base, _ = self._operands(node, called(node), path) if _kind(node, path) else (None, None)
        name = dotted(base) if base is not None else None
        in_place = called(node) == "at" or called(node).endswith("_")
        value = self.read(node, path, scope) if name is not None and in_place else None
        return None if name is None or value is None else (name, value)

    def _operands(self, node: Call, name: str, path: str | None) -> tuple[Expression | None, Expression | None]:
        """What is added to, if there is anything, and what is added."""
        if any(a.star for a in node.args):
            return None, None
        positional = [a.value for a in node.args if a.keyword is None]
        given = {a.keyword: a.value for a in node.args if a.keyword is not None}
        if name in ("add", "max"):
            owner = _indexed(node)
            return owner, positional[0] if positional else None
        of_function, of_method, keyword = (SEGMENT_SUMS | SEGMENT_MAXIMA)[name]
        base: Expression | None = None
        place = of_function
        if path is None and isinstance(node.func, Attribute):
            base, place = (node.func.value if of_method else None), of_method
        elif (path or "").startswith("torch.") and of_method == 2:
            base, place = (positional[0] if positional else None), 3
        elif name in ("index_add", "at"):
            base = positional[0] if positional else None
        return base, given.get(keyword, positional[place] if place < len(positional) else None)

    def _by_segment(self, kind: Kind, values: Term, node: Call) -> Term | None:
        if kind == "segmented" and "exp" not in expand(values).ops:
            return None
        return App(kind, (values,), (("place", self.lifter.unknown("the segments")),), node)

    def _onto(self, base: Term, own: Term, kind: Kind, node: Call) -> Term:
        inner = base
        while isinstance(inner, App) and inner.op in ("same", "built"):
            inner = inner.args[0]
        if kind == "segmented_max" or inner == Const(0):
            return own
        return App("add", (base, own), (), node)

    def _of_groups(self, node: Call, scope: Scope) -> Term | None:
        """`frame.groupby(k)["e"].transform("sum")` of a column that is known."""
        match node:
            case Call(func=Attribute(value=picked, attr="transform"), args=[Argument(value=how), *_]) if (
                _says(how) in ADDING | COMPARING
            ):
                kind: Kind = "segmented" if _says(how) in ADDING else "segmented_max"
            case Call(func=Attribute(value=picked, attr="sum"), args=[]):
                kind = "segmented"
            case _:
                return None
        key = None
        match picked:
            case Subscript(value=Call(func=Attribute(value=frame, attr="groupby")), places=place):
                key = column(Subscript(frame, place))
            case Attribute(value=Call(func=Attribute(value=frame, attr="groupby")), attr=name):
                key = f"{dotted(frame)}.['{name}']"
        known = scope.facts.get(key) if key is not None else None
        return None if known is None else self._by_segment(kind, known, node)


def by_segment(term: Term) -> bool:
    """Whether there is one element for each segment, and no other array beside it."""
    if not isinstance(term, App):
        return False
    if term.op in ("segmented", "segmented_max"):
        return True
    if term.op in ("same", "built", "expand_dims", "index", "pair"):
        return by_segment(term.args[0])
    if term.op in ("add", "maximum", "clip", "where"):
        beside = [a for a in term.args if not by_segment(a)]
        return len(beside) < len(term.args) and all(not a.variables or term.op == "where" for a in beside)
    return False


def _kind(node: Call, path: str | None) -> Kind | None:
    name = called(node)
    if name in ("add", "max"):
        return None if _indexed(node) is None else "segmented" if name == "add" else "segmented_max"
    if name in SEGMENT_MAXIMA:
        return "segmented_max"
    if name not in SEGMENT_SUMS:
        return None
    how = _how(node, name, path)
    return "segmented" if how in ADDING else "segmented_max" if how in COMPARING else None


def _how(node: Call, name: str, path: str | None) -> str:
    """What is done with the elements of a segment."""
    if name in ("at", "reduceat"):
        return (path or "").split(".")[-2] if path and path.count(".") > 1 else ""
    told = next((a.value for a in node.args if a.keyword == "reduce"), None)
    if told is None and name.startswith("scatter_reduce"):
        words = [_says(a.value) for a in node.args]
        return next((word for word in words if word in ADDING | COMPARING), "")
    if told is None:
        of_tensors = name == "scatter" and (path is None or path.startswith("torch."))
        return "" if of_tensors else "sum"
    return _says(told)


def _says(node: Expression) -> str:
    """A word that is given as a text, or as the function that is called so."""
    if (said := word(node)) is not None:
        return said
    return (dotted(node) or "").rpartition(".")[2]


def _indexed(node: Call) -> Expression | None:
    """The array of `array.at[i].add(x)`."""
    match node.func:
        case Attribute(value=Subscript(value=Attribute(value=owner, attr="at"))):
            return owner
    return None
