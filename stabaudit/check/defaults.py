"""Parameters with numbers as defaults: settings, which callers set to values of the same order, not to any number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from stabaudit.syntax.bindings import stored
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Constant, Name, Unary
from stabaudit.syntax.find import functions_of, nodes_of, stored_in
from stabaudit.syntax.node import Expression, below
from stabaudit.syntax.statements import Assign, Module
from stabaudit.terms import Bounds

#: How far from its default a setting is tried. Only silence follows from this: at a learning rate of 0.1 nobody looks
#: for what happens at -1000.
FACTOR = 100.0


def constants_of(module: Module) -> dict[str, Expression]:
    """The names that are given a value once at the top of a module, each with that."""
    given = [
        (target.name, node.value)
        for node in module.body
        if isinstance(node, Assign)
        for target in node.targets
        if isinstance(target, Name)
    ]
    times = Counter(name for name, _ in given)
    return {name: value for name, value in given if times[name] == 1}


def parameters_of(function: Function, constants: Mapping[str, Expression]) -> dict[str, Bounds]:
    """The parameters of a function with a number other than 0 as their default, which it does not rebind."""
    given = ((one.name, one.default) for one in function.parameters.named)
    known = ((name, constants.get(d.name) if isinstance(d, Name) else d) for name, d in given)
    found = {name: bounds for name, default in known if (bounds := _around(default)) is not None}
    for node in below(function) if found else ():
        for place in stored(node):
            if isinstance(place, Name):
                found.pop(place.name, None)
    return found


def attributes_of(module: Module, constants: Mapping[str, Expression]) -> dict[str, Bounds]:
    """The attributes of `self` that are set once, from a parameter of the same kind: `self.rate = rate`."""
    found: dict[str, Bounds] = {}
    for function in functions_of(module):
        parameters = parameters_of(function, constants)
        for node in below(function) if parameters else ():
            if isinstance(node, Assign) and isinstance(node.value, Name) and node.value.name in parameters:
                paths = (dotted(target) for target in node.targets)
                found.update((path, parameters[node.value.name]) for path in paths if path is not None)
    stored_places = stored_in(module) if found else ()
    times = Counter(dotted(node) for node in nodes_of(module, Attribute) if id(node) in stored_places)
    return {name: bounds for name, bounds in found.items() if times[name] == 1}


def _around(default: Expression | None) -> Bounds | None:
    sign = 1.0
    if isinstance(default, Unary) and default.operator == "-":
        sign, default = -1.0, default.operand
    if not isinstance(default, Constant) or not isinstance(default.value, int | float):
        return None
    size = float(default.value)
    if default.value is True or not 0 < size < float("inf"):
        return None
    low, high = sorted((sign * size / FACTOR, sign * size * FACTOR))
    return Bounds(low, high)
