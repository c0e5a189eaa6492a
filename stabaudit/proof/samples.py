"""Inputs at which formulas break: all magnitudes, both signs, and rows that lie far apart.

The order matters: the first input that shows a fault becomes the witness, so plain numbers come first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np

from stabaudit.proof.assumptions import is_count, is_distance, is_guard
from stabaudit.terms import Bounds, Var

#: Plain values, telling ones first.
VALUES = (
    1000.0, -1000.0, 1e-12, -1e-12, 0.5, 2.0, -0.5, -2.0, 100.0, -100.0, 40.0, -40.0, 800.0, -800.0,
    1e-15, -1e-15, 1e4, -1e4, 10.0, -10.0, 1e-5, -1e-5, 0.0, 1e-300, -1e-300, 1e-8, 3.0, -3.0, 20.0, -20.0,
)  # fmt: skip
#: What one variable is, too, while the others are 1: `exp((v + 40) / 20)` overflows where v is large, and there
#: `exp(1 / t) - 1` loses its digits. Nothing as wide as a thousand is taken so far out that it overflows.
FAR, FARTHEST = (1e5, -1e5), (1e12, -1e12)
#: Values at which every formula worth the name gives what it should.
ORDINARY = (0.5, 2.0, -0.5, -2.0, 3.0, -3.0, 1.25)
#: Random combinations of values tried beyond those that change one variable at a time.
COMBINATIONS = 160

#: What stands for a tiny number that keeps something from zero.
A_GUARD = np.float64(1e-7)
#: What stands for the length of something, and for one of the positions up to there.
A_COUNT, A_POSITION = np.float64(3.0), np.float64(1.0)

ROWS: dict[int, tuple[Any, ...]] = {
    1: (
        [1000.0, 0.0],
        [-1000.0, -1001.0],
        [800.0, 799.0, -5.0],
        [-800.0, -850.0],
        [100.0, 0.0],
        [0.0, -40.0],
        [-1e4, 0.0, 1e4],
        [1e-12, -1e-12],
    ),
    2: (
        [[1000.0, 0.0], [1.0, 2.0]],
        [[-1000.0, -1001.0], [-1002.0, -1000.0]],
        [[0.0, -1000.0], [-1000.0, -1001.0]],
        [[0.0, 1.0], [-800.0, -801.0]],
        [[-1e4, 1.0], [1e4, 0.5]],
        [[1e-12, -1e-12], [1e-15, 0.0]],
        [[1000.0, 0.0], [1001.0, 1.0]],
    ),
}
ORDINARY_ROWS: dict[int, tuple[Any, ...]] = {
    1: ([0.5, -1.0], [2.0, 0.25, -3.0]),
    2: ([[0.5, -1.0], [2.0, 0.25]], [[0.5, -1.0, 3.0], [2.0, 0.25, -1.0]]),
}

#: So many variables move one at a time; of more than that some move together, as each move is a run of the formula.
MOST_MOVES = 24
#: So many variables are turned round beside the others.
MOST_TURNED = 3
Sample = dict[Var, Any]
#: Numbers, and rows of them, that are tried beside the usual ones.
Samples = tuple[float | tuple[float, ...], ...]


def points(
    variables: Sequence[Var],
    positive: frozenset[Var],
    *,
    values: tuple[float, ...] = VALUES,
    far: tuple[float, ...] = (),
    more: Samples = (),
) -> Sample:
    """Many points at once, for terms without rows: each variable gets a vector of values, alone those `far` out.

    Of `more` the numbers are values as well, and rows of as many as there are variables are points.
    """
    own_values = tuple(number for number in more if not isinstance(number, tuple))
    values = (*own_values, *values)
    columns = _columns(len(variables), values, far)
    own = [row for row in more if isinstance(row, tuple) and len(row) == len(variables)]
    if own:
        columns = np.concatenate([np.array(own, dtype=float), columns])
    found = {v: _fitting(v, positive)(columns[:, i]) for i, v in enumerate(variables)}
    for i, v in enumerate(variables):
        if is_count(v):
            # A count may be as large as what the formula is tried with for its own sake.
            own_here = np.isin(columns[:, i], own_values)
            own_here[: len(own)] = columns[: len(own), i] % 1 == 0
            found[v] = np.where(own_here, columns[:, i], found[v])
    return found


@lru_cache(maxsize=16)
def _columns(count: int, values: tuple[float, ...], far: tuple[float, ...]) -> Any:
    """A column of values for each of so many variables."""
    moves = _moves(count)
    table = [[value if j in move else 1.0 for j in range(count)] for value in (*values, *far) for move in moves]
    if count > 1:
        table += [[value if j in move else 0.0 for j in range(count)] for value in values for move in moves]
        chance = random.Random(count)
        table += [[chance.choice(values) for _ in range(count)] for _ in range(COMBINATIONS)]
        table += [[value] * count for value in values]
    columns = np.array(table, dtype=float).reshape(len(table), count)
    columns.flags.writeable = False
    return columns


def _moves(count: int) -> list[range]:
    """Which of so many variables move at a time."""
    return [range(first, count, MOST_MOVES) for first in range(min(count, MOST_MOVES))]


def rows(
    variables: Sequence[Var],
    positive: frozenset[Var],
    ndim: int,
    *,
    ordinary: bool,
    more: Samples = (),
    far: bool = False,
) -> Iterator[Sample]:
    """One input after the other for terms that work along axes: arrays of `ndim` dimensions beside plain numbers.

    Of `more` the rows are tried as well, first of all, and arrays of the numbers `far` out last.
    """
    fitting = {v: partial(_a_count, v) if is_count(v) else _fitting(v, positive) for v in variables}
    if not variables:
        yield {}
        return
    # Counts do not move, and beside them there is nothing that could be numbers or arrays.
    alone = sum(not is_count(v) for v in variables) < 2
    moves = [frozenset(variables[i] for i in move) for move in _moves(len(variables))]
    for with_numbers in (True, False):
        for number, array in enumerate(_arrays(ndim, ordinary, () if ordinary else more, far=far)):
            fill = np.float64(1.0) if with_numbers else np.ones_like(array)
            moved = {v: fit(array) for v, fit in fitting.items()}
            filled = {v: fit(fill) for v, fit in fitting.items()}
            for moving in moves:
                counts = all(map(is_count, moving))
                was_there = (with_numbers and number > 0) if counts else (alone and not with_numbers)
                if not was_there:
                    yield {v: moved[v] if v in moving else filled[v] for v in variables}
            if not alone and not with_numbers:
                yield moved
                yield from _beside_one_another(variables, moved, ndim)


def _beside_one_another(variables: Sequence[Var], moved: Sample, ndim: int) -> Iterator[Sample]:
    """Where one array is small and the other is not, and where one has an axis less than the others.

    The share that is asked for may be the smallest, `sum(y * softmax(x))`, and stand beside sums along the last axis.
    """
    for one in variables[:MOST_TURNED]:
        if np.ndim(moved[one]):
            yield moved | {one: moved[one][..., ::-1]}
            if ndim == 2:
                yield moved | {one: moved[one][..., 0]}


@cache
def _arrays(ndim: int, ordinary: bool, more: Samples = (), *, far: bool = False) -> tuple[Any, ...]:
    """The rows of the table in so many dimensions, behind `more` of them, and before those `far` out."""
    found = []
    own = [row if ndim == 1 else (row, row[::-1]) for row in more if isinstance(row, tuple)]
    last = ([*FARTHEST],) if far else ()
    for pattern in (*own, *(ORDINARY_ROWS if ordinary else ROWS)[min(ndim, 2)], *last):
        array = np.array(pattern)
        while array.ndim < ndim:
            array = np.stack([array, array - 1.0])
        array.flags.writeable = False
        found.append(array)
    return tuple(found)


def _a_count(variable: Var, _: Any = None) -> Any:
    return A_POSITION if variable.bounds is not None and variable.bounds.counts else A_COUNT


def _within(bounds: Bounds, values: Any) -> Any:
    """Values between bounds; those of a range begin at its lower end, or end at the upper one if it has no lower."""
    if bounds.whole:
        values = np.rint(values)
    if bounds.anywhere:
        return np.clip(np.abs(values) if bounds.low >= 0 else values, bounds.low, bounds.high)
    if bounds.drawn:
        return np.clip(values, bounds.low, bounds.high)
    if bounds.low > -np.inf:
        return np.clip(values - np.min(values) + bounds.low, bounds.low, bounds.high)
    return values - np.max(values) + bounds.high if bounds.high < np.inf else values


def _fitting(variable: Var, positive: frozenset[Var]) -> Callable[[Any], Any]:
    """Values as far as the variable can take them: counts are 3, widths and weights above zero."""
    if is_count(variable):
        return lambda values: np.full_like(values, _a_count(variable))
    bounds = variable.bounds
    if bounds is None and is_guard(variable):
        return lambda values: np.full_like(values, A_GUARD)
    if bounds is not None:
        return partial(_within, bounds)
    if variable in positive or is_distance(variable):
        return lambda values: np.where(values == 0, 1.0, np.abs(values))
    return lambda values: values
