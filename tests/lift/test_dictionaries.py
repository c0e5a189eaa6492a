"""What a dictionary that is written out holds is known under its words."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import numpy as np\n\n\ndef f(x, y, more):\n"


@pytest.mark.parametrize(
    "body",
    [
        "    d = {'p': 1 / (1 + np.exp(-x)), 'y': y}\n    return np.log(d['p'])",
        "    d = dict(p=1 / (1 + np.exp(-x)), y=y)\n    return np.log(d['p'])",
        "    d = {**more, 'p': 1 / (1 + np.exp(-x))}\n    return np.log(d['p'])",
        "    d: dict = {'p': 1 / (1 + np.exp(-x))}\n    d['q'] = y\n    return np.log(d['p'])",
        "    p = 1 / (1 + np.exp(-x))\n    d = {'p': p}\n    return np.log(d['p'])",
    ],
)
def test_the_logarithm_of_an_item_is_one_of_a_sigmoid(body: str):
    assert "log-sigmoid" in [finding.rule for finding in check_text(f"{HEAD}{body}\n")]


def test_another_item_leaves_what_it_takes_the_place_of_as_it_was():
    body = "    d = {'x': x}\n    e = np.exp(x)\n    d['x'] = y\n    return e / np.sum(np.exp(x))"
    assert [finding.rule for finding in check_text(f"{HEAD}{body}\n")] == ["softmax"]


@pytest.mark.parametrize(
    "body",
    [
        "    d = {'p': 1 / (1 + np.exp(-x)), **more}\n    return np.log(d['p'])",
        "    d = {'p': 1 / (1 + np.exp(-x))}\n    d['p'] = y\n    return np.log(d['p'])",
        "    d = {'p': 1 / (1 + np.exp(-x))}\n    d.update(more)\n    return np.log(d['p'])",
        "    d = {'p': 1 / (1 + np.exp(-x))}\n    more(d)\n    return np.log(d['p'])",
        "    d = {'p': 1 / (1 + np.exp(-x))}\n    e = d\n    e['p'] = y\n    return np.log(d['p'])",
        "    d = {'p': 1 / (1 + np.exp(-x))}\n    d = more\n    return np.log(d['p'])",
        "    d = {y: 1 / (1 + np.exp(-x))}\n    return np.log(d['p'])",
    ],
)
def test_an_item_that_may_be_another_one_is_not_known(body: str):
    assert "log-sigmoid" not in [finding.rule for finding in check_text(f"{HEAD}{body}\n")]
