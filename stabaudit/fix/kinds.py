"""What a module says of the kinds of its values: complex numbers, matrices, small integers.

Flow does not matter here: a name that is said to be complex anywhere in its function is taken for complex in all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import libcst as cst

from stabaudit.fix.kind_evidence import Kind
from stabaudit.fix.kind_table import KINDS
from stabaudit.fix.known import Known
from stabaudit.fix.propose import Place
from stabaudit.fix.sources import Here, Sources
from stabaudit.syntax.find import module_of, read_expression
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Lit, Term, Var, applications
from stabaudit.terms.ops import TABLE

#: What is computed from the inputs of a formula, and is none of them.
TELLING = frozenset({"exp", "exp2", "expm1", "pow", "cosh", "sinh", "log", "log1p", "sum", "mean"})


def peculiarity(kinds: Kinds, inputs: Iterable[str], replacement: Term, row: int, *, tensors: bool) -> Kind | None:
    """The kind of the inputs of a formula on a row for which its stable form is not the same, if they are of one.

    NumPy's own `expm1` and `log1p` take what `exp` and `log` take.
    """
    if all(t.op not in TABLE or TABLE[t.op].elementary for t in applications(replacement)):
        return None
    sums = any(("axis", Lit(None)) in t.attrs for t in applications(replacement))
    among = [kind for kind in KINDS if (sums or not kind.in_sums) and (tensors or not kind.in_tensors)]
    found = [kind for text in inputs for kind in kinds.of(text, row, among)]
    return next((kind for kind in found if kind.withholds), found[0] if found else None)


def said_inputs(place: Place, inputs: Iterable[Term]) -> tuple[str, ...]:
    """What a formula is a function of, in the words of the site: a conversion is not looked into.

    What only the size counts of, or whether it holds, is left out.
    """
    known = frozenset[Var]().union(*(term.variables for term in inputs))
    return tuple(dict.fromkeys(_said(place.term, known, place.module)))


def _said(part: Term, known: frozenset[Var], module: cst.Module) -> Iterator[str]:
    """What a part of a formula is a function of, as far as it is `known`."""
    if known.isdisjoint(part.variables):
        return
    if isinstance(part, Var):
        yield part.name
    elif TELLING.isdisjoint(part.ops) and isinstance(part.origin, cst.BaseExpression):
        yield module.code_for_node(part.origin)
    elif isinstance(part, App) and part.op != "abs":
        for operand in part.args[1 if part.op in ("where", "branch") else 0 :]:
            yield from _said(operand, known, module)


class Kinds:
    """Which names of a module are of which kinds, function by function, found out for those that are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: dict[str, bool] = {}
        self._known: dict[str, Known] = {}

    def of(self, expression: str, row: int, among: Iterable[Kind] = KINDS) -> list[Kind]:
        """The kinds that an expression on a row of the text is known to be of."""
        if self._sources is None:
            return []
        node = read_expression(expression)
        if node is None:
            return []
        here = self._sources.here(row)
        return [kind for kind in among if self._is(kind, node, here, self._sources) and self._is_worded(kind)]

    @cached_property
    def _sources(self) -> Sources | None:
        module = module_of(self._text)
        return None if module is None else Sources(module)

    def _is(self, kind: Kind, node: Expression, here: Here, sources: Sources) -> bool:
        """Whether an expression is of a kind, or what is assigned there has it from the values it is made of."""
        if kind.name not in self._known:
            self._known[kind.name] = Known(kind, sources)
        known = self._known[kind.name]
        return known.says(node, here.owner) or (
            kind.is_lasting
            and any(known.says_name(f.name, here.owner) and not known.says(f.value, here.owner) for f in here.results)
        )

    def _is_worded(self, kind: Kind) -> bool:
        if kind.name not in self._words:
            self._words[kind.name] = re.search(kind.words, self._text) is not None
        return self._words[kind.name]
