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
        _inherit(classes, self.methods, self.properties, self.made)
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


def _inherit(classes: list[Class], *known: dict[str, dict[str, Any]]) -> None:
    """A class has what is known of those that it is derived from, unless one that Python asks first has that name.

    Those of the module stand before it; others are taken to say nothing of these names.
    """
    orders: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    own = [dict(held) for held in known]
    for node in classes:
        bases = (a.value.name for a in node.args if isinstance(a.value, Name) and a.keyword is None)
        every = [node.name, *(one for base in bases for one in orders.get(base, ()))]
        # A class that several are derived from is asked behind all of them.
        orders[node.name] = [one for i, one in enumerate(every) if one not in every[i + 1 :]]
        names[node.name] = {f"self.{name}" for name in bound_names(node.body)}
        names[node.name] |= {name for method in node.body.body for name, _ in _set_in(method)}
        for held, mine in zip(known, own, strict=True):
            found: dict[str, Any] = {}
            for one in reversed(orders[node.name]):
                found = {name: value for name, value in found.items() if name not in names[one]}
                found |= mine.get(f"{one}.", {})
            held[f"{node.name}."] = found


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
