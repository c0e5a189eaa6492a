"""Parameters with numbers as defaults: settings, which callers set to values of the same order, not to any number."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping

from stabaudit.source.tree import nodes_of
from stabaudit.terms import Bounds

#: How far from its default a setting is tried. Only silence follows from this: at a learning rate of 0.1 nobody looks
#: for what happens at -1000.
FACTOR = 100.0


def constants_of(module: ast.Module) -> dict[str, ast.expr]:
    """The names that are given a value once at the top of a module, each with that."""
    given = [
        (target.id, node.value)
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    times = Counter(name for name, _ in given)
    return {name: value for name, value in given if times[name] == 1}


def parameters_of(function: ast.FunctionDef, constants: Mapping[str, ast.expr]) -> dict[str, Bounds]:
    """The parameters of a function with a number other than 0 as their default, which it does not rebind."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    given = [None] * (len(named) - len(arguments.defaults)) + arguments.defaults
    pairs = zip((*named, *arguments.kwonlyargs), (*given, *arguments.kw_defaults), strict=True)
    known = ((one.arg, constants.get(d.id) if isinstance(d, ast.Name) else d) for one, d in pairs)
    found = {name: bounds for name, default in known if (bounds := _around(default)) is not None}
    if found:
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.pop(node.id, None)
    return found


def attributes_of(module: ast.Module, constants: Mapping[str, ast.expr]) -> dict[str, Bounds]:
    """The attributes of `self` that are set once, from a parameter of the same kind: `self.rate = rate`."""
    found: dict[str, Bounds] = {}
    for function in nodes_of(module, ast.FunctionDef):
        parameters = parameters_of(function, constants)
        for node in ast.walk(function) if parameters else ():
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in parameters:
                found.update((ast.unparse(target), parameters[node.value.id]) for target in node.targets)
    attributes = nodes_of(module, ast.Attribute) if found else ()
    times = Counter(ast.unparse(node) for node in attributes if not isinstance(node.ctx, ast.Load))
    return {name: bounds for name, bounds in found.items() if times[name] == 1}


def _around(default: ast.expr | None) -> Bounds | None:
    sign = 1.0
    if isinstance(default, ast.UnaryOp) and isinstance(default.op, ast.USub):
        sign, default = -1.0, default.operand
    if not isinstance(default, ast.Constant) or not isinstance(default.value, int | float):
        return None
    size = float(default.value)
    if default.value is True or not 0 < size < float("inf"):
        return None
    low, high = sorted((sign * size / FACTOR, sign * size * FACTOR))
    return Bounds(low, high)
