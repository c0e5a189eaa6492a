"""Which names take the value of which expressions, whenever that is: the ways a kind of values spreads in a module."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.fix.change import Scope
from stabaudit.records import Record
from stabaudit.syntax.bindings import values_given
from stabaudit.syntax.compound import For, Function
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Binary, Call, Constant, Lambda, Loop, Named
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.statements import Annotated, Assign, Augment

#: The nodes by which names take values.
GIVING: tuple[type[Node], ...] = (Assign, Annotated, Augment, Named, For, Loop, Attribute)


class Flow(Record):
    """A name of `owner` that takes the value of an expression of `source`, or is told to be of a kind by a type."""

    owner: Scope
    name: str
    value: Expression
    source: Scope
    is_type: bool = False


def parameters(node: Function | Lambda, owner: Scope) -> Iterator[Flow]:
    """What annotations and defaults say of the parameters."""
    for parameter in node.parameters.named:
        if parameter.annotation is not None:
            yield Flow(node, parameter.name, parameter.annotation, owner, is_type=True)
        else:
            yield Flow(node, parameter.name, Constant(None, "None"), owner)
        if parameter.default is not None:
            yield Flow(node, parameter.name, parameter.default, owner)


def passed(call: Call, owner: Scope, function: Function) -> Iterator[Flow]:
    """What a call in the module gives to the parameters of one of its functions."""
    given = function.parameters
    names = [parameter.name for parameter in (*given.by_position, *given.plain)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    position = iter(names)
    for argument in call.args:
        if argument.star == "*":
            # Nobody knows how many it gives.
            position = iter(())
        elif argument.keyword is not None:
            yield Flow(function, argument.keyword, argument.value, owner)
        elif not argument.star and (name := next(position, None)) is not None:
            yield Flow(function, name, argument.value, owner)


def assigned(node: Node, owner: Scope) -> Iterator[Flow]:
    """The names that a node gives a value to, each with the value."""
    match node:
        case Assign(targets=targets, value=value):
            for target in targets:
                yield from _flows(target, value, owner)
        case Annotated(target=target, annotation=annotation, value=value):
            if (name := dotted(target)) is not None:
                yield Flow(owner, name, annotation, owner, is_type=True)
            if value is not None:
                yield from _flows(target, value, owner)
        case Augment(target=target, operator=operator, value=added):
            yield from _flows(target, Binary(target, operator, added), owner)
        case Attribute(value=used, attr="imag" | "conj" | "conjugate"):
            # Who asks for an imaginary part has one.
            yield from _flows(used, Constant(1j, "1j"), owner)
        case Named(target=target, value=value) | For(target=target, iter=value) | Loop(target=target, iter=value):
            yield from _flows(target, value, owner)


def _flows(target: Expression, value: Expression, owner: Scope) -> Iterator[Flow]:
    for place, one, _ in values_given(target, value):
        if (name := dotted(place)) is not None:
            yield Flow(owner, name, one, owner)
