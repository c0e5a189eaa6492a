"""What flows into the names of a module, looked up for those names alone that are asked for."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stabaudit.fix.flows import FUNCTIONS, Flow, Owner, assigned, parameters, passed
from stabaudit.fix.written import Written, inside

#: A name and the function that it belongs to; attributes belong to the module.
Key = tuple[Owner, str]


class Here(NamedTuple):
    """The innermost function on a row, and what is assigned on it there."""

    owner: Owner
    results: list[Flow]


class Sources:
    """The flows of a module by the name that takes the value."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._tree = tree
        self._written = Written(tree, text)
        self._own: dict[Owner, dict[str, list[Flow]]] = {}
        self._attributes: dict[str, list[Flow]] = {}
        self._here: dict[int, Here] = {}

    def key(self, name: str, owner: Owner) -> Key | None:
        """The name that is meant by a name in `owner`, if it is given a value in the module."""
        if "." in name:
            return self._tree, name
        around: Owner | None = owner
        while around is not None:
            if name in self._flows_of(around):
                return around, name
            around = self._written.outer.get(around)
        return None

    def flows(self, key: Key) -> Sequence[Flow]:
        """The flows into a name."""
        owner, name = key
        if "." not in name:
            return self._flows_of(owner)[name]
        if name not in self._attributes:
            nodes = self._written.with_name(name.rpartition(".")[2])
            self._attributes[name] = [f for node, around in nodes for f in assigned(node, around) if f.name == name]
        return self._attributes[name]

    def here(self, row: int) -> Here:
        """What is on a row."""
        if row not in self._here:
            functions: list[tuple[int, Owner]] = []
            results: list[Flow] = []
            for node, owner in self._written.on([row]):
                if isinstance(node, (*FUNCTIONS, ast.Assign)) and node.lineno <= row <= (node.end_lineno or row):
                    if isinstance(node, ast.Assign):
                        results += assigned(node, owner)
                    else:
                        functions.append(((node.end_lineno or row) - node.lineno, node))
            innermost = min(functions, key=lambda pair: pair[0], default=(0, self._tree))[1]
            self._here[row] = Here(innermost, [f for f in results if f.owner is innermost])
        return self._here[row]

    def _flows_of(self, owner: Owner) -> dict[str, list[Flow]]:
        """The flows into the names of a function, or into those of the module outside of functions."""
        if owner not in self._own:
            found: dict[str, list[Flow]] = defaultdict(list)
            for flow in self._into(owner):
                found[flow.name].append(flow)
            self._own[owner] = dict(found)
        return self._own[owner]

    def _into(self, owner: Owner) -> Iterator[Flow]:
        if isinstance(owner, FUNCTIONS):
            yield from parameters(owner, self._written.outer[owner])
        if isinstance(owner, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from self._passed(owner)
        todo = inside(owner)
        while todo:
            node = todo.pop()
            yield from assigned(node, owner)
            if not isinstance(node, FUNCTIONS):
                todo += inside(node)

    def _passed(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Flow]:
        """What calls give to the parameters of a function."""
        calls: list[tuple[ast.Call, Owner]] = []
        called: ast.AST = function
        for node, owner in self._written.with_name(function.name):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == function.name:
                    calls.append((node, owner))
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == function.name:
                # Of functions with the same name the first is taken for the one that is called.
                called = node
        if called is function:
            for call, owner in calls:
                yield from passed(call, owner, function)
