"""Who may look at the same memory: views, and what code changes in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import libcst as cst

from stabaudit.dialects.views import VIEW_ATTRIBUTES, VIEW_CALLS, changes_its_object, spread
from stabaudit.lift.names import bound_names, called, dotted, names_in, parameters_of, targets, telling
from stabaudit.lift.nodes import cached_by_node

#: The nodes at which memory changes or gets another name.
CHANGES = frozenset(
    {cst.AugAssign, cst.AssignTarget, cst.AnnAssign, cst.Arg, cst.Del, cst.Expr, cst.Call, cst.Assign, cst.NamedExpr,
     cst.For}
)  # fmt: skip
# A type is looked up many times as fast as `isinstance` answers for the abstract classes of LibCST.
OUTSIDE = frozenset({cst.Global, cst.Nonlocal})
GIVING = frozenset({cst.AssignTarget, cst.AnnAssign, cst.For, cst.NamedExpr})
COUNTED = GIVING | OUTSIDE | {cst.AugAssign, cst.Del, cst.AsName}


def viewed(node: cst.CSTNode) -> set[str]:
    """The names whose memory the value of an expression may be."""
    match node:
        case cst.Name():
            return {node.value}
        case cst.Attribute():
            chain = dotted(node)
            own = {chain} if chain else set()
            return own | viewed(node.value) if chain is None or node.attr.value in VIEW_ATTRIBUTES else own
        case cst.Subscript():
            return viewed(node.value)
        case cst.Call():
            name = called(node)
            if name not in VIEW_CALLS:
                return set()
            owner = viewed(node.func.value) if isinstance(node.func, cst.Attribute) else set()
            return owner.union(*(viewed(a.value) for a in node.args))
        case cst.NamedExpr():
            return viewed(node.target) | viewed(node.value)
        case cst.IfExp():
            return viewed(node.body) | viewed(node.orelse)
        case cst.BooleanOperation():
            return viewed(node.left) | viewed(node.right)
        case cst.Tuple() | cst.List() | cst.Set():
            return set[str]().union(*(viewed(e.value) for e in node.elements))
        case cst.Dict():
            return set[str]().union(*(viewed(e.value) for e in node.elements))
    return set()


# Asked of each function once for the module and once for each of its own functions that is seen through.
@cached_by_node
def changed_in_place(node: cst.CSTNode) -> frozenset[str]:
    """The names whose memory a piece of code may change, be it under another name; functions in it are left out."""
    found: set[str] = set()
    edges: list[tuple[set[str], set[str]]] = []
    for current in _inside(node):
        if type(current) not in CHANGES:
            continue
        match current:
            case cst.AugAssign():
                found |= viewed(current.target)
            case cst.AssignTarget(target=cst.Subscript() as target):
                found |= viewed(target)
            case cst.AnnAssign(target=cst.Subscript() as target):
                found |= viewed(target)
            case cst.Arg(keyword=cst.Name(value="out"), value=value):
                found |= viewed(value)
            case cst.Del(target=cst.Subscript() as target):
                found |= viewed(target)
            case cst.Expr(value=cst.Call(func=cst.Attribute(value=owner))):
                found |= viewed(owner)
            case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=name))) if changes_its_object(name):
                found |= viewed(owner)
        match current:
            case cst.Assign(value=value):
                edges += [(targets(t.target), viewed(value)) for t in current.targets]
            case cst.AnnAssign(value=cst.BaseExpression() as value) | cst.NamedExpr(value=value):
                edges.append((targets(current.target), viewed(value)))
            case cst.For(iter=value):
                edges.append((targets(current.target), viewed(value)))
    return frozenset(spread(found, edges))


@cached_by_node
def changed_from_inside(node: cst.CSTNode) -> frozenset[str]:
    """The names that the functions inside a piece of code give another value, or change in place, when called."""
    return frozenset[str]().union(*(_changed_outside(function) for function in _functions(node)))


@cached_by_node
def _changed_outside(function: cst.FunctionDef) -> set[str]:
    declared = {
        item.name.value
        for current in _inside(function.body)
        if type(current) in OUTSIDE and isinstance(current, (cst.Global, cst.Nonlocal))
        for item in current.names
    }
    own = (bound_names(function.body) - changed_in_place(function.body)) | _assigned(function.body)
    own |= parameters_of(function.params)
    return declared | (changed_in_place(function.body) - (own - declared))


def bindings(node: cst.CSTNode) -> Counter[str]:
    """How often each name is given a value in a piece of code; functions in it give one to no name but those of others.

    A name that a function declares to be another's counts as given many.
    """
    found: Counter[str] = Counter()
    for current in _inside(node):
        if type(current) not in COUNTED:
            continue
        if isinstance(current, (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.For, cst.NamedExpr)):
            found.update(targets(current.target))
        elif isinstance(current, (cst.Del, cst.AsName)):
            found.update(names_in(current))
    for code in (node, *(function.body for function in _functions(node))):
        for current in _inside(code):
            if isinstance(current, (cst.Global, cst.Nonlocal)):
                found.update(2 * [item.name.value for item in current.names])
    return found


def has_functions(node: cst.CSTNode) -> bool:
    """Whether functions are defined in a piece of code."""
    return any(type(current) is cst.FunctionDef for current in _inside(node))


def _assigned(node: cst.CSTNode) -> set[str]:
    """The names that get a value of their own in a piece of code."""
    found: set[str] = set()
    for current in _inside(node):
        if type(current) in GIVING and isinstance(current, (cst.AssignTarget, cst.AnnAssign, cst.For, cst.NamedExpr)):
            found |= _names(current.target)
    return found


def _names(node: cst.CSTNode) -> set[str]:
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, (cst.Tuple, cst.List)):
        return set[str]().union(*(_names(e.value) for e in node.elements))
    return set()


# Three questions are asked of each function.
@cached_by_node
def _inside(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes at which names or memory change in a piece of code, those of functions in it left out."""
    found: list[cst.CSTNode] = []
    for current in telling(node):
        found.append(current)
        if type(current) is cst.ClassDef and current is not node:
            found += _inside(current)
    return found


def _functions(node: cst.CSTNode) -> Iterable[cst.FunctionDef]:
    """All functions inside a piece of code, at any depth."""
    for current in _inside(node):
        if isinstance(current, cst.FunctionDef) and current is not node:
            yield current
            yield from _functions(current.body)
