"""What only served the naive formula and can go with it: said beside the fix, never removed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from stabaudit.concrete.names import dotted
from stabaudit.concrete.paths import path_to
from stabaudit.fix.propose import Place
from stabaudit.terms import Const, Term
from stabaudit.terms.size import to_float

#: A number as small as this is added to keep a division or a logarithm from zero, not for its own sake.
EPS = 1e-5


def redundant_guards(place: Place, bound: Iterable[Term]) -> Iterator[str]:
    """What stands around the formula or in it, `bound` to its parameters, for no other reason than its faults."""
    for value in bound:
        if isinstance(value, Const) and 0 < value.value <= EPS:
            yield f"the {to_float(value.value)!r} in it only kept the naive form from zero"
    node = place.term.origin
    assert isinstance(node, cst.CSTNode)
    around = [n for n in path_to(place.module, node) if isinstance(n, cst.With)]
    if around and len(around[-1].body.body) == 1 and any(_switches_warnings(i.item) for i in around[-1].items):
        yield "the `errstate` around it has nothing left to silence"


def _switches_warnings(manager: cst.BaseExpression) -> bool:
    return isinstance(manager, cst.Call) and (dotted(manager.func) or "").rpartition(".")[2] == "errstate"
