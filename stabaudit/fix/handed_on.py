"""Functions that a module hands on as values, and what it calls by names that such a function may have."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.syntax.compound import Class, For
from stabaudit.syntax.dotted import last
from stabaudit.syntax.expressions import Attribute, Call, Loop, Name
from stabaudit.syntax.find import functions_of, nodes_of, stored_in
from stabaudit.syntax.node import Expression, below
from stabaudit.syntax.parameters import Parameters
from stabaudit.syntax.statements import Assign, Module


def handed_on(module: Module) -> frozenset[str]:
    """The last names of what is read and not called at once: `attempt(f, x)`, `{"f": f}`, `Runner(model.f)`.

    A function is handed to a decorator of the module, and what a coroutine function gives runs elsewhere.
    """
    called = {id(call.func) for call in nodes_of(module, Call)}
    stored = stored_in(module)
    names = {n.name for n in nodes_of(module, Name) if id(n) not in stored and id(n) not in called}
    names |= {n.attr for n in nodes_of(module, Attribute) if id(n) not in called}
    own = {f.name for f in functions_of(module)} | {c.name for c in nodes_of(module, Class)}
    names |= {f.name for f in functions_of(module) if any(_maker(d) in own for d in f.decorators)}
    return frozenset(names.union(f.name for f in functions_of(module) if f.asynchronous))


def _maker(decorator: Expression) -> str:
    return last(decorator.func if isinstance(decorator, Call) else decorator)


def given_names(module: Module) -> frozenset[str]:
    """The names of what functions are given, under other names as well, and of what loops go through."""
    given = set(_given(module))
    kept = (node for node in nodes_of(module, Assign) if isinstance(node.value, Name) and node.value.name in given)
    return frozenset(given.union(*({last(target) for target in node.targets} for node in kept))) - {""}


def _given(module: Module) -> Iterator[str]:
    for parameters in nodes_of(module, Parameters):
        yield from (parameter.name for parameter in parameters.named)
    targets = [*(loop.target for loop in nodes_of(module, For)), *(loop.target for loop in nodes_of(module, Loop))]
    yield from (node.name for target in targets for node in below(target) if isinstance(node, Name))
