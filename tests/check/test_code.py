"""Code is judged on one tree; LibCST is asked for the same code where something is edited, and alone if need be."""

from __future__ import annotations

import subprocess
import sys

import libcst as cst
import pytest

from stabaudit.check import check_text
from stabaudit.check.code import Code, Unlike, of_libcst
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import below

FORMULA = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n"


def test_nodes_know_those_of_libcst_once_it_was_asked():
    code = Code(read(FORMULA), lambda: cst.parse_module(FORMULA))
    assert code.tree.origin is None
    function = code.module.body[1]
    assert code.tree.body[1].origin is function
    unknown = {type(node).__name__ for node in below(code.tree) if node.origin is None}
    assert unknown <= {"Alias"}


def test_a_text_that_the_two_read_otherwise_is_told():
    code = Code(read("x = 1\n"), lambda: cst.parse_module("x = 1.0\n"))
    with pytest.raises(Unlike):
        code.module  # noqa: B018


@pytest.mark.parametrize(
    "formula",
    [
        "torch.where(g > 20, g, torch.log(1 + torch.exp(g.clamp(max=20))))",
        "torch.where(g > 20, g, torch.log1p(torch.exp(torch.clamp(g, max=20))))",
    ],
)
def test_libcst_is_not_asked_where_nothing_is_found(formula: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cst, "parse_module", lambda text: pytest.fail("LibCST was asked"))
    assert check_text(f"import torch\n\n\ndef f(g):\n    return {formula}\n") == []


def test_what_libcst_read_needs_no_other_parser():
    code = of_libcst(cst.parse_module(FORMULA))
    assert code.tree.origin is code.module


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
def test_what_only_a_newer_python_reads_is_judged_and_fixed():
    [finding] = check_text(f"{FORMULA}\n\ntype Number = float\n")
    assert finding.rule == "softplus"
    assert finding.fix is not None
    assert finding.fix.applicability == "safe"
    assert (finding.start.row, finding.start.column) == (5, 12)


def test_libcst_is_not_even_imported_where_nothing_is_found():
    text = "import numpy as np\n\n\ndef f(x):\n    e = np.exp(x - x.max())\n    return e / e.sum()\n"
    program = (
        f"import sys\nfrom stabaudit.check import check_text\nprint(check_text({text!r}), 'libcst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[] False\n", "")
