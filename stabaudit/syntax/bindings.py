"""What a piece of code binds."""

from __future__ import annotations

from collections.abc import Container, Iterator

from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.compound import COMPOUND, Class, For, Function, Handler, Pattern, WithItem
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Call,
    Display,
    Lambda,
    Loop,
    Name,
    Named,
    Starred,
    Subscript,
)
from stabaudit.syntax.node import Expression, Node, Statement, parts
from stabaudit.syntax.reads import LEAVES
from stabaudit.syntax.statements import (
    Alias,
    Annotated,
    Assign,
    Augment,
    Block,
    Declare,
    Delete,
    Evaluate,
    Import,
    ImportFrom,
)

#: Nodes whose names are their own.
CLOSED = frozenset({Function, Class, Lambda})
#: The nodes at which a name is bound, or an object perhaps changed.
BINDING = CLOSED | {Assign, Augment, Annotated, For, Named, Alias, WithItem, Handler, Pattern, Argument, Evaluate}
#: Those, and the ones at which memory may change or get another name, or a name is another function's.
TELLING = BINDING | {Delete, Call, Declare}


def bound_names(node: Node, modules: Container[str] = ()) -> set[str]:
    """The names that are given a value, or may be changed in place, anywhere in a piece of code.

    A call made for its effect may change its object, unless that is one of `modules`.
    """
    bound, touched = _bound_names(node)
    return {*bound, *(chain for chain in touched if chain not in modules)}


@cached_by_node
def _bound_names(node: Node) -> tuple[frozenset[str], frozenset[str]]:
    """The names that are bound, and those on which a call is made."""
    found: set[str] = set()
    touched: set[str] = set()
    for current in [node] if node.__class__ in CLOSED else telling_nodes(node):
        match current:
            case Function(name=name) | Class(name=name):
                found.add(name)
            case Argument(keyword="out", value=Name(name=name)):
                found.add(name)
            case Evaluate(value=Call(func=Attribute(value=owner))):
                if (chain := dotted(owner)) is not None:
                    touched.add(chain)
            case Augment():
                found |= targets(current.target)
            case _:
                found |= given(current)
    return frozenset(found), frozenset(touched)


def given(node: Node) -> set[str]:
    """The names to which a node by itself gives a value that they had not."""
    match node:
        case Alias(local=str() as name) | Handler(name=str() as name):
            return {name}
        case Pattern(names=names):
            return {*names}
        case Augment() | Delete() | Loop():
            return set()
    return set[str]().union(*map(targets, stored(node)))


# Bodies of loops within loops are asked for again and again, and each with several questions.
@cached_by_node
def telling_nodes(node: Node) -> list[Node]:
    """The nodes in a piece of code at which names or their memory change; those in functions and classes left out."""
    found: list[Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        kind = current.__class__
        if kind is Block and current is not node:
            found += telling_nodes(current)
            continue
        if kind in TELLING:
            if kind is not Argument or current.keyword is not None:  # type: ignore[attr-defined]
                found.append(current)
            if kind in CLOSED and current is not node:
                continue
        stack += [part for part in parts(current) if part.__class__ not in LEAVES]
    return found


def targets(node: Node) -> set[str]:
    """The names an assignment to `node` gives a value to or changes."""
    match node:
        case Name() | Attribute():
            chain = dotted(node)
            return {chain} if chain else set()
        case Subscript() | Starred():
            return targets(node.value)
        case Display(elements=elements):
            return set[str]().union(*[targets(element) for element in elements])
    return set()


def stored(node: Node) -> list[Expression]:
    """The names, attributes and items that a node by itself gives a value to, or deletes, as they are written."""
    match node:
        case Assign(targets=several) | Delete(targets=several):
            return [place for target in several for place in _places(target)]
        case Annotated(target=target) | Augment(target=target) | For(target=target) | Loop(target=target):
            return _places(target)
        case Named(target=target):
            return [target]
        case WithItem(target=target) if target is not None:
            return _places(target)
    return []


def _places(target: Expression) -> list[Expression]:
    if isinstance(target, Display):
        return [place for element in target.elements for place in _places(element)]
    return _places(target.value) if isinstance(target, Starred) else [target]


def values_given(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression, bool]]:
    """The places of a target, each with the expression that it is given, and whether it gets a part of that alone."""
    match target, value:
        case Display(elements=places), Display(elements=values) if len(places) == len(values):
            for place, one in zip(places, values, strict=True):
                yield from values_given(place, one)
        case Display() | Starred(), _:
            yield from ((place, value, True) for place in _places(target))
        case _:
            yield target, value, False


def names_bound(node: Node) -> list[str]:
    """The plain names that a node by itself binds or deletes; those of a comprehension are its own."""
    match node:
        case Function(name=name) | Class(name=name) | Handler(name=str() as name):
            return [name]
        case Alias():
            return [node.local or node.name.partition(".")[0]]
        case Pattern(names=names):
            return [*names]
        case Loop():
            return []
    return [place.name for place in stored(node) if isinstance(place, Name)]


def deleted(node: Delete) -> set[str]:
    """The names that `del` takes away; of `del x[0]` the x."""
    return set[str]().union(*[targets(target) for target in node.targets])


def imported(node: Import | ImportFrom) -> list[tuple[str, str]]:
    """The names an import binds, each with its dotted path."""
    if isinstance(node, Import):
        roots = [alias.name.split(".")[0] for alias in node.names]
        named = zip(node.names, roots, strict=True)
        return [(a.local, a.name) if a.local is not None else (root, root) for a, root in named]
    if node.is_of_all:
        return []
    return [(alias.local or alias.name, f"{node.package}.{alias.name}") for alias in node.names]


def imported_paths(node: Import | ImportFrom) -> list[str]:
    """The dotted paths of what an import takes, those of a `*` included."""
    if isinstance(node, Import):
        return [alias.name for alias in node.names]
    return [f"{node.package}.{alias.name}" for alias in node.names]


def simple_statements(node: Node) -> Iterator[Statement]:
    """The simple statements in a compound one, those of functions and classes left out."""
    for child in parts(node):
        if isinstance(child, (Function, Class)):
            continue
        if isinstance(child, Statement) and not isinstance(child, COMPOUND):
            yield child
        else:
            yield from simple_statements(child)
