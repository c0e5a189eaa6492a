"""What flows into the names of a module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from stabaudit.fix.change import Scope
from stabaudit.fix.flows import GIVING, Flow, assigned, parameters, passed
from stabaudit.records import Record
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call, Lambda
from stabaudit.syntax.find import functions_of, nodes_of, parents_of
from stabaudit.syntax.node import Node
from stabaudit.syntax.places import end, start
from stabaudit.syntax.statements import Assign, Module

#: A name and the function that it belongs to; attributes belong to the module.
Key = tuple[Scope, str]


class Here(Record):
    """The innermost function on a row, and what is assigned on it there."""

    owner: Scope
    results: list[Flow]


class Sources:
    """The flows of a module by the name that takes the value."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def key(self, name: str, owner: Scope) -> Key | None:
        """The name that is meant by a name in `owner`, if it is given a value in the module."""
        if "." in name:
            return self._module, name
        while (owner, name) not in self._flows:
            if isinstance(owner, Module):
                return None
            owner = self._owner(owner)
        return owner, name

    def flows(self, key: Key) -> Sequence[Flow]:
        """The flows into a name."""
        return self._flows.get(key, ())

    def here(self, row: int) -> Here:
        """What is on a row."""
        around: list[Scope] = [node for node in self._functions if _is_on(node, row)]
        owner = max(around, key=start, default=self._module)
        results = (node for node in nodes_of(self._module, Assign) if _is_on(node, row) and self._owner(node) is owner)
        return Here(owner, [flow for node in results for flow in assigned(node, owner)])

    def _owner(self, node: Node) -> Scope:
        """The innermost function that a node stands in, or the module."""
        above = parents_of(self._module)[id(node)]
        while not isinstance(above, (Function, Lambda, Module)):
            above = parents_of(self._module)[id(above)]
        return above

    @cached_property
    def _functions(self) -> list[Function | Lambda]:
        return [*functions_of(self._module), *nodes_of(self._module, Lambda)]

    @cached_property
    def _flows(self) -> dict[Key, list[Flow]]:
        found: dict[Key, list[Flow]] = defaultdict(list)
        for flow in self._every:
            found[self._module if "." in flow.name else flow.owner, flow.name].append(flow)
        return dict(found)

    @cached_property
    def _every(self) -> list[Flow]:
        found = [flow for node in nodes_of(self._module, *GIVING) for flow in assigned(node, self._owner(node))]
        found += [flow for node in self._functions for flow in parameters(node, self._owner(node))]
        # Of functions with the same name the first is taken for the one that is called.
        first = {function.name: function for function in sorted(functions_of(self._module), key=start, reverse=True)}
        calls = (call for call in nodes_of(self._module, Call) if called(call) in first)
        found += [flow for call in calls for flow in passed(call, self._owner(call), first[called(call)])]
        return found


def _is_on(node: Node, row: int) -> bool:
    return start(node)[0] <= row <= end(node)[0]
