"""Which variables of a function that is read anew are which of those of the first reading."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from stabaudit.lift.reread import Entry
from stabaudit.syntax.node import Node
from stabaudit.terms import App, Term, Var, substitute


class Names:
    """The variables of a new reading in those of the old one, learned from expressions that are read at the same place.

    As statements are gone, values of a name count otherwise; calls are numbered anew; and what is not looked into is
    known by its text, which is another one around what was rewritten, the nodes `around`.
    """

    def __init__(self, around: Iterable[Node]) -> None:
        self._around = {id(node) for node in around}
        self._versions: dict[tuple[str, int], int] = {}
        self._twins: dict[Var, Var] = {}

    def translated(self, term: Term, old: Entry, versions: Mapping[str, int]) -> Term:
        """The term in the variables of `old`, which is read at the same place."""
        if versions != old.versions:
            for name, version in versions.items():
                self._versions.setdefault((name, version), old.versions.get(name, 0))
        self._learn(old.term, term)
        bindings: dict[Var, Term] = {}
        for variable in term.variables:
            replacement = self._twins.get(variable) or self._value(variable)
            if replacement != variable:
                bindings[variable] = replacement
        return substitute(term, bindings) if bindings else term

    def _learn(self, old: Term, new: Term) -> None:
        """Take down which calls, and which texts around the rewrite, stand at the same place."""
        if isinstance(new, Var):
            if isinstance(old, Var) and (is_call(new) or id(new.node) in self._around):
                self._twins.setdefault(new, old)
        elif isinstance(old, App) and isinstance(new, App) and old.op == new.op and len(old.args) == len(new.args):
            for one, other in zip(old.args, new.args, strict=True):
                self._learn(one, other)
        elif isinstance(old, App):
            alike: dict[str, list[Var]] = {}
            for variable in sorted(filter(is_call, old.variables), key=_number):
                alike.setdefault(variable.name, []).append(variable)
            taken = set(self._twins.values())
            free = {name: deque(v for v in known if v not in taken) for name, known in alike.items()}
            for variable in sorted(filter(is_call, new.variables), key=_number):
                if variable not in self._twins and variable.name in alike:
                    left = free[variable.name]
                    self._twins[variable] = left.popleft() if left else alike[variable.name][0]

    def _value(self, variable: Var) -> Var:
        stamp = tuple((n, self._versions.get((n, v), v)) for n, v in variable.stamp)
        if stamp == variable.stamp:
            return variable
        return Var(variable.name, stamp, variable.node, variable.rank, variable.bounds)


def is_call(variable: Var) -> bool:
    """Whether it is a value of its own, equal to no other of the same text."""
    return any(name == "#" for name, _ in variable.stamp)


def _number(variable: Var) -> int:
    return dict(variable.stamp)["#"]
