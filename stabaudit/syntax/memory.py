"""Who may look at the same memory: views, and what code changes in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from stabaudit.dialects.views import VIEW_ATTRIBUTES, VIEW_CALLS, changes_its_object, spread
from stabaudit.syntax.bindings import bound_names, given, stored, targets, telling_nodes
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import Class, For, Function
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Boolean,
    Call,
    Choice,
    Dict,
    Display,
    Name,
    Named,
    Starred,
    Subscript,
)
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.reads import names_in, parameters_of
from stabaudit.syntax.statements import Annotated, Assign, Augment, Declare, Delete, Evaluate

#: Nodes that give names a value.
GIVING = (Assign, Annotated, For, Named)


def viewed(node: Node) -> set[str]:
    """The names whose memory the value of an expression may be."""
    match node:
        case Name():
            return {node.name}
        case Attribute():
            chain = dotted(node)
            own = {chain} if chain else set()
            return own | viewed(node.value) if chain is None or node.attr in VIEW_ATTRIBUTES else own
        case Subscript() | Starred():
            return viewed(node.value)
        case Call():
            name = called(node)
            if name not in VIEW_CALLS:
                return set()
            owner = viewed(node.func.value) if isinstance(node.func, Attribute) else set()
            return owner.union(*(viewed(a.value) for a in node.args))
        case Named():
            return viewed(node.target) | viewed(node.value)
        case Choice():
            return viewed(node.body) | viewed(node.orelse)
        case Boolean():
            return viewed(node.left) | viewed(node.right)
        case Display():
            return set[str]().union(*(viewed(element) for element in node.elements))
        case Dict():
            return set[str]().union(*(viewed(item.value) for item in node.items))
    return set()


# Asked of each function once for the module and once for each of its own functions that is seen through.
@cached_by_node
def changed_in_place(node: Node) -> frozenset[str]:
    """The names whose memory a piece of code may change, be it under another name; functions in it are left out."""
    return _changed_in_place(node, steps=True)


def _changed_in_place(node: Node, *, steps: bool) -> frozenset[str]:
    """Without `steps` a name is left out that steps such as `x -= 1` alone change."""
    found: set[str] = set()
    edges: list[tuple[set[str], set[str]]] = []
    for current in _inside(node):
        match current:
            case Augment(target=Name()) if not steps:
                pass
            case Augment(target=target) | Annotated(target=Subscript() as target):
                found |= viewed(target)
            case Assign(targets=several) | Delete(targets=several):
                found = found.union(*(viewed(target) for target in several if isinstance(target, Subscript)))
            case Argument(keyword="out", value=value):
                found |= viewed(value)
            case Evaluate(value=Call(func=Attribute(value=owner))):
                found |= viewed(owner)
            case Call(func=Attribute(value=owner, attr=name)) if changes_its_object(name):
                found |= viewed(owner)
        match current:
            case Assign(value=value):
                edges += [(targets(target), viewed(value)) for target in current.targets]
            case Annotated(value=Expression() as value) | Named(value=value):
                edges.append((targets(current.target), viewed(value)))
            case For(iter=value):
                edges.append((targets(current.target), viewed(value)))
    return frozenset(spread(found, edges))


@cached_by_node
def changed_from_inside(node: Node) -> frozenset[str]:
    """The names that the functions inside a piece of code give another value, or change in place, when called."""
    return frozenset[str]().union(*(_changed_outside(function) for function in _functions(node)))


@cached_by_node
def changed_by(function: Function) -> frozenset[str]:
    """The parameters that a function changes in place, and the attributes of `self` that it sets."""
    given = parameters_of(function.parameters)
    in_place = {name for name in changed_in_place(function.body) if name.startswith("self.") or name in given}
    return frozenset(in_place | {name for name in bound_names(function.body) if name.startswith("self.")})


def changes_more_than_itself(function: Function) -> bool:
    """Whether a call changes anything but attributes of the object it is called on, which may keep what it gives.

    Steps such as `x -= x.max()`, which change an array that is given, are a part of what is computed.
    """
    given = parameters_of(function.parameters)
    if given.isdisjoint(changed_by(function)):
        return False
    return not given.isdisjoint(_changed_in_place(function.body, steps=False))


def is_idle(function: Function) -> bool:
    """Whether a function changes nothing but names of its own when it is called."""
    return not changed_by(function) and not _changed_outside(function)


@cached_by_node
def _changed_outside(function: Function) -> set[str]:
    declared = {name for node in _inside(function.body) if isinstance(node, Declare) for name in node.names}
    own = (bound_names(function.body) - changed_in_place(function.body)) | assigned(function.body)
    own |= parameters_of(function.parameters)
    return declared | (changed_in_place(function.body) - (own - declared))


def bindings(node: Node) -> Counter[str]:
    """How often each name is given a value in a piece of code; functions in it give one to no name but those of others.

    A name that a function declares to be another's counts as given many.
    """
    found: Counter[str] = Counter()
    for current in _inside(node):
        if isinstance(current, Assign):
            for target in current.targets:
                found.update(targets(target))
        elif isinstance(current, Augment):
            found.update(targets(current.target))
        else:
            found.update(names_in(current) if isinstance(current, Delete) else given(current))
    for code in (node, *(function.body for function in _functions(node))):
        for current in _inside(code):
            if isinstance(current, Declare):
                found.update(2 * [*current.names])
    return found


def has_functions(node: Node) -> bool:
    """Whether functions are defined in a piece of code."""
    return any(type(current) is Function for current in _inside(node))


def assigned(node: Node) -> set[str]:
    """The names that get a value of their own in a piece of code."""
    giving = (current for current in _inside(node) if isinstance(current, GIVING))
    return {place.name for current in giving for place in stored(current) if isinstance(place, Name)}


# Three questions are asked of each function.
@cached_by_node
def _inside(node: Node) -> list[Node]:
    """The nodes at which names or memory change in a piece of code, those of functions in it left out."""
    found: list[Node] = []
    for current in telling_nodes(node):
        found.append(current)
        if type(current) is Class and current is not node:
            found += _inside(current)
    return found


def _functions(node: Node) -> Iterable[Function]:
    """All functions inside a piece of code, at any depth."""
    for current in _inside(node):
        if isinstance(current, Function) and current is not node:
            yield current
            yield from _functions(current.body)
