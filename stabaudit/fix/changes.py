"""What a piece of code changes when it runs: names that get another value, and objects that get other contents.

Everything counts that is not known to change nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from stabaudit.dialects import pure
from stabaudit.fix.special_methods import run_by
from stabaudit.source.dotted import dotted_name

if TYPE_CHECKING:
    from stabaudit.fix.locals import Locals

#: A row, and a column in bytes, as Python's parser counts them.
Spot = tuple[int, int]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Change(NamedTuple):
    """One change: when it is done, and the text of what does it.

    `binds` is the name that gets another value; else the contents of any object may change, or only of that `within`
    a name. `yields` says that others run then, and nothing else; `draws` that random numbers are drawn, and nothing
    else.
    """

    time: Spot
    by: str
    binds: str | None = None
    within: str | None = None
    yields: bool = False
    draws: bool = False


def end(node: ast.AST) -> Spot:
    """Where a node ends, which is when its value is there."""
    return getattr(node, "end_lineno", 0) or 0, getattr(node, "end_col_offset", 0) or 0


def start(node: ast.AST) -> Spot:
    """Where a node begins."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def changes(function: ast.AST, own: Locals) -> list[Change]:
    """What the body of a function changes, or a module outside of its functions."""
    body = function.body  # type: ignore[attr-defined]
    parts = body if isinstance(body, list) else [body]
    return [change for part in parts for change in _of(part, own)]


def _of(node: ast.AST, own: Locals) -> Iterator[Change]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for part in (*node.decorator_list, *node.args.defaults, *(d for d in node.args.kw_defaults if d)):
                yield from _of(part, own)
            yield Change(end(node), f"def {node.name}", binds=node.name)
            return
        case ast.Lambda():
            for part in (*node.args.defaults, *(d for d in node.args.kw_defaults if d)):
                yield from _of(part, own)
            return
        case ast.Raise():
            # Whoever goes on from here has not run it.
            return
        case ast.ClassDef(name=name):
            yield Change(end(node), f"class {name}", binds=name)
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _stored(target, end(node), own)
        case ast.AnnAssign(target=target, value=value) if value is not None:
            yield from _stored(target, end(node), own)
        case ast.AugAssign(target=target):
            yield from _augmented(target, end(node), own)
        case ast.Delete(targets=targets):
            for target in targets:
                yield from _stored(target, end(node), own)
        case ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _stored(target, end(node.iter), own)
        case ast.NamedExpr(target=target):
            yield from _stored(target, end(node), own)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                yield from _entered(item, node, own)
        case ast.ExceptHandler(name=str(name)):
            yield Change(start(node), "except", binds=name)
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield Change(end(node), "case", binds=name)
        case ast.MatchClass(patterns=patterns, kwd_attrs=names) if own.callees.busy:
            # Attributes are read by their names, or by those that the class says.
            if patterns or not own.callees.busy.isdisjoint(names):
                yield Change(end(node), "case")
        case ast.MatchMapping(rest=str(name)):
            yield Change(end(node), "case", binds=name)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            for a in names:
                yield Change(end(node), "import", binds=a.asname or a.name.partition(".")[0])
        case ast.Await() | ast.Yield() | ast.YieldFrom():
            yield Change(end(node), _said(node), yields=isinstance(node, ast.Yield))
        case ast.Call():
            yield from _called(node, own)
        case ast.Attribute(attr=name) if name in own.callees.busy and isinstance(node.ctx, ast.Load):
            yield Change(end(node), _said(node))
        case ast.comprehension(is_async=1):
            yield Change(end(node.iter), _said(node.iter))
    if isinstance(node, ast.AsyncFor):
        yield Change(end(node.iter), _said(node.iter))
    if own.callees.busy_specials:
        yield from _implied(node, own)
    for child in ast.iter_child_nodes(node):
        yield from _of(child, own)


def _implied(node: ast.AST, own: Locals) -> Iterator[Change]:
    """What special methods of the module's classes may change that a node runs without calling them."""
    for names, objects in run_by(node):
        if not own.callees.busy_specials.isdisjoint(names):
            for one in objects:
                if own.may_be_object(one):
                    yield Change(end(node) if isinstance(node, ast.expr) else end(one), _said(one))


def _stored(target: ast.expr, time: Spot, own: Locals) -> Iterator[Change]:
    """What is changed by giving a target a value, or deleting it."""
    match target:
        case ast.Name(id=name):
            yield Change(time, name, binds=name)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _stored(part, time, own)
        case ast.Starred(value=value):
            yield from _stored(value, time, own)
        case ast.Subscript(value=ast.Name(id=name)) if own.is_array(name) or own.is_container(name):
            yield Change(time, _said(target), within=name)
        case ast.Attribute() | ast.Subscript():
            yield Change(time, f"{_said(target)} = ...")


def _augmented(target: ast.expr, time: Spot, own: Locals) -> Iterator[Change]:
    match target:
        case ast.Name(id=name):
            yield Change(time, name, binds=name)
            if not own.is_number(name):
                yield Change(time, name, within=name if own.is_array(name) else None)
        case ast.Subscript(value=ast.Name(id=name)) if own.is_array(name):
            yield Change(time, _said(target), within=name)
        case _:
            yield Change(time, f"{_said(target)} += ...")


def _entered(item: ast.withitem, node: ast.AST, own: Locals) -> Iterator[Change]:
    """What a context manager may change when it is entered, and when it is left."""
    manager = item.context_expr
    name = dotted_name(manager.func if isinstance(manager, ast.Call) else manager) or ""
    if isinstance(node, ast.AsyncWith) or name.rpartition(".")[2] not in pure.HARMLESS:
        yield Change(end(manager), _said(manager))
        yield Change(end(node), _said(manager))
    if item.optional_vars is not None:
        yield from _stored(item.optional_vars, end(item.optional_vars), own)


def draws(node: ast.AST, own: Locals) -> bool:
    """Whether random numbers are drawn in a piece of code."""
    calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
    return any(own.callees.draws((dotted_name(call.func) or "").rpartition(".")[2]) for call in calls)


def _called(call: ast.Call, own: Locals) -> Iterator[Change]:
    name = dotted_name(call.func) or ""
    if own.callees.is_pure(call, own.names):
        if own.callees.draws(name.rpartition(".")[2]):
            yield Change(end(call), _said(call), draws=True)
        return
    if name.rpartition(".")[2] in pure.HARMLESS:
        return
    outs = [k.value for k in call.keywords if k.arg == "out"]
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=attr) if (
            attr in pure.CHANGING and own.is_container(owner) and attr != "sort"
        ):
            yield Change(end(call), _said(call), within=owner)
            return
    without = ast.Call(call.func, call.args, [k for k in call.keywords if k.arg != "out"])
    within = None
    if len(outs) == 1 and isinstance(outs[0], ast.Name) and own.callees.is_pure(without, own.names):
        within = outs[0].id if own.is_array(outs[0].id) else None
    yield Change(end(call), _said(call), within=within)


def _said(node: ast.AST) -> str:
    text = ast.unparse(node)
    if isinstance(node, ast.Call) and len(text) > 40:
        text = f"{ast.unparse(node.func)}(...)"
    return text if len(text) <= 60 else f"{text[:57]}..."
