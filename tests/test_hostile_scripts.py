"""The script of a witness computes a formula and nothing else, whatever stands in the code that it is of."""

from __future__ import annotations

import ast
import contextlib
import io
import warnings

import pytest

from stabaudit.api import check_source

#: Some are read as `print` and `np`, though they are written otherwise.
NAMES = [
    *("ｐrint", "ｎp", "ſ", "float", "print", "type", "exp_", "OverflowError", "value", "error"),
    *("__import__", "eval", "_"),
]
#: What no script may take over as it stands.
TEXTS = [
    "open('/etc/passwd').read()",
    "__import__('os').system('id')",
    "np.os.system('id')",
    "eval(x)",
    'a[f"""{__import__(1)}\n"""]',
    'a["""\nimport os\n"""]',
    *(f"a['{end}import os']" for end in "\x0b\x0c\x1c\x85\u2028"),
    "a[\\\n1]",
    "a[(\n# said\nimport_)]",
    "a.b['#']",
]
FORMULA = """import numpy as np
import math


def f({0}):
    return np.log(1 + np.exp({1})), math.log(1 + math.exp({1}))
"""
#: All that a script may call and import.
CALLED = {"exp_", "log_", "np.exp", "np.float64", "np.log", "np.vectorize", "np.where", "print", "type"}
IMPORTED = {"import numpy as np", "import math"}


@pytest.mark.parametrize(
    ("parameters", "text"), [*((name, name) for name in NAMES), *(("a, x", text) for text in TEXTS)]
)
def test_a_script_runs_the_formula_and_nothing_else(parameters: str, text: str):
    scripts = [
        (finding.witness.script, finding.witness.gives)
        for finding in check_source(FORMULA.format(parameters, text))
        if finding.witness and finding.witness.script
    ]
    assert scripts
    for script, gives in scripts:
        tree = ast.parse(script)
        nodes = [*ast.walk(tree)]
        assert {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)} <= CALLED
        assert {ast.unparse(node) for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))} <= IMPORTED
        with contextlib.redirect_stdout(io.StringIO()) as out, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, "script", "exec"), {})
        assert out.getvalue().strip() == gives
