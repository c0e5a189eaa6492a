"""Which names a piece of syntax reads, and which it binds."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import cast

import libcst as cst

from stabaudit.dialects.arrays import OF_MODULES
from stabaudit.lift.nodes import LEAVES, cached_by_node, parts
from stabaudit.source.dotted import LONGEST

#: The nodes at which a name is bound, or an object perhaps changed.
BINDING = frozenset(
    {cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.For, cst.NamedExpr,
     cst.AsName, cst.MatchAs, cst.MatchStar, cst.Arg, cst.Expr}
)  # fmt: skip
#: The nodes at which the memory of a name may change or get another name, or a name is another function's.
CHANGING_NODES = frozenset({cst.Del, cst.Call, cst.Assign, cst.Global, cst.Nonlocal})
#: Nodes whose names are their own.
CLOSED = frozenset({cst.FunctionDef, cst.ClassDef, cst.Lambda})
_TELLING = BINDING | CHANGING_NODES


def dotted(node: cst.CSTNode) -> str | None:
    """`a.b.c` as text; `None` for anything that is no chain of names, or a longer one than `LONGEST`."""
    names: list[str] = []
    while type(node) is cst.Attribute:
        names.append(node.attr.value)
        if len(names) == LONGEST:
            return None
        node = node.value
    return ".".join([node.value, *reversed(names)]) if type(node) is cst.Name else None


def called(call: cst.Call) -> str:
    """The last name of what is called: `sum` of `x.exp().sum()`; nothing for what has none."""
    function = call.func
    if isinstance(function, cst.Attribute):
        return function.attr.value
    return function.value if isinstance(function, cst.Name) else ""


def names_in(node: cst.CSTNode) -> set[str]:
    """The names an expression reads, dotted ones of attributes included."""
    kind = type(node)
    if kind is cst.Name:
        return {cast("cst.Name", node).value}
    if kind in LEAVES:
        return set()
    if kind is cst.Attribute:
        node = cast("cst.Attribute", node)
        chain = dotted(node)
        return names_in(node.value) | ({chain} if chain else set())
    if kind is cst.Arg:
        return names_in(cast("cst.Arg", node).value)
    return set[str]().union(*[names_in(child) for child in parts(node)])


def first_names(nodes: Iterable[cst.CSTNode]) -> set[str]:
    """The names that some expressions read, of `np.exp` the `np`; nodes that are in several are looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    todo = [*nodes]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, cst.Name):
            found.add(node.value)
        else:
            todo += [node.value] if isinstance(node, (cst.Attribute, cst.Arg)) else parts(node)
    return found


def told_modules(node: cst.CSTNode) -> set[str]:
    """What a piece of code calls as an array module, as in `nx.exp(x)`, be it a parameter or what a call gives."""
    found: set[str] = set()
    for call in telling(node):
        if type(call) is cst.Call and isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute) and call.args:
            owner = dotted(call.func.value) if call.func.attr.value in OF_MODULES else None
            if owner is not None and owner not in ("self", "cls"):
                found.add(owner)
    return found


def parameters_of(parameters: cst.Parameters) -> set[str]:
    """The names of all parameters."""
    every = [*parameters.params, *parameters.kwonly_params, *parameters.posonly_params]
    stars = [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    return {p.name.value for p in [*every, *stars]}


def loop_names(loop: cst.CompFor) -> set[str]:
    """The names a comprehension's loops bind."""
    inner = loop_names(loop.inner_for_in) if loop.inner_for_in is not None else set()
    return names_in(loop.target) | inner


def bound_names(node: cst.CSTNode, modules: Container[str] = ()) -> set[str]:
    """The names that are given a value, or may be changed in place, anywhere in a piece of code.

    A call made for its effect may change its object, unless that is one of `modules`.
    """
    bound, touched = _bound_names(node)
    return {*bound, *(chain for chain in touched if chain not in modules)}


@cached_by_node
def _bound_names(node: cst.CSTNode) -> tuple[frozenset[str], frozenset[str]]:
    """The names that are bound, and those on which a call is made."""
    found: set[str] = set()
    touched: set[str] = set()
    own = [node] if type(node) in CLOSED else telling(node)
    for current in own:
        if type(current) not in BINDING:
            continue
        match current:
            case cst.FunctionDef() | cst.ClassDef():
                found.add(current.name.value)
            case cst.AssignTarget() | cst.AugAssign() | cst.AnnAssign() | cst.For() | cst.NamedExpr():
                found |= targets(current.target)
            case cst.AsName():
                found |= names_in(current.name)
            case cst.MatchAs() | cst.MatchStar() if current.name is not None:
                found.add(current.name.value)
            case cst.Arg(keyword=cst.Name(value="out"), value=cst.Name(value=name)):
                found.add(name)
            case cst.Expr(value=cst.Call(func=cst.Attribute(value=owner))):
                if (chain := dotted(owner)) is not None:
                    touched.add(chain)
    return frozenset(found), frozenset(touched)


# Bodies of loops within loops are asked for again and again, and each with several questions.
@cached_by_node
def telling(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes in a piece of code at which names or their memory change; those in functions and classes left out."""
    found: list[cst.CSTNode] = []
    stack = [node]
    while stack:
        current = stack.pop()
        kind = current.__class__
        if kind is cst.IndentedBlock and current is not node:
            found += telling(current)
            continue
        if kind in _TELLING:
            if kind is not cst.Arg or current.keyword is not None:  # type: ignore[attr-defined]
                found.append(current)
            if kind in CLOSED and current is not node:
                continue
        stack += [part for part in parts(current) if part.__class__ not in LEAVES]
    return found


def targets(node: cst.BaseExpression | cst.BaseElement) -> set[str]:
    """The names an assignment to `node` gives a value to or changes."""
    match node:
        case cst.Name() | cst.Attribute():
            chain = dotted(node)
            return {chain} if chain else set()
        case cst.Subscript():
            return targets(node.value)
        case cst.Tuple() | cst.List():
            return set().union(*(targets(e.value) for e in node.elements)) if node.elements else set()
        case cst.StarredElement():
            return targets(node.value)
    return set()


def deleted(node: cst.Del) -> set[str]:
    """The names that `del` takes away; of `del x[0]` the x."""
    target = node.target
    every = [e.value for e in target.elements] if isinstance(target, cst.Tuple) else [target]
    return set[str]().union(*(targets(t) for t in every))


def imported(node: cst.Import | cst.ImportFrom) -> list[tuple[str, str]]:
    """The names an import binds, each with its dotted path."""
    if isinstance(node.names, cst.ImportStar):
        return []
    found = []
    if isinstance(node, cst.Import):
        for alias in node.names:
            path = dotted(alias.name) or ""
            if alias.asname is not None:
                found.append((dotted(alias.asname.name) or "", path))
            else:
                root = path.split(".")[0]
                found.append((root, root))
        return found
    package = "." * len(node.relative) + (dotted(node.module) or "" if node.module is not None else "")
    for alias in node.names:
        name = dotted(alias.name) or ""
        local = dotted(alias.asname.name) if alias.asname is not None else name
        found.append((local or "", f"{package}.{name}"))
    return found


def small_statements(node: cst.CSTNode) -> Iterable[cst.BaseSmallStatement]:
    """The simple statements in a compound one, those of functions and classes left out."""
    for child in parts(node):
        if isinstance(child, cst.BaseSmallStatement):
            yield child
        elif not isinstance(child, (cst.FunctionDef, cst.ClassDef)):
            yield from small_statements(child)
