"""Results that a library keeps for the gradient, and that code changes in place afterwards: torch refuses that.

`1 / (1 + exp(-x))` keeps what it divides by, `torch.sigmoid(x)` its own result.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stabaudit.concrete.names import targets
from stabaudit.concrete.nodes import below
from stabaudit.concrete.paths import path_to
from stabaudit.dialects import pure
from stabaudit.dialects.views import changes_its_object
from stabaudit.fix.propose import Place
from stabaudit.terms import App, Term

#: Functions of which the gradient is computed from the result.
KEPT = frozenset({"exp", "expm1", "sigmoid", "tanh", "softmax", "log_softmax", "logsumexp", "logcumsumexp", "sqrt"})


def overwritten(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is not safe whose result is changed in place before the gradient is taken of it."""
    if place.home.name != "torch" or not isinstance(replacement, App) or replacement.op not in KEPT:
        return None
    node = place.term.origin
    assert isinstance(node, cst.CSTNode)
    way = path_to(place.module, node)
    function = next((n for n in reversed(way) if isinstance(n, cst.FunctionDef)), None)
    statement = next((n for n in reversed(way) if isinstance(n, cst.Assign)), None)
    if function is None or statement is None or _seen(statement.value) is not node:
        return None
    names = {name for target in statement.targets for name in targets(target.target)}
    nodes = list(below(function))
    while more := {name for one in nodes for name in _looks(one, names)} - names:
        names |= more
    changed = next((one for one in nodes if _changes(one, names)), None)
    if changed is None:
        return None
    said = " ".join(place.module.code_for_node(changed).split())
    return f"`{said}` changes in place what torch keeps for the gradient"


def _seen(value: cst.BaseExpression) -> cst.BaseExpression:
    """What is looked at by a view: `x` of `x[0]`, `x.T` and `x.view(-1)`."""
    while True:
        match value:
            case cst.Subscript(value=inner) | cst.Attribute(value=inner):
                value = inner
            case cst.Call(func=cst.Attribute(value=inner, attr=attr)) if attr.value in pure.LOOKS:
                value = inner
            case _:
                return value


def _looks(node: cst.CSTNode, names: set[str]) -> Iterator[str]:
    """The names that an assignment gives to what one of some names holds."""
    if isinstance(node, cst.Assign):
        seen = _seen(node.value)
        if isinstance(seen, cst.Name) and seen.value in names:
            for target in node.targets:
                yield from targets(target.target)


def _changes(node: cst.CSTNode, names: set[str]) -> bool:
    """Whether a node changes in place what one of some names holds."""

    def is_one(part: cst.BaseExpression) -> bool:
        seen = _seen(part)
        return isinstance(seen, cst.Name) and seen.value in names

    match node:
        case cst.AugAssign(target=target):
            return is_one(target)
        case cst.Assign(targets=given):
            return any(isinstance(t.target, (cst.Subscript, cst.Attribute)) and is_one(t.target) for t in given)
        case cst.Call(func=cst.Attribute(value=value, attr=attr)) if changes_its_object(attr.value):
            return is_one(value)
        case cst.Call(args=args):
            return any(a.keyword is not None and a.keyword.value == "out" and is_one(a.value) for a in args)
    return False
