"""Results that a library keeps for the gradient, and that code changes in place afterwards: torch refuses that.

`1 / (1 + exp(-x))` keeps what it divides by, `torch.sigmoid(x)` its own result.
"""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.dialects import pure
from stabaudit.dialects.views import changes_its_object
from stabaudit.fix.propose import Place
from stabaudit.syntax.bindings import targets
from stabaudit.syntax.compound import Function
from stabaudit.syntax.expressions import Attribute, Call, Name, Subscript
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Assign, Augment
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term

#: Functions of which the gradient is computed from the result.
KEPT = frozenset({"exp", "expm1", "sigmoid", "tanh", "softmax", "log_softmax", "logsumexp", "logcumsumexp", "sqrt"})


def overwritten(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is not safe whose result is changed in place before the gradient is taken of it."""
    if place.home.name != "torch" or not isinstance(replacement, App) or replacement.op not in KEPT:
        return None
    way = path_to(place.tree, place.term.node)
    function = next((n for n in reversed(way) if isinstance(n, Function)), None)
    statement = next((n for n in reversed(way) if isinstance(n, Assign)), None)
    if function is None or statement is None or _seen(statement.value) is not place.term.node:
        return None
    names = {name for target in statement.targets for name in targets(target)}
    nodes = list(below(function))
    while more := {name for one in nodes for name in _looks(one, names)} - names:
        names |= more
    changed = next((one for one in nodes if _changes(one, names)), None)
    if changed is None:
        return None
    said = " ".join(place.module.code_for_node(changed.origin).split())
    return f"`{said}` changes in place what torch keeps for the gradient"


def _seen(value: Expression) -> Expression:
    """What is looked at by a view: `x` of `x[0]`, `x.T` and `x.view(-1)`."""
    while True:
        match value:
            case Subscript(value=inner) | Attribute(value=inner):
                value = inner
            case Call(func=Attribute(value=inner, attr=attr)) if attr in pure.LOOKS:
                value = inner
            case _:
                return value


def _looks(node: Node, names: set[str]) -> Iterator[str]:
    """The names that an assignment gives to what one of some names holds."""
    if isinstance(node, Assign):
        seen = _seen(node.value)
        if isinstance(seen, Name) and seen.name in names:
            for target in node.targets:
                yield from targets(target)


def _changes(node: Node, names: set[str]) -> bool:
    """Whether a node changes in place what one of some names holds."""

    def is_one(part: Expression) -> bool:
        seen = _seen(part)
        return isinstance(seen, Name) and seen.name in names

    match node:
        case Augment(target=target):
            return is_one(target)
        case Assign(targets=given):
            return any(isinstance(target, (Subscript, Attribute)) and is_one(target) for target in given)
        case Call(func=Attribute(value=value, attr=attr)) if changes_its_object(attr):
            return is_one(value)
        case Call(args=args):
            return any(a.keyword == "out" and is_one(a.value) for a in args)
    return False
