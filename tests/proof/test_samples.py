"""The inputs that are tried."""

from __future__ import annotations

import numpy as np
import pytest

from stabaudit.proof.samples import Sample, rows
from stabaudit.terms import Var


def shown(sample: Sample) -> list[tuple[str, tuple[int, ...], list[float]]]:
    return [(v.name, np.shape(value), np.ravel(value).tolist()) for v, value in sample.items()]


@pytest.mark.parametrize("names", ["", "x", "x y", "x y z"])
@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_no_input_of_values_is_tried_twice(names: str, ndim: int):
    samples = [shown(s) for s in rows([Var(n) for n in names.split()], frozenset(), ndim, ordinary=False)]
    assert all(samples.count(sample) == 1 for sample in samples)


@pytest.mark.parametrize("names", ["x", "x y", "x n", "x y n"])
def test_each_variable_is_moved_beside_numbers_and_all_are_at_once(names: str):
    variables = [Var(n) for n in names.split()]
    samples = [{n: tuple(values) for n, _, values in shown(s)} for s in rows(variables, frozenset(), 1, ordinary=False)]
    for name in names.replace("n", "").split():
        others = [v.name for v in variables if v.name != name]
        assert any(s[name] == (1000.0, 0.0) and all(len(s[o]) == 1 for o in others) for s in samples)
    arrays = [v.name for v in variables if v.name != "n"]
    assert any(all(s[name] == (1000.0, 0.0) for name in arrays) for s in samples)
