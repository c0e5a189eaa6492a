"""The module's own functions as formulas of their parameters, so that calls of small helpers are seen through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple
from weakref import WeakMethod

import libcst as cst

from stabaudit.lift.memory import bindings, changed_from_inside, changed_in_place
from stabaudit.lift.names import CLOSED, bound_names, dotted, parameters_of
from stabaudit.lift.nodes import LEAVES, below, parts
from stabaudit.lift.scope import Scope
from stabaudit.ops import expand
from stabaudit.terms import App, Term, Var, substitute, without_origin

#: Prefix of the dotted paths of functions that the module defines itself.
OWN = "<module>."
#: Formulas larger than this are not worth carrying to the caller.
LARGEST_FORMULA = 120

#: One way out of a function: the conditions on the way there, and what is returned.
Exit = tuple[tuple[Term, ...], Term]


class Formula(NamedTuple):
    """What a function computes, in the variables that stand for its parameters."""

    parameters: tuple[str, ...]
    variables: tuple[Var, ...]
    defaults: dict[str, cst.BaseExpression]
    term: Term

    @property
    def telling(self) -> bool:
        """Whether there is an exponential or a logarithm in it, so that it is judged where it is defined."""
        return not {"exp", "log"}.isdisjoint(expand(self.term).ops)

    def applied(self, arguments: dict[str, Term]) -> Term:
        """The formula with the parameters replaced."""
        bindings = {v: arguments[n] for n, v in zip(self.parameters, self.variables, strict=False)}
        return substitute(self.term, bindings)


def definitions(module: cst.Module) -> dict[str, cst.FunctionDef]:
    """The functions and methods of a module by dotted path; a name that is defined twice is left out."""
    every = [*_defined(module.body, OWN)]
    often = Counter(path for path, _ in every)
    return {path: node for path, node in every if often[path] == 1}


def _defined(body: Iterable[cst.CSTNode], prefix: str) -> Iterator[tuple[str, cst.FunctionDef]]:
    for node in body:
        if isinstance(node, cst.ClassDef):
            yield from _defined(node.body.body, f"{prefix}{node.name.value}.")
        elif isinstance(node, cst.FunctionDef):
            yield f"{prefix}{node.name.value}", node


class Functions:
    """Formulas on demand; `read` walks a function in silence and gives its ways out."""

    def __init__(
        self,
        module: cst.Module,
        read: Callable[[cst.FunctionDef], tuple[Scope, list[Exit]]],
        changed_elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        self.definitions = definitions(module)
        #: The names that functions change outside of themselves, be it functions that are left out of `module`.
        self.volatile = changed_from_inside(module) | changed_elsewhere
        #: By class, with a dot behind it, what its methods are called inside of it.
        self.methods: dict[str, dict[str, str]] = {}
        for path in self.definitions:
            owner, _, method = path.removeprefix(OWN).rpartition(".")
            if owner:
                self.methods.setdefault(f"{owner}.", {})[f"self.{method}"] = path
        #: How often a name of the module is given a value.
        self.bindings = bindings(module)
        # Who reads knows these: a circle would keep the tree when it is done with.
        self._read = WeakMethod(read)
        self._formulas: dict[str, Formula | None] = {}
        self._changed: dict[str, frozenset[str]] = {}

    def changed(self, path: str) -> frozenset[str]:
        """The parameters that a function changes in place, and the attributes of `self` that it sets."""
        if path not in self._changed:
            node = self.definitions[path]
            bound = {n for n in bound_names(node.body) if n.startswith("self.")}
            given = parameters_of(node.params)
            in_place = {n for n in changed_in_place(node.body) if n.startswith("self.") or n in given}
            self._changed[path] = frozenset(bound | in_place)
        return self._changed[path]

    def formula(self, path: str) -> Formula | None:
        """The formula of a function; `None` if it does more than compute one."""
        if path not in self._formulas:
            self._formulas[path] = None  # a function that calls itself is no formula
            node = self.definitions.get(path)
            if node is not None and _is_plain(node) and not self.changed(path) and not _has_effects(node):
                self._formulas[path] = self._derive(node)
        return self._formulas[path]

    def _derive(self, node: cst.FunctionDef) -> Formula | None:
        read = self._read()
        assert read is not None
        scope, exits = read(node)
        parameters = [p for p in node.params.params if p.name.value not in ("self", "cls")]
        names = tuple(p.name.value for p in parameters)
        variables = tuple(scope.variable(n, (n,), None) for n in names)
        if not exits:
            return None
        *guarded, (_, term) = exits
        for conditions, value in reversed(guarded):
            if not conditions:
                return None
            condition = conditions[0]
            for other in conditions[1:]:
                condition = App("and", (condition, other))
            term = App("where", (condition, value, term))
        if term.size > LARGEST_FORMULA or not term.variables <= set(variables):
            return None
        defaults = {p.name.value: p.default for p in parameters if p.default is not None}
        return Formula(names, variables, defaults, without_origin(term))


def _is_plain(node: cst.FunctionDef) -> bool:
    """Whether the function could be a formula: no decorator, no `*args`, no way out of a loop."""
    p = node.params
    simple = not (node.decorators or node.asynchronous or p.star_kwarg or p.kwonly_params or p.posonly_params)
    return simple and not isinstance(p.star_arg, cst.Param) and not _leaves_a_loop(node.body)


def _has_effects(node: cst.FunctionDef) -> bool:
    """Whether a function does more than compute something: it raises an error, or counts its calls."""
    own = bindings(node.body)
    return any(_is_effect(one, own) for one in below(node.body))


def _is_effect(node: cst.CSTNode, own: Collection[str]) -> bool:
    """Whether a statement is there for what it does, be it to anything but what is the function's `own`."""
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
        call = node.value
        is_own = isinstance(call.func, cst.Attribute) and dotted(call.func.value) in own
        return not is_own and not any(a.keyword and a.keyword.value == "out" for a in call.args)
    return isinstance(node, (cst.Raise, cst.Assert, cst.Global, cst.Nonlocal))


def _leaves_a_loop(node: cst.CSTNode, *, inside: bool = False) -> bool:
    kind = type(node)
    if kind in (cst.Yield, cst.Await) or (inside and kind is cst.Return):
        return True
    if kind in CLOSED:
        return False
    inside = inside or kind in (cst.For, cst.While, cst.Try, cst.With)
    return any(_leaves_a_loop(child, inside=inside) for child in parts(node) if type(child) not in LEAVES)
