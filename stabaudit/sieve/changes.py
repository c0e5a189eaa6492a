"""What functions change outside of themselves when they are called, told from Python's own syntax tree.

Functions that are not lifted may still change what those that are look at. This says of them what
`stabaudit.syntax.memory` says of the others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from stabaudit.dialects.views import VIEW_ATTRIBUTES, VIEW_CALLS, changes_its_object, spread
from stabaudit.sieve.stretch import FUNCTIONS, Function, parameters
from stabaudit.source.dotted import dotted_name

_CLOSED = frozenset({*FUNCTIONS, ast.ClassDef, ast.Lambda})
#: The nodes at which names or memory change.
_TELLING = _CLOSED | {
    ast.Global, ast.Nonlocal, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.AsyncFor, ast.NamedExpr, ast.alias,
    ast.MatchAs, ast.MatchStar, ast.ExceptHandler, ast.withitem, ast.keyword, ast.Expr, ast.Delete, ast.Call,
}  # fmt: skip
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.Pass, ast.Break, ast.Continue})


def changed_from_inside(body: Iterable[ast.AST]) -> set[str]:
    """The names that the functions in some code give another value, or change in place, when called."""
    found: set[str] = set()
    for node in _inside(body):
        if isinstance(node, FUNCTIONS):
            found |= _changed_outside(node)
    return found


def bound(body: Iterable[ast.AST]) -> set[str]:
    """The names and attributes that some code gives a value, or may change in place by a call made for its effect."""
    return _bound(_inside(body, classes=False))


def changed_by(function: Function) -> set[str]:
    """The parameters that a function changes in place, and the attributes of `self` that it sets."""
    inside = _inside(function.body)
    given = parameters(function)
    own = {name for name in bound(function.body) if name.startswith("self.")}
    return own | {name for name in _changed_in_place(inside) if name.startswith("self.") or name in given}


def is_idle(function: Function) -> bool:
    """Whether a function changes nothing but names of its own when it is called."""
    return not changed_by(function) and not _changed_outside(function)


def _changed_outside(function: Function) -> set[str]:
    """What a function and those in it change outside of themselves."""
    inside = _inside(function.body)
    declared = {name for node in inside if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names}
    changed = _changed_in_place(inside)
    has_classes = any(type(node) is ast.ClassDef for node in inside)
    own = (_bound(_inside(function.body, classes=False) if has_classes else inside) - changed) | _assigned(inside)
    own |= parameters(function)
    found = declared | (changed - (own - declared))
    return found.union(*(_changed_outside(node) for node in inside if isinstance(node, FUNCTIONS)))


def _inside(body: Iterable[ast.AST], *, classes: bool = True) -> list[ast.AST]:
    """The telling nodes in some code; functions are not looked into, `classes` are."""
    found: list[ast.AST] = []
    todo = [*body]
    while todo:
        node = todo.pop()
        kind = type(node)
        if kind in _TELLING:
            found.append(node)
        if kind is ast.ClassDef and classes:
            todo += node.body  # type: ignore[attr-defined]
        if kind in _CLOSED:
            continue
        for name in kind._fields:
            child = getattr(node, name, None)
            if type(child) is list:
                todo += [part for part in child if isinstance(part, ast.AST) and type(part) not in _LEAVES]
            elif isinstance(child, ast.AST) and type(child) not in _LEAVES:
                todo.append(child)
    return found


def _targets(node: ast.AST) -> Iterator[ast.expr]:
    """What a statement or a walrus gives a value to, or changes."""
    match node:
        case ast.Assign():
            yield from node.targets
        case ast.AugAssign() | ast.AnnAssign() | ast.For() | ast.AsyncFor() | ast.NamedExpr():
            yield node.target


def _bound(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that are given a value, or may be changed in place by a call."""
    found: set[str] = set()
    for node in nodes:
        for target in _targets(node):
            found |= _named(target)
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(asname=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.withitem(optional_vars=ast.expr() as target):
                found |= _read(target)
            case ast.keyword(arg="out", value=ast.Name(id=name)):
                found.add(name)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))) if (path := dotted_name(owner)) is not None:
                found.add(path)
    return found


def _assigned(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that get a value of their own."""
    return {
        name
        for node in nodes
        if not isinstance(node, ast.AugAssign)
        for target in _targets(node)
        for name in _plain(target)
    }


def _changed_in_place(nodes: Iterable[ast.AST]) -> set[str]:
    """The names whose memory may change, be it under another name."""
    found: set[str] = set()
    edges: list[tuple[set[str], set[str]]] = []
    for node in nodes:
        match node:
            case ast.AugAssign():
                found |= viewed(node.target)
            case ast.Assign(targets=several):
                found |= set[str]().union(*(viewed(t) for t in several if isinstance(t, ast.Subscript)))
            case ast.AnnAssign(target=ast.Subscript() as target) | ast.Delete(targets=[ast.Subscript() as target]):
                found |= viewed(target)
            case ast.keyword(arg="out", value=value):
                found |= viewed(value)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))):
                found |= viewed(owner)
            case ast.Call(func=ast.Attribute(value=owner, attr=name)) if changes_its_object(name):
                found |= viewed(owner)
        match node:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) | ast.NamedExpr(value=value):
                edges += [(_named(target), viewed(value)) for target in _targets(node)]
            case ast.For(iter=value) | ast.AsyncFor(iter=value):
                edges += [(_named(target), viewed(value)) for target in _targets(node)]
    return spread(found, edges)


def viewed(node: ast.expr) -> set[str]:
    """The names whose memory the value of an expression may be."""
    match node:
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(value=owner, attr=attribute):
            path = dotted_name(node)
            own = {path} if path else set()
            return own | viewed(owner) if path is None or attribute in VIEW_ATTRIBUTES else own
        case ast.Subscript(value=inner) | ast.Starred(value=inner):
            return viewed(inner)
        case ast.Call(func=function):
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name not in VIEW_CALLS:
                return set()
            parts = [*node.args, *(keyword.value for keyword in node.keywords)]
            if isinstance(function, ast.Attribute):
                parts.append(function.value)
        case ast.NamedExpr(target=target, value=value):
            parts = [target, value]
        case ast.IfExp(body=yes, orelse=no):
            parts = [yes, no]
        case ast.BoolOp(values=parts) | ast.Dict(values=parts):
            pass
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            pass
        case _:
            return set()
    return set[str]().union(*map(viewed, parts))


def _named(node: ast.expr) -> set[str]:
    """The names an assignment to `node` gives a value to or changes."""
    match node:
        case ast.Name() | ast.Attribute():
            path = dotted_name(node)
            return {path} if path else set()
        case ast.Subscript(value=inner) | ast.Starred(value=inner):
            return _named(inner)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return set[str]().union(*map(_named, parts))
    return set()


def _plain(node: ast.expr) -> set[str]:
    """The names of which the value itself is another one."""
    match node:
        case ast.Name(id=name):
            return {name}
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return set[str]().union(*map(_plain, [p.value if isinstance(p, ast.Starred) else p for p in parts]))
    return set()


def _read(node: ast.expr) -> set[str]:
    """All names in an expression, those of attributes included."""
    return {path for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute)) and (path := dotted_name(n))}
