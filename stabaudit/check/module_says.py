"""What the text of a whole module says of a variable: that an attribute counts, of which size a parameter is.

It is asked where something was found. What is lifted of a module leaves docstrings and other methods out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from stabaudit.check.defaults import attributes_of, constants_of, parameters_of
from stabaudit.lift.ranges import COUNTS
from stabaudit.lift.scope import Scope
from stabaudit.syntax.compound import For, Function
from stabaudit.syntax.expressions import Attribute, Constant, Name, Named, Subscript
from stabaudit.syntax.find import docstring, functions_of, module_of, nodes_of
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Annotated, Assign, Augment, Module
from stabaudit.terms import Bounds, Term, Var, substitute

#: A shape with one entry, `shape (n_samples,)`, or the words for it.
ONE_DIMENSION = re.compile(
    r"shape\s*[=:]?\s*(?:is|of)?\s*[\[(]\s*[\w.*+-]+\s*,?\s*[\])]|\(\s*\w+\s*,\s*\)|\b(?:1|one)-?d(?:im\w*)?\b",
    re.IGNORECASE,
)
#: The statements and expressions that change attributes.
CHANGING: tuple[type[Node], ...] = (Augment, Assign, Annotated, For, Named)


class ModuleSays:
    """Answers from the text of one module."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._vectors: dict[str, frozenset[str]] = {}
        self._defaults: dict[str, dict[str, Bounds]] | None = None

    def told(self, term: Term, scope: Scope) -> Term:
        """The term with all that is said of its variables."""
        known: dict[Var, Term] = {}
        for variable in term.variables:
            open_ended = variable.bounds is None
            if open_ended and variable.name in self._counted:
                known[variable] = Var(variable.name, variable.stamp, variable.node, variable.rank, COUNTS)
            elif open_ended and (usual := self._usual(variable.name, scope.function)) is not None:
                known[variable] = Var(variable.name, variable.stamp, variable.node, variable.rank, usual)
            elif variable.rank is None and self._tells_ranks and variable.name in self._vectors_of(scope.function):
                known[variable] = Var(variable.name, variable.stamp, variable.node, 1, variable.bounds)
        return substitute(term, known) if known else term

    @cached_property
    def _tells_ranks(self) -> bool:
        return "jaxtyping" in self._text or ONE_DIMENSION.search(self._text) is not None

    @cached_property
    def _module(self) -> Module | None:
        return module_of(self._text)

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The attributes of `self` that all methods set to whole numbers, or add such to."""
        nodes = [] if self._module is None else nodes_of(self._module, *CHANGING)
        every = [change for node in nodes for change in _changes(node)]
        return frozenset(n for n, counts in every if counts) - {n for n, counts in every if not counts}

    def _usual(self, name: str, function: str) -> Bounds | None:
        """What a parameter with a default lies between in most calls, or an attribute that is set from one."""
        if self._defaults is None:
            self._defaults = {}
            if self._module is not None:
                constants = constants_of(self._module)
                self._defaults[""] = attributes_of(self._module, constants)
                for node in functions_of(self._module):
                    # Of several functions of one name nothing is known.
                    self._defaults[node.name] = {} if node.name in self._defaults else parameters_of(node, constants)
        return self._defaults.get("" if name.startswith("self.") else function, {}).get(name)

    def _vectors_of(self, function: str) -> frozenset[str]:
        """The parameters of a function that are arrays of one dimension."""
        if function not in self._vectors:
            nodes = [] if self._module is None else functions_of(self._module)
            named = [set(_vectors(n)) for n in nodes if n.name == function]
            self._vectors[function] = frozenset(set.intersection(*named) if named else ())
        return self._vectors[function]


def _changes(node: Node) -> Iterator[tuple[str, bool]]:
    """The attributes that a statement changes; whether to a whole number that is written out, or by one."""
    match node:
        case Augment(target=target, operator=operator, value=value):
            yield from _named([target], counts=operator == "+" and _is_whole(value))
        case Assign(targets=targets, value=value):
            yield from _named(targets, counts=_is_whole(value))
        case Annotated(target=target, value=Expression() as value):
            yield from _named([target], counts=_is_whole(value))
        case For(target=target) | Named(target=target):
            yield from _named([target], counts=False)


def _named(targets: Iterable[Expression], *, counts: bool) -> Iterator[tuple[str, bool]]:
    for target in targets:
        whole = isinstance(target, Attribute)
        for part in below(target):
            if isinstance(part, Attribute) and isinstance(part.value, Name) and part.value.name == "self":
                yield f"self.{part.attr}", counts and whole


def _is_whole(value: Expression) -> bool:
    return isinstance(value, Constant) and type(value.value) is int and value.value >= 0


def _vectors(node: Function) -> Iterator[str]:
    """The parameters that are arrays of one dimension by annotation, or by the line of the docstring about them."""
    text = docstring(node) or ""
    telling = ONE_DIMENSION.search(text) is not None
    for parameter in node.parameters.named:
        if _has_one(parameter.annotation) or (telling and _is_told(parameter.name, text)):
            yield parameter.name


def _has_one(annotation: Expression | None) -> bool:
    """Whether it is an annotation such as `Float[Array, "n"]`."""
    match annotation:
        case Subscript(places=(_, Constant(value=str() as shape))):
            names = shape.split()
            return len(names) == 1 and not names[0].startswith(("*", "..."))
    return False


def _is_told(name: str, text: str) -> bool:
    line = re.search(rf"^\s*(?::param\s+(?:\w+\s+)?)?{re.escape(name)}\s*[:(].*$", text, re.MULTILINE)
    return line is not None and ONE_DIMENSION.search(line[0]) is not None
