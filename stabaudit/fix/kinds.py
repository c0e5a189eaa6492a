"""What a module says of the kinds of its values: complex numbers, matrices, small integers.

Flow does not matter here: a name that is said to be complex anywhere in its function is taken for complex in all of it.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stabaudit.fix.peculiar import KINDS
from stabaudit.fix.said import Kind, chain
from stabaudit.ops import TABLE
from stabaudit.terms import App, Lit, Term, Var, applications

Owner = ast.AST
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Flow(NamedTuple):
    """A name of `owner` that takes the value of an expression of `source`, or is told to be of a kind by a type."""

    owner: Owner
    name: str
    value: ast.expr
    source: Owner
    is_type: bool = False


def peculiarity(kinds: Kinds, inputs: Iterable[Term], twin: Term, row: int, *, tensors: bool) -> Kind | None:
    """The kind of the inputs of a formula on a row for which its stable form is not the same, if they are of one.

    NumPy's own `expm1` and `log1p` take what `exp` and `log` take.
    """
    if all(t.op not in TABLE or TABLE[t.op].elementary for t in applications(twin)):
        return None
    names = dict.fromkeys(v.name for term in inputs for v in _values(term))
    sums = any(("axis", Lit(None)) in t.attrs for t in applications(twin))
    found = [kind for name in names for kind in kinds.of(name, row)]
    found = [kind for kind in found if (sums or not kind.in_sums) and (tensors or not kind.in_tensors)]
    return next((kind for kind in found if kind.withholds), found[0] if found else None)


def _values(term: Term) -> Iterator[Var]:
    """The variables of a term, those left out of which only the size counts, or whether something holds."""
    if isinstance(term, Var):
        yield term
    elif isinstance(term, App) and term.op != "abs":
        for operand in term.args[1 if term.op in ("where", "branch") else 0 :]:
            yield from _values(operand)


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
                yield from _parameters(node, owner)
                if not isinstance(node, ast.Lambda):
                    functions[node.name] = node
            elif isinstance(node, ast.Call):
                calls.append((node, owner))
            for flow in _assigned(node, owner):
                yield flow
                if isinstance(node, ast.Assign):
                    self._results.append((flow, node.lineno, node.end_lineno or node.lineno))
            todo += [(child, inner) for child in ast.iter_child_nodes(node)]
        for call, owner in calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if (function := functions.get(name)) is not None:
                yield from _passed(call, owner, function)


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, owner: Owner) -> Iterator[Flow]:
    """What annotations and defaults say of the parameters."""
    a = node.args
    every = [*a.posonlyargs, *a.args]
    for parameter in [*every, *a.kwonlyargs]:
        if parameter.annotation is not None:
            yield Flow(node, parameter.arg, parameter.annotation, owner, is_type=True)
        else:
            yield Flow(node, parameter.arg, ast.Constant(None), owner)
    if a.defaults:
        for parameter, default in zip(every[-len(a.defaults) :], a.defaults, strict=True):
            yield Flow(node, parameter.arg, default, owner)
    for parameter, keyword in zip(a.kwonlyargs, a.kw_defaults, strict=True):
        if keyword is not None:
            yield Flow(node, parameter.arg, keyword, owner)


def _passed(call: ast.Call, owner: Owner, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Flow]:
    """What a call in the module gives to the parameters of one of its functions."""
    names = [p.arg for p in (*function.args.posonlyargs, *function.args.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    for name, argument in zip(names, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        yield Flow(function, name, argument, owner)
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield Flow(function, keyword.arg, keyword.value, owner)


def _assigned(node: ast.AST, owner: Owner) -> Iterator[Flow]:
    """The names that a statement gives a value to, each with the value."""
    match node:
        case ast.Assign(targets=found, value=value):
            pass
        case ast.AnnAssign(target=target, annotation=annotation, value=value):
            found = [target]
            if (name := chain(target)) is not None:
                yield Flow(owner, name, annotation, owner, is_type=True)
        case ast.AugAssign(target=target, op=op, value=added):
            found, value = [target], ast.BinOp(target, op, added)
        case ast.Attribute(value=used, attr="imag" | "conj" | "conjugate"):
            # Who asks for an imaginary part has one.
            found, value = [used], ast.Constant(1j)
        case (
            ast.NamedExpr(target=target, value=value)
            | ast.For(target=target, iter=value)
            | ast.comprehension(target=target, iter=value)
        ):
            found = [target]
        case _:
            return
    if value is None:
        return
    for target in found:
        match target, value:
            case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if len(target.elts) == len(value.elts):
                pairs = list(zip(target.elts, value.elts, strict=True))
            case ((ast.Tuple() | ast.List()), _):
                pairs = [(element, value) for element in target.elts]
            case _:
                pairs = [(target, value)]
        for place, source in pairs:
            place = place.value if isinstance(place, ast.Starred) else place
            if (name := chain(place)) is not None:
                yield Flow(owner, name, source, owner)
