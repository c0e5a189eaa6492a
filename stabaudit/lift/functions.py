"""The module's own functions as formulas of their parameters, so that calls of small helpers are seen through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from weakref import WeakMethod

from stabaudit.lift.classes import OWN, Classes
from stabaudit.lift.formula import Formula
from stabaudit.lift.kept import Kept
from stabaudit.lift.scope import Scope
from stabaudit.records import Record
from stabaudit.syntax.bindings import bound_names
from stabaudit.syntax.compound import Class, Function, Handler, If, Try, With
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Call, Lambda
from stabaudit.syntax.memory import bindings, changed_by, changed_from_inside, changes_more_than_itself
from stabaudit.syntax.node import Node, below, parts
from stabaudit.syntax.plain import is_plain
from stabaudit.syntax.reads import parameters_of
from stabaudit.syntax.statements import (
    Assert,
    Block,
    Declare,
    Evaluate,
    Module,
    Raise,
    Return,
)
from stabaudit.terms import App, Lit, Term, without_origin
from stabaudit.terms.ops import expand

#: Behind that, of a function that is defined in another one.
LOCAL = "<locals>."
#: Operations that keep a value in bounds.
BOUNDING = frozenset({"clip", "maximum", "minimum"})
#: Formulas larger than this are not worth carrying to the caller.
LARGEST_FORMULA = 120

#: One way out of a function: the conditions on the way there, and what is returned.
Exit = tuple[tuple[Term, ...], Term]


class Reading(Record):
    """A function read in silence: what is known at its first statement and behind its last one, and its ways out."""

    start: Scope
    end: Scope
    exits: list[Exit]


def definitions(module: Module) -> dict[str, Function]:
    """The functions and methods of a module by dotted path; a name that is defined twice is left out."""
    every = [*_defined(module.body, OWN)]
    often = Counter(path for path, _ in every)
    return {path: node for path, node in every if often[path] == 1}


def _defined(body: Iterable[Node], prefix: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, Class):
            yield from _defined(node.body.body, f"{prefix}{node.name}.")
        elif isinstance(node, Function):
            yield f"{prefix}{node.name}", node
        elif isinstance(node, (If, Try, With)):
            for block in _blocks(node):
                yield from _defined(block.body, prefix)


def _blocks(node: Node) -> Iterator[Block]:
    """The blocks of a compound statement, `else` and handlers included; what an `elif` says is looked into."""
    for part in parts(node):
        if isinstance(part, Handler):
            yield part.body
        elif isinstance(part, Block):
            yield part


def as_function(node: Lambda) -> Function:
    """A lambda as a function that returns its expression."""
    return Function("_", node.parameters, Block((Return(node.body),)), (), None, False)


class Functions:
    """Formulas on demand; `read` walks a function in silence."""

    def __init__(
        self,
        module: Module,
        read: Callable[[str, Function, Scope | None], Reading],
        changed_elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        self.definitions = definitions(module)
        #: Functions of other files, each by the path that it is imported by, with its path here.
        self.borrowed: dict[str, str] = {}
        #: The names that functions change outside of themselves, be it functions that are left out of `module`.
        self.volatile = changed_from_inside(module) | changed_elsewhere
        self.classes = Classes(module, self.definitions)
        self._kept = Kept(module, self.definitions, OWN)
        #: How often a name of the module is given a value.
        self.bindings = bindings(module)
        # Who reads knows these: a circle would keep the tree when it is done with.
        self._read = WeakMethod(read)
        self._formulas: dict[str, Formula | None] = {}
        #: Those that are being derived, each for the one before it, and those that call themselves or each other.
        self._open: list[str] = []
        self._recursive: set[str] = set()
        #: What is known around a lambda, or a function that is defined in another one.
        self._around: dict[str, Scope] = {}
        self._local: dict[int, str] = {}

    def define(self, node: Function | Lambda, scope: Scope) -> str:
        """The path of a lambda, or of a function that is defined in another one."""
        if id(node) not in self._local:
            function = as_function(node) if isinstance(node, Lambda) else node
            path = self._local[id(node)] = f"{OWN}{LOCAL}{len(self._local)}"
            self.definitions[path] = function
            self._around[path] = scope.copy()
        return self._local[id(node)]

    def add(self, path: str, like: str, formula: Formula) -> str:
        """The new path of a function that stands where another one does, and computes something of its own."""
        self.definitions[path], self._formulas[path] = self.definitions[like], formula
        if like in self._around:
            self._around[path] = self._around[like]
        return path

    def means_the_same(self, path: str, roots: Collection[str], scope: Scope) -> bool:
        """Whether names mean in `scope` what they mean in the function at `path`, which does not bind them."""
        if (around := self._around.get(path)) is not None:
            return around.local is scope.local
        return scope.local.isdisjoint(roots)

    def changed(self, path: str) -> frozenset[str]:
        """The parameters that a function changes in place, and the attributes of `self` that it sets."""
        return changed_by(self.definitions[path])

    def formula(self, path: str) -> Formula | None:
        """The formula of a function; `None` if it does more than compute one."""
        if path in self._open:
            self._recursive.update(self._open[self._open.index(path) :])
            return None
        if path not in self._formulas:
            self._formulas[path] = None
            node = self.definitions.get(path)
            # A method may keep what it computed, as `self.output = 1 / (1 + exp(-x))`, and give it as well.
            if node is not None and is_plain(node) and not changes_more_than_itself(node):
                self._open.append(path)
                try:
                    formula = self._derive(path, node)
                finally:
                    self._open.pop()
                # What calls itself is none.
                self._formulas[path] = None if path in self._recursive else formula
        return self._formulas[path]

    def kept(self, attribute: str, scope: Scope) -> Term | None:
        """What an attribute of `self` holds that another method sets."""
        return self._kept.value(attribute, scope, self._end)

    def _end(self, path: str) -> Scope:
        """What is known behind the last statement of a method, which calls nobody for those that are being derived.

        `fit` sets the weights that `predict` reads and calls `predict`: neither calls itself.
        """
        around, self._open = self._open, []
        try:
            return self._reading(path).end
        finally:
            self._open = around

    def _reading(self, path: str) -> Reading:
        read = self._read()
        assert read is not None
        return read(path, self.definitions[path], self._around.get(path))

    def _derive(self, path: str, node: Function) -> Formula | None:
        scope, _, exits = self._reading(path)
        parameters = [p for p in node.parameters.named if p.name not in ("self", "cls")]
        names = tuple(p.name for p in parameters)
        variables = tuple(scope.variable(n, (n,), None) for n in names)
        # Nothing is computed with what `return None` gives.
        exits = [one for one in exits if one[1] != Lit(None)]
        if not exits:
            return None
        *guarded, (_, term) = exits
        for conditions, value in reversed(guarded):
            if not conditions:
                return None
            condition = conditions[0]
            for other in conditions[1:]:
                condition = App("and", (condition, other))
            joined = _either(condition, value, term)
            if joined is None:
                return None
            term = joined
        if term.size > LARGEST_FORMULA or not isinstance(term, App):
            return None
        defaults = {p.name: p.default for p in parameters if p.default is not None}
        local = {*parameters_of(node.parameters), *bound_names(node.body)} - {"self", "cls"}
        acts = bool(self.changed(path)) or _has_effects(node)
        formula = Formula(names, variables, defaults, without_origin(term), term, frozenset(local), acts)
        return formula if _is_worth_it(formula) else None


def _either(condition: Term, one: Term, other: Term) -> Term | None:
    """One value if a condition holds, else the other; of several values each of those, if there are as many."""
    several = [isinstance(term, App) and term.op == "several" for term in (one, other)]
    if not any(several):
        return App("where", (condition, one, other))
    if not all(several) or len(one.args) != len(other.args):
        return None
    return App("several", tuple(App("where", (condition, a, b)) for a, b in zip(one.args, other.args, strict=True)))


def part_of_several(term: Term | None, place: int, count: int | None = None) -> Term | None:
    """The value at a place among those that a call gives, of which there are to be as many as `count`.

    Without an exponential or a logarithm in it, it is better known by its name.
    """
    match term:
        case App(op="call", args=[App(op="several", args=parts)]) if count in (None, len(parts)):
            if -len(parts) <= place < len(parts) and not {"exp", "log"}.isdisjoint(expand(parts[place]).ops):
                return App("call", (parts[place],), term.attrs, None)
    return None


def _is_worth_it(formula: Formula) -> bool:
    """Whether more comes of a call's value than of its text.

    A helper without an exponential or a logarithm is a step between them: its value is better known by its text where
    it reads what its caller does not give, or where the call has to stay, unless it keeps its argument in bounds.
    """
    return formula.telling or not (formula.free or (formula.acts and BOUNDING.isdisjoint(formula.term.ops)))


def _has_effects(node: Function) -> bool:
    """Whether a function does more than compute something: it raises an error, or counts its calls."""
    own = bindings(node.body)
    return any(_is_effect(one, own) for one in below(node.body))


def _is_effect(node: Node, own: Collection[str]) -> bool:
    """Whether a statement is there for what it does, be it to anything but what is the function's `own`."""
    if isinstance(node, Evaluate) and isinstance(node.value, Call):
        call = node.value
        is_own = isinstance(call.func, Attribute) and dotted(call.func.value) in own
        return not is_own and not any(a.keyword == "out" for a in call.args)
    return isinstance(node, (Raise, Assert, Declare))
