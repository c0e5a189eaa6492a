"""Which mask puts -inf into an array: `x.masked_fill(mask, -inf)`, `where(mask, x, -inf)`, `x[mask] = -inf`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Binary, Call, Subscript, Unary
from stabaudit.syntax.node import Expression, Node, below, parts
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Assign, Augment, Evaluate, Return

#: The infinity as it is written.
INFINITY = re.compile(r"(?:\w+\.)*(?:inf|infty)|float\(['\"]\+?inf(?:inity)?['\"]\)", re.IGNORECASE)
NEGATIVE = re.compile(r"(?:\w+\.)*NINF|float\(['\"]-inf(?:inity)?['\"]\)", re.IGNORECASE)
#: Functions and methods that put one number where a mask says so.
FILLING = frozenset({"masked_fill", "masked_fill_", "where"})
#: Operators that leave -inf in the operand before them what it is, and a sum in both.
LINEAR = frozenset({"+", "-", "*", "/"})
#: Functions and methods that leave -inf what it is.
SEEN_THROUGH = frozenset({"float", "to", "type_as", "astype", "contiguous", "view", "reshape", "half", "double"})


def is_negative_infinity(node: Node) -> bool:
    """Whether an expression is -inf by the way it is written."""
    if not isinstance(node, Expression):
        return False
    if isinstance(node, Unary) and node.operator == "-":
        return INFINITY.fullmatch(source(node.operand)) is not None
    return NEGATIVE.fullmatch(source(node)) is not None


def mask_before(around: Node, until: Expression, masked: Expression) -> Expression | None:
    """What masks an array in the code `around` it, up to an expression that is given it; `None` if nothing does."""
    held: dict[str, Expression] = {}
    for statement in _statements(around):
        if any(part is until for part in below(statement)):
            break
        match statement:
            case Assign(targets=[Subscript(value=array, places=[Expression() as mask])], value=value):
                name = dotted(array)
                found = mask if is_negative_infinity(value) else held.get(name or "")
            case Assign(targets=[target], value=value) | Augment(target=target, value=value):
                name, found = dotted(target), _mask_in(value, held)
            case Evaluate(value=Call() as call) if called(call).endswith("_"):
                name = dotted(_owner(call))
                found = filled_by(call) or held.get(name or "")
            case _:
                continue
        if name is not None and found is not None:
            held[name] = found
        elif name is not None:
            held.pop(name, None)
    return _mask_in(masked, held)


def _mask_in(array: Expression, held: Mapping[str, Expression]) -> Expression | None:
    """What masks an array, where some names hold masked ones: -inf stays what it is where something is added."""
    todo = [array]
    while todo:
        one = todo.pop()
        if isinstance(one, Binary) and one.operator in LINEAR:
            todo += (one.right, one.left) if one.operator == "+" else (one.left,)
        elif isinstance(one, Call) and called(one) in SEEN_THROUGH and (owner := _owner(one)) is not None:
            todo.append(owner)
        elif (found := filled_by(one) if isinstance(one, Call) else held.get(dotted(one) or "")) is not None:
            return found
    return None


def filled_by(call: Call) -> Expression | None:
    """The mask by which a call puts -inf into an array."""
    given = [argument.value for argument in call.args]
    if called(call) not in FILLING or not any(map(is_negative_infinity, given)):
        return None
    by_name = {argument.keyword: argument.value for argument in call.args}
    return by_name.get("mask") or by_name.get("condition") or given[0]


def _owner(call: Call) -> Expression | None:
    """What a method is called on."""
    return getattr(call.func, "value", None)


def _statements(around: Node) -> Iterator[Node]:
    """The statements that bind or call something in a function, and what it gives back, from top to bottom."""
    todo = [around]
    while todo:
        node = todo.pop()
        if isinstance(node, (Assign, Augment, Evaluate, Return)):
            yield node
        else:
            todo += reversed([*parts(node)])
