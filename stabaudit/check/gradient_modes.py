"""Whether a gradient can be asked for at a place: not where recording is off, as under `torch.no_grad()`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from stabaudit.proof.stopping import stops
from stabaudit.syntax.compound import Class, Function, With
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Argument, Attribute, Call, Compare, Name
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Module
from stabaudit.syntax.ways import path_to

#: Context managers and decorators under which nothing is recorded.
OFF = frozenset({"no_grad", "inference_mode", "stop_recording", "no_gradient"})
#: Decorators of functions whose values are kept, and given to callers that record each a graph of their own.
KEPT = frozenset({"lru_cache", "cache", "cached_property", "memoize"})
#: Decorators of functions that define a gradient of their own, or are part of one: `@f.defjvp`.
OWN_GRADIENT = frozenset({"custom_gradient", "custom_vjp", "custom_jvp", "defvjp", "defjvp", "primitive"})
#: Methods that define a gradient of their own, of `torch.autograd.Function` among them.
OWN = frozenset({"backward", "vjp", "jvp", "setup_context"})
#: Methods that make an object, with the constants that it holds.
MAKING = frozenset({"__init__", "__post_init__", "reset_parameters", "build"})
#: Classes whose steps nobody differentiates, by a name of theirs or of a base: what updates parameters, what is
#: measured beside the loss, what makes the data, what steps through noise.
APART = re.compile(
    r"(?:Optimi[sz]er|Solver|LineSearch|Metrics?(?:Base)?|Meter|Average|Tracker|Scheduler(?:Mixin)?|Sampler|Dataset"
    r"|DataModule|Collator|Callback|Logger|Visuali[sz]er|Evaluator|Strategy)$"
)
#: Classes that assign predictions to objects, which nobody differentiates, whatever the costs are called.
MATCHING = re.compile(r"(?:Assigner|Matcher|MatchCost)$")
#: What is learned from after all: `@losses.register` of a metric.
LOSS = re.compile(r"loss(?!less)|objective|criterion", re.IGNORECASE)
#: The base of classes that define a gradient of their own.
OWN_CLASS = re.compile(r"(?:^|\.)Function$")
#: Functions that make updates of parameters.
UPDATES = re.compile(r"^_?(?:update_fn|update_step|apply_gradients|resource_apply\w*|apply_(?:dense|sparse)\w*)$")
#: Functions whose results are looked at and not learned from.
LOOKING = re.compile(
    r"^_?(?:predict|infer|evaluate|eval|plot|score|test|valid|generate|decode|visuali[sz]e|quanti[sz]e|dequanti[sz]e"
    r"|diagnos\w*|render)(?:_|$)"
)
#: Parameters of functions that compute gradients themselves.
FLOWING_BACK = re.compile(r"^(?:grads?(?:_\w+)?|\w+_grads?|dy|cotangents?|tangents?|upstream)$")
#: What is called a gradient.
GRADIENT = re.compile(r"(?:^|_)grads?(?:ients?)?(?:_|\d|$)", re.IGNORECASE)


def takes_gradients(tree: Module, node: Node) -> bool:
    """Whether gradients flow through a node as far as the statements around it tell."""
    way = path_to(tree, node)
    apart = any(is_apart(*pair) for pair in pairwise(way))
    return not (apart or _is_stopped(way) or _is_of_gradients(way))


def _is_stopped(way: Sequence[Node]) -> bool:
    """Whether what is made of the last node of a way at once has no gradient: it is compared, detached, or an index."""
    for above, inner in pairwise(way):
        if isinstance(above, Compare) and inner in (above.left, *above.others):
            return True
        if stops(above) and isinstance(inner, (Argument, Attribute)):
            return True
    return False


def _is_of_gradients(way: Sequence[Node]) -> bool:
    """Whether the function around the last node of a way names gradients: it is part of their computation."""
    function = next((node for node in reversed(way) if isinstance(node, Function)), None)
    return function is not None and any(
        isinstance(node, Name) and GRADIENT.search(node.name) is not None for node in below(function)
    )


def is_apart(above: Node, inner: Node) -> bool:
    """Whether nothing is recorded, or nobody asks, in what stands in a statement."""
    if isinstance(above, With):
        return inner is above.body and any(_last(item.manager) in OFF for item in above.items)
    if isinstance(above, Function):
        return inner is above.body and _records_nothing(above)
    return isinstance(above, Class) and inner is above.body and _is_apart_by_name(above)


def _is_apart_by_name(made: Class) -> bool:
    bases = [dotted(base.value) or "" for base in made.args if base.keyword is None]
    names = (made.name, *bases)
    if any(OWN_CLASS.search(base) for base in bases) or any(map(MATCHING.search, names)):
        return True
    said = (*names, *(dotted(one.func if isinstance(one, Call) else one) or "" for one in made.decorators))
    return any(APART.search(name) for name in names) and not any(LOSS.search(name) for name in said)


def _records_nothing(function: Function) -> bool:
    return (
        function.name in OWN | MAKING
        or any(names.match(function.name) is not None for names in (UPDATES, LOOKING))
        or any(FLOWING_BACK.match(one.name) is not None for one in function.parameters.named)
        or any(_last(one) in OFF | KEPT or has_own_gradient(one) for one in function.decorators)
    )


def has_own_gradient(decorator: Expression) -> bool:
    """Whether a decorator or a call, or what `partial` makes one of, defines a gradient."""
    if _last(decorator) in OWN_GRADIENT:
        return True
    return isinstance(decorator, Call) and any(_last(arg.value) in OWN_GRADIENT for arg in decorator.args)


def _last(expression: Expression) -> str:
    name = called(expression) if isinstance(expression, Call) else dotted(expression)
    return (name or "").rpartition(".")[2]
