"""`np.piecewise(x, conditions, functions)`: each function is given what fulfils its condition alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call, Display, Lambda
from stabaudit.syntax.node import Expression
from stabaudit.syntax.parameters import Parameter, Parameters
from stabaudit.terms import App, Term, Var, substitute

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class Piecewise:
    """Reads the functions of such calls under their conditions; what the call gives is not looked into."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """What such a call gives; `None` if it is none."""
        if path is None or called(node) != "piecewise":
            return None
        match [argument.value for argument in node.args]:
            case [values, Display(kind="list", elements=conditions), Display(kind="list", elements=functions)]:
                x = self.lifter.lift(values, scope)
                holding = [self.lifter.lift(condition, scope) for condition in conditions]
            case _:
                return None
        if len(functions) > len(holding):
            # The last is for what fulfils none of them.
            holding.append(_none_of(holding))
        for function, condition in zip(functions, holding, strict=False):
            self._read_under(function, condition, x, scope)
        return self.lifter.unique(node)

    def _read_under(self, function: Expression, condition: Term, x: Term, scope: Scope) -> None:
        match function:
            case Lambda(parameters=Parameters(plain=[Parameter(name=name)]), body=body):
                inner = scope.copy()
                inner.forget(name)
                own = inner.variable(name, (name,), None)
                inner.guards = (substitute(condition, {x: own}) if isinstance(x, Var) else condition,)
                self.lifter.found(self.lifter.lift(body, inner), inner)
            case _:
                self.lifter.found(self.lifter.lift(function, scope), scope)


def _none_of(conditions: list[Term]) -> Term:
    whole = conditions[0]
    for condition in conditions[1:]:
        whole = App("or", (whole, condition))
    return App("not", (whole,))
