"""Attributes that one method of a class sets and others read: `self.p = softmax(z)` here, `log(self.p)` there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stabaudit.lift.scope import Scope
from stabaudit.syntax.bindings import targets, telling_nodes
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.expressions import Attribute, Constant, Display
from stabaudit.syntax.memory import changed_by, changed_in_place
from stabaudit.syntax.node import Expression
from stabaudit.syntax.statements import Annotated, Assign, Module
from stabaudit.terms import App, Term, Var, substitute, without_origin
from stabaudit.terms.ops import expand

#: Values larger than this are not worth carrying to another method.
LARGEST = 120
#: Methods that read attributes of each other are followed so deep.
DEEPEST = 3
#: Marks the variables of another method.
ELSEWHERE = "#set in "


class Kept:
    """What attributes hold that one method sets; `end` gives what is known behind the last statement of a method.

    It is carried to the others where there is an exponential in it: of anything else the name says as much.
    """

    def __init__(self, module: Module, definitions: Mapping[str, Function], prefix: str) -> None:
        self._setters = {
            f"{node.name}.": {
                attribute: f"{prefix}{node.name}.{method}"
                for attribute, method in set_by_one(node).items()
                if f"{prefix}{node.name}.{method}" in definitions
            }
            for node in module.body
            if isinstance(node, Class)
        }
        self._ends: dict[str, Mapping[str, Term]] = {}
        self._open: list[str] = []

    def value(self, attribute: str, scope: Scope, end: Callable[[str], Scope]) -> Term | None:
        """What `self.p` holds in a method that does not set it."""
        path = self._setters.get(scope.owner, {}).get(attribute)
        if path is None or path in self._open or path.endswith(f".{scope.owner}{scope.function}"):
            return None
        if path not in self._ends:
            if len(self._open) == DEEPEST:
                return None
            self._open.append(path)
            self._ends[path] = end(path).facts
            self._open.pop()
        term = self._ends[path].get(attribute)
        if not isinstance(term, App) or term.size > LARGEST or "exp" not in expand(term).ops:
            return None
        return _elsewhere(term, path, scope.versions.get(attribute, 0))


def _elsewhere(term: Term, path: str, version: int) -> Term:
    """A term with the variables of the method at `path`, which are those of no other."""
    method = path.rpartition(".")[2]
    names: dict[Var, Term] = {}
    own = [v for v in term.variables if not any(name.startswith(ELSEWHERE) for name, _ in v.stamp)]
    for number, variable in enumerate(sorted(own, key=lambda v: v.key), 1):
        # No fix can read it where it has no name.
        stamp = ((f"{ELSEWHERE}{path}", version), ("#", number))
        names[variable] = Var(f"{variable.name} in {method}", stamp, None, variable.rank, variable.bounds)
    return substitute(without_origin(term), names)


def set_in(term: Term) -> frozenset[str]:
    """The names of the methods that keep what a term is computed from."""
    stamps = (name for variable in term.variables for name, _ in variable.stamp)
    return frozenset(name.rpartition(".")[2] for name in stamps if name.startswith(ELSEWHERE))


def set_by_one(node: Class) -> dict[str, str]:
    """The attributes of `self` that one method of a class alone changes, each with the name of that method.

    Who gives one nothing yet, as `self.p = None` does, does not count.
    """
    found: dict[str, list[str]] = {}
    for method in node.body.body:
        if isinstance(method, Function):
            for attribute in changed_by(method) - _emptied(method):
                found.setdefault(attribute, []).append(method.name)
    return {a: methods[0] for a, methods in found.items() if len(methods) == 1 and _is_of_self(a)}


def _emptied(method: Function) -> set[str]:
    """The attributes that a method gives a constant and nothing else."""
    empty: set[str] = set()
    full = {*changed_in_place(method.body)}
    for node in telling_nodes(method.body):
        if isinstance(node, (Assign, Annotated)) and node.value is not None:
            every = node.targets if isinstance(node, Assign) else (node.target,)
            held = empty if _is_nothing(node.value) else full
            held |= {name for target in every if isinstance(target, (Attribute, Display)) for name in targets(target)}
    return empty - full


def _is_nothing(value: Expression) -> bool:
    return isinstance(value, Constant) or (isinstance(value, Display) and all(map(_is_nothing, value.elements)))


def _is_of_self(name: str) -> bool:
    return name.startswith("self.") and name.count(".") == 1
