"""Whether a gradient can be asked for at a place: not where recording is off, as under `torch.no_grad()`."""

from __future__ import annotations

from itertools import pairwise

from stabaudit.syntax.compound import Function, With
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.statements import Module
from stabaudit.syntax.ways import path_to

#: Context managers and decorators under which nothing is recorded.
OFF = frozenset({"no_grad", "inference_mode", "stop_recording"})
#: Methods that define a gradient of their own, of `torch.autograd.Function` among them.
OWN = frozenset({"backward", "vjp", "jvp"})


def takes_gradients(tree: Module, node: Node) -> bool:
    """Whether gradients flow through a node as far as the statements around it tell."""
    for above, below in pairwise(path_to(tree, node)):
        if isinstance(above, With) and below is above.body and any(_is_off(item.manager) for item in above.items):
            return False
        if isinstance(above, Function) and below is above.body and _records_nothing(above):
            return False
    return True


def _records_nothing(function: Function) -> bool:
    return function.name in OWN or any(map(_is_off, function.decorators))


def _is_off(expression: Expression) -> bool:
    name = called(expression) if isinstance(expression, Call) else dotted(expression)
    return (name or "").rpartition(".")[2] in OFF
