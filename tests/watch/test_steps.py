"""Which values are watched at a finding, and what is taken for its fault."""

from __future__ import annotations

import ast

import pytest

from stabaudit.api import check_source
from stabaudit.watch.steps import code_of, kind_of, spots

HEAD = "import math\nimport numpy as np\nimport torch\nfrom numpy import exp as power\nfrom scipy.stats import norm\n"

CASES = [
    ("y = np.exp(x) / np.sum(np.exp(x))", "range", {"exp argument", "result itself"}),
    ("e = np.exp(x)\ny = e / e.sum()", "range", {"exp argument", "result itself"}),
    ("y = np.log(np.sum(power(x)))", "range", {"exp argument", "log argument"}),
    ("y = x.exp().sum().log()", "range", {"exp receiver", "log receiver"}),
    ("y = torch.log(torch.sum(torch.exp(input=x)))", "range", {"exp input", "log argument"}),
    ("y = np.log(1 + np.exp(x))", "range", {"exp argument"}),
    ("y = 1 / (1 + np.exp(-x))", "range", {"exp argument"}),
    ("y = np.log(np.cosh(x))", "range", {"cosh argument", "log argument"}),
    ("y = math.exp(x) - 1", "digits", {"small argument"}),
    ("y = -1 + np.exp(x)", "digits", {"small argument"}),
    ("y = np.log(1 - x)", "digits", {"small right"}),
    ("y = np.log(1 + x)", "digits", {"small right"}),
    ("y = (1 + x).log()", "digits", {"small right"}),
    ("y = 1 - norm.cdf(x)", "digits", {"remainder itself"}),
    ("y = np.exp(x) / np.sum(np.exp(x), axis=1)", "meaning", {"result itself"}),
    ("y = np.log(1 / (1 + np.exp(-x)) + 1e-8)", "digits", {"result itself"}),
]


@pytest.mark.parametrize(("code", "kind", "watched"), CASES, ids=[case[0] for case in CASES])
def test_the_values_that_tell_how_near_the_fault_is_are_watched(code: str, kind: str, watched: set[str]):
    text = f"{HEAD}def f(x):\n" + "".join(f"    {line}\n" for line in code.split("\n")) + "    return y\n"
    [finding] = check_source(text)
    found = kind_of(finding)
    assert found == kind
    code = code_of(ast.parse(text), text.split("\n"))
    assert {f"{spot.gauge} {spot.part}" for spot in spots(code, finding, found)} == watched


def test_columns_are_counted_in_bytes_as_the_parser_does():
    text = 'import numpy as np\ndef f(x):\n    return "é", np.log(1 + np.exp(x))\n'
    [finding] = check_source(text)
    [spot] = spots(code_of(ast.parse(text), text.split("\n")), finding, "range")
    assert spot.at == (3, 28, 3, 37)
