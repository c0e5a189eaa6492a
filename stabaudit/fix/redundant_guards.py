"""What only served the naive formula and can go with it: said beside the fix, never removed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stabaudit.fix.propose import Place
from stabaudit.syntax.compound import With
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression
from stabaudit.syntax.ways import path_to
from stabaudit.terms import Const, Term
from stabaudit.terms.size import to_float

#: A number as small as this is added to keep a division or a logarithm from zero, not for its own sake.
EPS = 1e-5


def redundant_guards(place: Place, bound: Iterable[Term]) -> Iterator[str]:
    """What stands around the formula or in it, `bound` to its parameters, for no other reason than its faults."""
    for value in bound:
        if isinstance(value, Const) and 0 < value.value <= EPS:
            yield f"the {to_float(value.value)!r} in it only kept the naive form from zero"
    around = [n for n in path_to(place.tree, place.term.node) if isinstance(n, With)]
    if around and len(around[-1].body.body) == 1 and any(_switches_warnings(i.manager) for i in around[-1].items):
        yield "the `errstate` around it has nothing left to silence"


def _switches_warnings(manager: Expression) -> bool:
    return isinstance(manager, Call) and called(manager) == "errstate"
