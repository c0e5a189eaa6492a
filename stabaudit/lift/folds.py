"""`functools.reduce(f, xs)` read as what f does to all elements: a sum, a product, a maximum or a minimum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stabaudit.dialects import IGNORED, OF_TWO, REFUSED, Parameter, Spelling, function, named
from stabaudit.lift import literals
from stabaudit.lift.calls import Reading
from stabaudit.lift.scope import Scope
from stabaudit.syntax.expressions import Binary, Call, Lambda, Name
from stabaudit.syntax.node import Expression

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

REDUCE = "functools.reduce"
#: What an operation on two values does when it folds many, and the number with which such a fold begins.
FOLDS = {"add": ("sum", 0), "mul": ("prod", 1), "maximum": ("max", None), "minimum": ("min", None)}
_BUILTINS = {f"builtins.{name}": op for name, op in OF_TWO.items()}
_OPERATORS = {"+": "add", "*": "mul"}


def fold(node: Call, lifter: Lifter, scope: Scope) -> Reading | None:
    """How a call of `reduce` is spelled; `None` if its function folds to no operation."""
    if not node.args or node.args[0].keyword is not None or node.args[0].star:
        return None
    op = _operation(node.args[0].value, lifter, scope)
    if op not in FOLDS:
        return None
    whole, start = FOLDS[op]
    begins = start is not None and len(node.args) == 3 and literals.number(node.args[2].value) == start
    parameters = (
        Parameter("function", IGNORED),
        Parameter("iterable", "x"),
        Parameter("initial", IGNORED if begins else REFUSED),
    )
    return Reading(named("builtins"), Spelling(whole, parameters, near=True))


def _operation(node: Expression, lifter: Lifter, scope: Scope) -> str | None:
    """The operation on two values that a function computes."""
    if isinstance(node, Lambda):
        return _of_lambda(node)
    path = lifter.path(node, scope)
    if path is None:
        return None
    known = function(path)
    return _BUILTINS.get(path) or (known[1].op if known else None)


def _of_lambda(node: Lambda) -> str | None:
    """`lambda a, b: a + b` adds, and so does `lambda a, b: b + a`."""
    body = node.body
    names = [parameter.name for parameter in node.parameters.plain if parameter.default is None]
    if len(names) != 2 or not isinstance(body, Binary):
        return None
    operands = [side.name for side in (body.left, body.right) if isinstance(side, Name)]
    return _OPERATORS.get(body.operator) if sorted(operands) == sorted(names) else None
