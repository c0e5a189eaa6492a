"""What a module says of the kinds of its values: complex numbers, matrices, small integers.

Flow does not matter here: a name that is said to be complex anywhere in its function is taken for complex in all of it.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator

import libcst as cst

from stabaudit.fix.flows import FUNCTIONS, Flow, Owner, assigned, parameters, passed
from stabaudit.fix.peculiar import KINDS
from stabaudit.fix.propose import Place
from stabaudit.fix.said import Kind
from stabaudit.ops import TABLE
from stabaudit.terms import App, Lit, Term, Var, applications

#: What is computed from the inputs of a formula, and is none of them.
TELLING = frozenset({"exp", "exp2", "expm1", "pow", "cosh", "sinh", "log", "log1p", "sum", "mean"})


def peculiarity(kinds: Kinds, inputs: Iterable[str], twin: Term, row: int, *, tensors: bool) -> Kind | None:
    """The kind of the inputs of a formula on a row for which its stable form is not the same, if they are of one.

    NumPy's own `expm1` and `log1p` take what `exp` and `log` take.
    """
    if all(t.op not in TABLE or TABLE[t.op].elementary for t in applications(twin)):
        return None
    sums = any(("axis", Lit(None)) in t.attrs for t in applications(twin))
    found = [kind for text in inputs for kind in kinds.of(text, row)]
    found = [kind for kind in found if (sums or not kind.in_sums) and (tensors or not kind.in_tensors)]
    return next((kind for kind in found if kind.withholds), found[0] if found else None)


def said_inputs(place: Place, inputs: Iterable[Term]) -> tuple[str, ...]:
    """What a formula is a function of, in the words of the site: a conversion is not looked into.

    What only the size counts of, or whether it holds, is left out.
    """
    known = frozenset[Var]().union(*(term.variables for term in inputs))

    def texts(part: Term) -> Iterator[str]:
        if known.isdisjoint(part.variables):
            return
        if isinstance(part, Var):
            yield part.name
        elif TELLING.isdisjoint(part.ops) and isinstance(part.origin, cst.BaseExpression):
            yield place.module.code_for_node(part.origin)
        elif isinstance(part, App) and part.op != "abs":
            for operand in part.args[1 if part.op in ("where", "branch") else 0 :]:
                yield from texts(operand)

    return tuple(dict.fromkeys(texts(place.term)))


class Kinds:
    """Which names of a module are of which kinds, function by function."""

    def __init__(self, text: str) -> None:
        self._kinds = [kind for kind in KINDS if re.search(kind.words, text)]
        self._owners: list[tuple[int, int, Owner]] = []
        self._outer: dict[Owner, Owner] = {}
        self._bound: dict[Owner, set[str]] = {}
        self._flows: list[Flow] = []
        self._said: dict[str, set[tuple[Owner, str]]] = {}
        self._results: list[tuple[Flow, int, int]] = []
        self._tree: ast.Module | None = None
        if self._kinds:
            self._read(text)

    def of(self, expression: str, row: int) -> list[Kind]:
        """The kinds that an expression on a row of the text is known to be of."""
        if self._tree is None:
            return []
        try:
            node = ast.parse(expression.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return []
        owner = self._owner_at(row)
        return [kind for kind in self._kinds if self._is(kind, node, owner) or self._is_result(kind, row, owner)]

    def _read(self, text: str) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return
        self._flows = list(self._flows_in(self._tree))
        for flow in self._flows:
            self._bound.setdefault(flow.owner, set()).add(flow.name)
        for kind in self._kinds:
            said = self._said.setdefault(kind.name, set())
            size = -1
            while size != len(said):
                size = len(said)
                for flow in self._flows:
                    known = kind.says_type(flow.value) if flow.is_type else self._is(kind, flow.value, flow.source)
                    if known:
                        said.add((self._tree if "." in flow.name else flow.owner, flow.name))

    def _owner_at(self, row: int) -> Owner:
        """The innermost function on a row."""
        assert self._tree is not None
        around = [(last - first, owner) for first, last, owner in self._owners if first <= row <= last]
        return min(around, key=lambda pair: pair[0], default=(0, self._tree))[1]

    def _is(self, kind: Kind, node: ast.expr, owner: Owner) -> bool:
        """Whether an expression is of a kind, as far as is known."""
        return kind.is_said(node, lambda name: self._is_name(kind, name, owner))

    def _is_name(self, kind: Kind, name: str, owner: Owner | None) -> bool:
        said = self._said.get(kind.name, set())
        if "." in name:
            return (self._tree, name) in said
        while owner is not None:
            if name in self._bound.get(owner, ()):
                return (owner, name) in said
            owner = self._outer.get(owner)
        return False

    def _is_result(self, kind: Kind, row: int, owner: Owner) -> bool:
        """Whether what is assigned on a row turns out to be of a kind that it has from the values it is made of."""
        if not kind.is_lasting:
            return False
        here = [f for f, first, last in self._results if first <= row <= last and f.owner is owner]
        return any(self._is_name(kind, f.name, owner) and not self._is(kind, f.value, owner) for f in here)

    def _flows_in(self, tree: ast.Module) -> Iterator[Flow]:
        functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        calls: list[tuple[ast.Call, Owner]] = []
        todo: list[tuple[ast.AST, Owner]] = [(tree, tree)]
        while todo:
            node, owner = todo.pop()
            inner = owner
            if isinstance(node, FUNCTIONS):
                inner = node
                self._outer[node] = owner
                self._owners.append((node.lineno, node.end_lineno or node.lineno, node))
                yield from parameters(node, owner)
                if not isinstance(node, ast.Lambda):
                    functions[node.name] = node
            elif isinstance(node, ast.Call):
                calls.append((node, owner))
            for flow in assigned(node, owner):
                yield flow
                if isinstance(node, ast.Assign):
                    self._results.append((flow, node.lineno, node.end_lineno or node.lineno))
            todo += [(child, inner) for child in ast.iter_child_nodes(node)]
        for call, owner in calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if (function := functions.get(name)) is not None:
                yield from passed(call, owner, function)
