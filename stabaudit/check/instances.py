"""Where a formula of one function is computed with in others: what its calls give, and what its class keeps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from stabaudit.check.changed import outermost
from stabaudit.lift.kept import set_in
from stabaudit.lift.reread import Entry
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import calls_in
from stabaudit.syntax.expressions import Attribute
from stabaudit.syntax.node import Node, below
from stabaudit.syntax.statements import Module
from stabaudit.terms import App, Term, Var


def is_instance(pattern: Term, term: Term, found: dict[Var, Term]) -> bool:
    """Whether a term is a pattern with other terms for its variables, which are put down."""
    if isinstance(pattern, Var):
        return found.setdefault(pattern, term) == term
    if not isinstance(pattern, App):
        return pattern == term
    return (
        isinstance(term, App)
        and (pattern.op, pattern.attrs, len(pattern.args)) == (term.op, term.attrs, len(term.args))
        and all(is_instance(one, other, found) for one, other in zip(pattern.args, term.args, strict=True))
    )


class Reached:
    """Which functions of a module may have given what an expression is computed from."""

    def __init__(self, tree: Module) -> None:
        self._tree = tree
        self._called: dict[int, set[str]] = {}

    def gives(self, piece: Node, entry: Entry) -> bool:
        """Whether a piece of the module is one of those functions, or what is outside of them."""
        if not isinstance(piece, Function):
            return True
        around = outermost(self._tree, entry.statement)
        if id(around) not in self._called:
            self._called[id(around)] = self._from(around)
        return piece.name in self._called[id(around)] or piece.name in set_in(entry.term)

    def _from(self, code: Node) -> set[str]:
        """The last names of what a piece of code calls, and of what that calls."""
        found: set[str] = set()
        todo = [*_called_in(code)]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self._by_function.get(name, ())
        return found

    @cached_property
    def _by_function(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for node in below(self._tree):
            if isinstance(node, Function):
                found[node.name] = found.get(node.name, frozenset()) | _called_in(node.body)
        return found


def _called_in(code: Node) -> set[str]:
    """The last names of what is called in a piece of code; every attribute may be a property."""
    return calls_in(code) | {node.attr for node in below(code) if isinstance(node, Attribute)}
