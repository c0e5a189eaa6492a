"""What the text of a whole module says of a variable: that an attribute counts, of which size a parameter is.

It is asked where something was found. What is lifted of a module leaves docstrings and other methods out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from stabaudit.check.defaults import attributes_of, constants_of, parameters_of
from stabaudit.lift.ranges import COUNTS
from stabaudit.lift.scope import Scope
from stabaudit.source.tree import nodes_of, tree_of
from stabaudit.terms import Bounds, Term, Var, substitute

#: A shape with one entry, `shape (n_samples,)`, or the words for it.
ONE_DIMENSION = re.compile(
    r"shape\s*[=:]?\s*(?:is|of)?\s*[\[(]\s*[\w.*+-]+\s*,?\s*[\])]|\(\s*\w+\s*,\s*\)|\b(?:1|one)-?d(?:im\w*)?\b",
    re.IGNORECASE,
)
#: The statements and expressions that change attributes.
CHANGING: tuple[type[ast.AST], ...] = (ast.AugAssign, ast.Assign, ast.AnnAssign, ast.For, ast.NamedExpr)


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
    def _tree(self) -> ast.Module | None:
        return tree_of(self._text)

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The attributes of `self` that all methods set to whole numbers, or add such to."""
        nodes = [] if self._tree is None else [n for kind in CHANGING for n in nodes_of(self._tree, kind)]
        every = [change for node in nodes for change in _changes(node)]
        return frozenset(n for n, counts in every if counts) - {n for n, counts in every if not counts}

    def _usual(self, name: str, function: str) -> Bounds | None:
        """What a parameter with a default lies between in most calls, or an attribute that is set from one."""
        if self._defaults is None:
            self._defaults = {}
            if self._tree is not None:
                constants = constants_of(self._tree)
                self._defaults[""] = attributes_of(self._tree, constants)
                for node in nodes_of(self._tree, ast.FunctionDef):
                    # Of several functions of one name nothing is known.
                    self._defaults[node.name] = {} if node.name in self._defaults else parameters_of(node, constants)
        return self._defaults.get("" if name.startswith("self.") else function, {}).get(name)

    def _vectors_of(self, function: str) -> frozenset[str]:
        """The parameters of a function that are arrays of one dimension."""
        if function not in self._vectors:
            nodes = [] if self._tree is None else nodes_of(self._tree, ast.FunctionDef)
            named = [set(_vectors(n)) for n in nodes if n.name == function]
            self._vectors[function] = frozenset(set.intersection(*named) if named else ())
        return self._vectors[function]


def _changes(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The attributes that a statement changes; whether to a whole number that is written out, or by one."""
    match node:
        case ast.AugAssign(target=target):
            yield from _named([target], counts=isinstance(node.op, ast.Add) and _is_whole(node.value))
        case ast.Assign(targets=targets):
            yield from _named(targets, counts=_is_whole(node.value))
        case ast.AnnAssign(target=target, value=value) if value is not None:
            yield from _named([target], counts=_is_whole(value))
        case ast.For(target=target) | ast.NamedExpr(target=target):
            yield from _named([target], counts=False)


def _named(targets: list[ast.expr], *, counts: bool) -> Iterator[tuple[str, bool]]:
    for target in targets:
        whole = isinstance(target, ast.Attribute)
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "self":
                yield f"self.{part.attr}", counts and whole


def _is_whole(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and type(value.value) is int and value.value >= 0


def _vectors(node: ast.FunctionDef) -> Iterator[str]:
    """The parameters that are arrays of one dimension by annotation, or by the line of the docstring about them."""
    text = ast.get_docstring(node, clean=False) or ""
    telling = ONE_DIMENSION.search(text) is not None
    for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if _has_one(parameter.annotation) or (telling and _is_told(parameter.arg, text)):
            yield parameter.arg


def _has_one(annotation: ast.expr | None) -> bool:
    """Whether it is an annotation such as `Float[Array, "n"]`."""
    match annotation:
        case ast.Subscript(slice=ast.Tuple(elts=[_, ast.Constant(value=str() as shape)])):
            names = shape.split()
            return len(names) == 1 and not names[0].startswith(("*", "..."))
    return False


def _is_told(name: str, text: str) -> bool:
    line = re.search(rf"^\s*(?::param\s+(?:\w+\s+)?)?{re.escape(name)}\s*[:(].*$", text, re.MULTILINE)
    return line is not None and ONE_DIMENSION.search(line[0]) is not None
