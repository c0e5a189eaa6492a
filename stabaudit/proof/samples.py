"""Inputs at which formulas break: all magnitudes, both signs, and rows that lie far apart.

The order matters: the first input that shows a fault becomes the witness, so plain numbers come first.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from stabaudit.terms import App, Const, Lit, Term, Var, walk

#: Plain values, telling ones first.
VALUES = (
    1000.0, -1000.0, 1e-12, -1e-12, 0.5, 2.0, -0.5, -2.0, 100.0, -100.0, 40.0, -40.0, 800.0, -800.0,
    1e-15, -1e-15, 1e4, -1e4, 10.0, -10.0, 1e-5, -1e-5, 0.0, 1e-300, 1e-8, 3.0, -3.0, 20.0, -20.0,
)  # fmt: skip
#: Values at which every formula worth the name gives what it should.
ORDINARY = (0.5, 2.0, -0.5, -2.0, 3.0, -3.0, 1.25)
#: Random combinations of values tried beyond those that change one variable at a time.
COMBINATIONS = 160

ROWS: dict[int, tuple[Any, ...]] = {
    1: (
        [1000.0, 0.0],
        [-1000.0, -1001.0],
        [800.0, 799.0, -5.0],
        [-800.0, -850.0],
        [100.0, 0.0],
        [0.0, -40.0],
        [-1e4, 0.0, 1e4],
    ),
    2: (
        [[1000.0, 0.0], [1.0, 2.0]],
        [[-1000.0, -1001.0], [-1002.0, -1000.0]],
        [[0.0, -1000.0], [-1000.0, -1001.0]],
        [[0.0, 1.0], [-800.0, -801.0]],
        [[-1e4, 1.0], [1e4, 0.5]],
    ),
}
ORDINARY_ROWS: dict[int, tuple[Any, ...]] = {
    1: ([0.5, -1.0], [2.0, 0.25, -3.0]),
    2: ([[0.5, -1.0], [2.0, 0.25]], [[0.5, -1.0, 3.0], [2.0, 0.25, -1.0]]),
}
SHAPED = frozenset(
    {"sum", "mean", "max", "min", "prod", "cumsum", "index", "reshape", "transpose", "expand_dims", "squeeze",
     "softmax", "log_softmax", "logsumexp", "weighted_logsumexp", "logmeanexp"}
)  # fmt: skip

Sample = dict[Var, Any]


def value_variables(terms: Sequence[Term]) -> list[Var]:
    """The variables that hold numbers, in order of appearance; those used as settings are left out."""
    found: dict[Var, None] = {}
    for term in terms:
        for part in walk_operands(term):
            if isinstance(part, Var):
                found.setdefault(part)
    return list(found)


def walk_operands(term: Term) -> Iterator[Term]:
    """The term and its operands, not its settings."""
    yield term
    for operand in term.args:
        yield from walk_operands(operand)


def points(variables: Sequence[Var], positive: frozenset[Var], *, values: Sequence[float] = VALUES) -> Sample:
    """Many points at once, for terms without rows: each variable gets a vector of values."""
    count = len(variables)
    table = [[value if i == j else 1.0 for j in range(count)] for value in values for i in range(count)]
    if count > 1:
        table += [[value if i == j else 0.0 for j in range(count)] for value in values for i in range(count)]
        chance = random.Random(count)
        table += [[chance.choice(values) for _ in range(count)] for _ in range(COMBINATIONS)]
        table += [[value] * count for value in values]
    columns = np.array(table, dtype=float).reshape(len(table), count)
    return {v: np.abs(columns[:, i]) if v in positive else columns[:, i] for i, v in enumerate(variables)}


def rows(variables: Sequence[Var], terms: Sequence[Term], positive: frozenset[Var], *, ordinary: bool) -> Iterator[Sample]:
    """One input after the other for terms that work along axes: arrays of one, two or three dimensions."""
    table = ORDINARY_ROWS if ordinary else ROWS
    for ndim in dimensions(terms):
        for base, pattern in itertools.product((np.float64(1.0), None), table[min(ndim, 2)]):
            array = np.array(pattern)
            while array.ndim < ndim:
                array = np.stack([array, array - 1.0])
            fill = np.ones_like(array) if base is None else base
            for moving in variables or (None,):
                sample = {v: array if v is moving else fill for v in variables}
                yield {v: np.abs(a) if v in positive else a for v, a in sample.items()}
            if len(variables) > 1 and base is None:
                yield {v: np.abs(array) if v in positive else array for v in variables}


def dimensions(terms: Sequence[Term]) -> tuple[int, ...]:
    """How many dimensions the arrays must have for the axes that are named."""
    need = 1
    free = False
    for part in itertools.chain.from_iterable(walk(t) for t in terms):
        if not isinstance(part, App):
            continue
        for name, value in part.attrs:
            if name == "axis":
                axes = value.value if isinstance(value, Lit) and isinstance(value.value, tuple) else (_number(value),)
                need = max(need, *(a + 1 if a >= 0 else -a for a in axes if isinstance(a, int)), 1)
                free = free or isinstance(value, Var) or axes != (None,)
            elif name == "slots" and isinstance(value, Lit) and isinstance(value.value, tuple):
                need = max(need, sum(s == ":" for s in value.value) + 1, 2)
        if part.op == "transpose":
            need = max(need, 2)
    if need == 1:
        return (1, 2)
    return (2, 3) if need == 2 else (min(need, 4),)


def _number(value: Term) -> int | None:
    return int(value.value) if isinstance(value, Const) else None
