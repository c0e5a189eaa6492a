"""What a piece of code changes when it runs: names that get another value, and objects that get other contents.

Everything counts that is not known to change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.dialects import pure
from stabaudit.fix.callees import Callees
from stabaudit.fix.change import Change, Scope, body_of, without_out
from stabaudit.fix.locals import Locals
from stabaudit.fix.special_methods import run_by
from stabaudit.syntax.bindings import names_bound
from stabaudit.syntax.compound import Class, For, Function, Handler, Pattern, With, WithItem
from stabaudit.syntax.dotted import called, last
from stabaudit.syntax.expressions import (
    Attribute,
    Await,
    Call,
    Constant,
    Display,
    Lambda,
    Loop,
    Name,
    Named,
    Place,
    Starred,
    Subscript,
    Yield,
)
from stabaudit.syntax.node import Expression, Node, below, parts
from stabaudit.syntax.places import Spot, end, start
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Alias, Annotated, Assign, Augment, Delete, Raise


def changes(scope: Scope, own: Locals) -> list[Change]:
    """What the body of a function changes, or a module outside of its functions."""
    return list(_of(body_of(scope), own))


def outer_changes(function: Function, callees: Callees) -> list[Change]:
    """What a function changes beside names and arrays of its own."""
    own = Locals(function, callees)
    every = (change for change in changes(function, own) if change.binds is None)
    return [change for change in every if change.within is None or not own.is_array(change.within)]


def _of(node: Node, own: Locals) -> Iterator[Change]:
    match node:
        case Function() | Lambda():
            decorators = node.decorators if isinstance(node, Function) else ()
            for part in (*decorators, *(p.default for p in node.parameters.named if p.default is not None)):
                yield from _of(part, own)
            if isinstance(node, Function):
                yield Change(end(node), f"def {node.name}", binds=node.name)
            return
        case Raise():
            # Whoever goes on from here has not run it.
            return
        case Class(name=name):
            yield Change(end(node), f"class {name}", binds=name)
        case Assign(targets=targets) | Delete(targets=targets):
            for target in targets:
                yield from _stored(target, end(node), own)
        case Annotated(target=target, value=Expression()) | Named(target=target):
            yield from _stored(target, end(node), own)
        case Augment(target=target):
            yield from _augmented(target, end(node), own)
        case For(target=target, iter=iterated):
            yield from _stored(target, end(iterated), own)
            if node.asynchronous:
                yield Change(end(iterated), _said(iterated))
        case With(items=items):
            for item in items:
                yield from _entered(item, node, own)
        case Handler(name=str(name)):
            yield Change(start(node), "except", binds=name)
        case Pattern(names=names, values=values):
            yield from (Change(end(node), "case", binds=name) for name in names)
            if own.callees.busy and not all(isinstance(value, Constant) for value in values):
                # The pattern of a class reads attributes.
                yield Change(end(node), "case")
        case Alias():
            yield from (Change(end(node), "import", binds=name) for name in names_bound(node))
        case Await() | Yield():
            yield Change(end(node), _said(node), yields=isinstance(node, Yield) and not node.whole)
        case Call():
            yield from _called(node, own)
        case Attribute(attr=name) if name in own.callees.busy:
            yield Change(end(node), _said(node))
        case Loop(iter=iterated) if node.asynchronous:
            yield Change(end(iterated), _said(iterated))
    if own.callees.busy_specials:
        yield from _implied(node, own)
    for child in parts(node):
        yield from _of(child, own)


def _implied(node: Node, own: Locals) -> Iterator[Change]:
    """What special methods of the module's classes may change that a node runs without calling them."""
    for names, objects in run_by(node):
        if not own.callees.busy_specials.isdisjoint(names):
            for one in objects:
                if own.may_be_object(one):
                    yield Change(end(node) if isinstance(node, Expression) else end(one), _said(one))


def _stored(target: Expression, time: Spot, own: Locals) -> Iterator[Change]:
    """What is changed by giving a target a value, or deleting it."""
    match target:
        case Name(name=name):
            yield Change(time, name, binds=name)
        case Display(elements=elements):
            for element in elements:
                yield from _stored(element, time, own)
        case Starred(value=value):
            yield from _stored(value, time, own)
        case Subscript(value=Name(name=name)) if own.is_array(name) or own.is_container(name):
            yield Change(time, _said(target), within=name)
        case Attribute() | Subscript():
            yield Change(time, f"{_said(target)} = ...")


def _augmented(target: Expression, time: Spot, own: Locals) -> Iterator[Change]:
    match target:
        case Name(name=name):
            yield Change(time, name, binds=name)
            if not own.is_number(name):
                yield Change(time, name, within=name if own.is_array(name) else None)
        case Subscript(value=Name(name=name)) if own.is_array(name):
            yield Change(time, _said(target), within=name)
        case _:
            yield Change(time, f"{_said(target)} += ...")


def _entered(item: WithItem, block: With, own: Locals) -> Iterator[Change]:
    """What a context manager may change when it is entered, and when it is left."""
    manager = item.manager
    name = called(manager) if isinstance(manager, Call) else last(manager)
    if block.asynchronous or name not in pure.HARMLESS:
        yield Change(end(manager), _said(manager))
        yield Change(end(block), _said(manager))
    if item.target is not None:
        yield from _stored(item.target, end(item.target), own)


def draws(node: Node, own: Locals) -> bool:
    """Whether random numbers are drawn in a piece of code."""
    return any(own.callees.draws(called(call)) for call in below(node) if isinstance(call, Call))


def _called(call: Call, own: Locals) -> Iterator[Change]:
    name = called(call)
    if own.callees.is_pure(call, own.names):
        if own.callees.draws(name):
            yield Change(end(call), _said(call), draws=True)
        return
    if name in pure.HARMLESS:
        return
    match call.func:
        case Attribute(value=Name(name=owner), attr=attr) if (
            attr in pure.CHANGING and own.is_container(owner) and attr != "sort"
        ):
            yield Change(end(call), _said(call), within=owner)
            return
    outs, bare = without_out(call)
    within = None
    if len(outs) == 1 and isinstance(outs[0], Name) and own.callees.is_pure(bare, own.names):
        within = outs[0].name if own.is_array(outs[0].name) else None
    yield Change(end(call), _said(call), within=within)


def _said(node: Place) -> str:
    text = source(node)
    if isinstance(node, Call) and len(text) > 40:
        text = f"{source(node.func)}(...)"
    return text if len(text) <= 60 else f"{text[:57]}..."
