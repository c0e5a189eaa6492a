"""Which names of a module are of one kind, followed from the names that are asked for to what they are made of."""

from __future__ import annotations

from stabaudit.fix.change import Scope
from stabaudit.fix.flows import Flow
from stabaudit.fix.kind_evidence import Kind
from stabaudit.fix.sources import Key, Sources
from stabaudit.syntax.node import Expression


class Known:
    """The names known to be of a kind, among those that were asked for and those they depend on.

    A flow is looked at again only when a name that it asked for turns out to be of the kind.
    """

    def __init__(self, kind: Kind, sources: Sources) -> None:
        self._kind = kind
        self._sources = sources
        self._said: set[Key] = set()
        #: The names asked for, each with the flows that asked.
        self._askers: dict[Key, list[tuple[Key, Flow]]] = {}
        self._todo: list[tuple[Key, Flow]] = []

    def says(self, node: Expression, owner: Scope) -> bool:
        """Whether an expression is of the kind, as far as is known."""
        # What a name is not known to be may hide other names: they are asked for as long as there are new ones.
        while True:
            found = self._kind.is_said(node, lambda name: self._ask(name, owner, None))
            if found or not self._todo:
                return found
            self._settle()

    def says_name(self, name: str, owner: Scope) -> bool:
        """Whether a name is of the kind."""
        self._ask(name, owner, None)
        self._settle()
        return self._ask(name, owner, None)

    def _ask(self, name: str, owner: Scope, asker: tuple[Key, Flow] | None) -> bool:
        key = self._sources.key(name, owner)
        if key is None:
            return False
        if key in self._said:
            return True
        if key not in self._askers:
            self._askers[key] = []
            self._todo += [(key, flow) for flow in self._sources.flows(key)]
        if asker is not None:
            self._askers[key].append(asker)
        return False

    def _settle(self) -> None:
        """Look at what is to be looked at until nothing is new."""
        while self._todo:
            one = key, flow = self._todo.pop()
            if key not in self._said and self._holds(flow, one):
                self._said.add(key)
                self._todo += self._askers[key]

    def _holds(self, flow: Flow, one: tuple[Key, Flow]) -> bool:
        if flow.is_type:
            return self._kind.says_type(flow.value)
        return self._kind.is_said(flow.value, lambda name: self._ask(name, flow.source, one))
