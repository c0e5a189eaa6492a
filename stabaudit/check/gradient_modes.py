"""Whether a gradient can be asked for at a place: not where recording is off, as under `torch.no_grad()`."""

from __future__ import annotations

from itertools import pairwise

import libcst as cst

from stabaudit.concrete.names import called, dotted
from stabaudit.concrete.paths import path_to
from stabaudit.terms import Term

#: Context managers and decorators under which nothing is recorded.
OFF = frozenset({"no_grad", "inference_mode", "stop_recording"})
#: Methods that define a gradient of their own, of `torch.autograd.Function` among them.
OWN = frozenset({"backward", "vjp", "jvp"})


def takes_gradients(module: cst.Module, term: Term) -> bool:
    """Whether gradients flow through an expression as far as the statements around it tell."""
    if not isinstance(term.origin, cst.CSTNode):
        return True
    way = path_to(module, term.origin)
    for above, node in pairwise(way):
        if isinstance(above, cst.With) and node is above.body and any(_is_off(item.item) for item in above.items):
            return False
        if isinstance(above, cst.FunctionDef) and node is above.body and _records_nothing(above):
            return False
    return True


def _records_nothing(function: cst.FunctionDef) -> bool:
    return function.name.value in OWN or any(_is_off(one.decorator) for one in function.decorators)


def _is_off(expression: cst.BaseExpression) -> bool:
    name = called(expression) if isinstance(expression, cst.Call) else dotted(expression)
    return (name or "").rpartition(".")[2] in OFF
