"""All rounds of a loop or comprehension at once: what its names hold, element by element of what it runs over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.literals import counters, is_range
from stabaudit.lift.ranges import bounds_of
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call, Display, Name, Starred
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Term, Var

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class Rounds:
    """Binds the names of loops; equal elements of one thing that is run over are equal values."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def bind(self, target: Expression, over: Expression, scope: Scope, inner: Scope, *, all_of: bool = True) -> None:
        """Give the names of `target` in `inner` what they hold in all rounds over `over`, read in `scope`.

        If not `all_of` the rounds are carried out, what stands at a position is not the whole.
        """
        match target, over:
            case Name(name=name), _ if is_range(over):
                self.lifter.inside(over, scope)
                self._count(name, inner, all_of=all_of)
            case Name(name=name), _:
                term = self.lifter.lift(over, scope)
                if _is_mapping(term) or _is_call(over, "keys", 0):
                    self._count(name, inner, all_of=all_of)
                else:
                    inner.bind(name, term)
            case Display(kind="tuple", elements=[Name(name=name), other]), Call() if _is_call(
                over, "enumerate", 1
            ) or _is_call(over, "enumerate", 2):
                self.bind(other, over.args[0].value, scope, inner, all_of=all_of)
                self._count(name, inner, all_of=all_of and len(over.args) == 1)
                if name not in counters(target, over):
                    inner.forget(name)
            case Display(kind="tuple", elements=parts), Call(args=several) if _is_call(
                over, "zip", len(parts)
            ) and not any(isinstance(part, Starred) for part in parts):
                for part, its in zip(parts, several, strict=True):
                    self.bind(part, its.value, scope, inner, all_of=all_of)
            case (
                Display(kind="tuple", elements=[Name(name=key), Name(name=name)]),
                Call(func=Attribute(value=owner)),
            ) if _is_call(over, "items", 0) or called(over) == "most_common":
                term = self.lifter.lift(owner, scope)
                self._count(key, inner, all_of=all_of)
                if (bounds := bounds_of(term)) is not None:
                    inner.between(name, bounds)
                else:
                    inner.bind(name, term if isinstance(term, App) else self._values(owner, scope))
            case _:
                self.lifter.inside(over, scope)
                for name in names_in(target):
                    inner.bind(name, self._element(name, over, scope))

    def _count(self, name: str, inner: Scope, *, all_of: bool) -> None:
        """`name` is one position after the other."""
        inner.count(name)
        if all_of:
            inner.indices |= {name}

    def _values(self, owner: Expression, scope: Scope) -> Var:
        """The values of a dictionary of which nothing is known, as `owner.values()` gives them."""
        values = Call(Attribute(owner, "values"), ())
        return scope.variable(f"{source(owner)}.values()", names_in(values), None)

    def _element(self, name: str, over: Expression, scope: Scope) -> Var:
        """A part of each of the elements that are run over, of which nothing is known."""
        # What runs over the same again has equal elements, unless a call gives others each time.
        number = 0 if self.lifter.is_pure(over, scope) else self.lifter.fresh()
        stamp = (("#", number), *scope.stamp(names_in(over)))
        return Var(f"{name} in {source(over)}", stamp, rank=1)


def _is_call(node: Expression, name: str, arguments: int) -> bool:
    """Whether it is such a call, of so many arguments by position."""
    if not isinstance(node, Call) or called(node) != name or len(node.args) != arguments:
        return False
    return not any(a.star for a in node.args)


def _is_mapping(term: Term) -> bool:
    """Whether it is a dictionary, which gives its keys to who runs over it."""
    while isinstance(term, App) and term.op in ("same", "built"):
        term = term.args[0]
    return isinstance(term, App) and term.op == "mapping"
