"""Rows of numbers that are written out and used one by one: coefficients, where a row used as a whole is data."""

from __future__ import annotations

from collections import Counter

from stabaudit.lift.literals import integer, is_row, number
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call, Name, Subscript
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Assign


@cached_by_node
def coefficients(body: Node) -> frozenset[str]:
    """The names that a function gives a row once, and reads only as `name[2]`."""
    given: Counter[str] = Counter()
    picked: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for node in below(body):
        if isinstance(node, Name):
            used[node.name] += 1
        elif isinstance(node, Subscript) and isinstance(node.value, Name):
            if len(node.places) == 1 and integer(node.places[0]) is not None:
                picked[node.value.name] += 1
        elif isinstance(node, Assign):
            given.update(target.name for target in node.targets if isinstance(target, Name))
    return frozenset(name for name, times in given.items() if times == 1 and used[name] == picked[name] + 1)


def row_of(value: Expression | None) -> tuple[Expression, ...]:
    """The numbers of a row that is written out, be it in `np.array`; none where not all are numbers."""
    if isinstance(value, Call) and called(value) in ("array", "asarray") and len(value.args) == 1:
        value = value.args[0].value
    elements = value.elements if is_row(value) else ()
    return elements if all(number(element) is not None for element in elements) else ()
