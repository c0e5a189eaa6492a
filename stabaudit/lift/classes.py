"""What the classes of a module say of their objects: methods, properties, and what their attributes are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stabaudit.lift.running_sums import running_sums
from stabaudit.syntax.bindings import bound_names, targets, telling_nodes
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Call, Name
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.plain import is_property
from stabaudit.syntax.reads import parameters_of
from stabaudit.syntax.statements import Annotated, Assign, Augment, Module

#: Prefix of the dotted paths of functions that the module defines itself.
OWN = "<module>."


class Classes:
    """The classes at the top of a module; `definitions` are its functions and methods by path."""

    def __init__(self, module: Module, definitions: Mapping[str, Function]) -> None:
        #: By class, with a dot behind it, what its methods are called inside of it.
        self.methods: dict[str, dict[str, str]] = {}
        #: By class, likewise, the methods that are called where their name is read.
        self.properties: dict[str, dict[str, str]] = {}
        #: The methods that are called by their class, by that name.
        self.of_classes: dict[str, str] = {}
        for path, node in definitions.items():
            owner, _, method = path.removeprefix(OWN).rpartition(".")
            if owner:
                kind = self.properties if is_property(node) else self.methods
                kind.setdefault(f"{owner}.", {})[f"self.{method}"] = path
            # A method may be called by its class: `Activation.sigmoid(x)`.
            if owner and _is_of_class(node):
                self.of_classes[f"{owner}.{method}"] = path
        classes = [node for node in module.body if isinstance(node, Class)]
        for one in classes:
            if kept := _functions_kept_in(one, definitions):
                self.methods.setdefault(f"{one.name}.", {}).update(kept)
        #: By class, likewise, the calls that make attributes of its objects.
        self.made = {f"{one.name}.": _made_in(one) for one in classes}
        for one in classes:
            _inherit(one, self.methods, self.properties, self.made)
        #: By class, likewise, what its attributes add up.
        self.running = {f"{one.name}.": running_sums(one) for one in classes}


def _made_in(node: Class) -> dict[str, Call]:
    """The calls that make the attributes of `self` which the methods of a class set once."""
    every = [(name, value) for method in node.body.body for name, value in _set_in(method)]
    often = Counter(name for name, _ in every)
    return {name: value for name, value in every if often[name] == 1 and isinstance(value, Call)}


def _is_of_class(method: Function) -> bool:
    """Whether a method may be called by its class."""
    return any(dotted(decorator) in ("staticmethod", "classmethod") for decorator in method.decorators)


def _functions_kept_in(node: Class, functions: Collection[str]) -> dict[str, str]:
    """The attributes of `self` that are set once, to a function of the module: `self.activation = sigmoid`."""
    every = [(name, value, method) for method in node.body.body for name, value in _set_in(method)]
    often = Counter(name for name, _, _ in every)
    found = {}
    for name, value, method in every:
        if often[name] > 1 or not isinstance(value, Name) or f"{OWN}{value.name}" not in functions:
            continue
        assert isinstance(method, Function)
        if value.name not in parameters_of(method.parameters) | bound_names(method.body):
            found[name] = f"{OWN}{value.name}"
    return found


def _inherit(node: Class, *known: dict[str, dict[str, Any]]) -> None:
    """A class has what is known of those that it is derived from, unless it has its own of that name.

    These stand before it, and have inherited theirs already.
    """
    own = {f"self.{part.name}" for part in node.body.body if isinstance(part, Function)}
    own |= {name for method in node.body.body for name, _ in _set_in(method)}
    for argument in node.args:
        if isinstance(argument.value, Name) and argument.keyword is None:
            for held in known:
                inherited = held.get(f"{argument.value.name}.", {})
                mine = held.get(f"{node.name}.", {})
                held[f"{node.name}."] = {n: one for n, one in inherited.items() if n not in own} | mine


def _set_in(method: Node) -> Iterator[tuple[str, Expression | None]]:
    if not isinstance(method, Function):
        return
    for node in telling_nodes(method.body):
        if isinstance(node, Assign):
            yield from ((name, node.value) for t in node.targets for name in targets(t) if _is_of_self(name))
        elif isinstance(node, (Annotated, Augment)):
            yield from ((name, node.value) for name in targets(node.target) if _is_of_self(name))


def _is_of_self(name: str) -> bool:
    return name.startswith("self.") and name.count(".") == 1
