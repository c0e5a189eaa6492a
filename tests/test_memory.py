"""What a file leaves behind goes by itself, without Python looking for circles."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator

import libcst as cst
import pytest

from stabaudit.engine.job import FileJob
from stabaudit.engine.run import check_bytes
from stabaudit.source.tree import let_go_of_tree

TEXTS = {
    "a finding": "    return np.log(1 + np.exp(x))\n",
    "a finding that is fixed": "    return np.exp(x) / np.exp(x).sum()\n",
    "a loop and a choice": "    for v in x:\n        y = np.exp(v) if v else 1\n    return [1 + y for y in x]\n",
    "a helper": "    return np.log(1 + helper(x, 2))\n",
    "an error": "    return np.exp(x) + + )\n",
    "nothing": "    return np.log(x)\n",
}
HELPER = "import numpy as np\n\n\ndef helper(a, b):\n    return b * np.exp(a)\n\n\n"


@pytest.fixture(autouse=True)
def _no_looking_for_circles() -> Iterator[None]:
    check_bytes("a.py", f"{HELPER}def f(x):\n{TEXTS['a finding']}".encode(), FileJob())
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def trees() -> list[object]:
    """All trees that are there, and their parts."""
    return [o for o in gc.get_objects() if isinstance(o, (ast.FunctionDef, cst.Module, cst.FunctionDef))]


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS)
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_trees_go_when_a_file_is_done_with(body: str):
    before = len(trees())
    for number in range(5):
        check_bytes("a.py", f"{HELPER}def f{number}(x):\n{body}".encode(), FileJob())
    let_go_of_tree()
    assert len(trees()) <= before
