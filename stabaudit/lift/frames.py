"""Arithmetic of data frames by method, along their rows or columns: `e.div(e.sum(axis=1), axis=0)`."""

from __future__ import annotations

from stabaudit.lift.literals import integer, word
from stabaudit.syntax.expressions import Attribute, Call
from stabaudit.syntax.node import Expression

#: The methods, and the operations that they are.
METHODS = {
    "add": "add",
    "sub": "sub",
    "subtract": "sub",
    "mul": "mul",
    "multiply": "mul",
    "div": "div",
    "divide": "div",
    "truediv": "div",
}


def aligned(node: Call) -> tuple[str, Expression, Expression, bool] | None:
    """The operation, both operands, and whether the second has one value for each row of the first, as by `axis=0`."""
    match node:
        case Call(func=Attribute(value=left, attr=name), args=[other, along]) if name in METHODS:
            if other.keyword is not None or other.star or along.keyword != "axis":
                return None
            rows = integer(along.value) == 0 or word(along.value) in ("index", "rows")
            columns = integer(along.value) == 1 or word(along.value) == "columns"
            return (METHODS[name], left, other.value, rows) if rows or columns else None
    return None
