"""Where fixes take their functions from: what is written, that it runs, and what is said where there is nothing."""

from __future__ import annotations

import ast
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.config.project import PLAIN, Project, Vendored
from stabaudit.dialects import named
from stabaudit.fix.apply import Outcome, fix_text
from stabaudit.fix.target import library
from stabaudit.proof import special
from stabaudit.terms.ops import TABLE
from tests.run import lines, put, quick, read

HEAD = "import math\nimport numpy as np\n\n\n"
SCIPY, NEW_SCIPY = Project("scipy"), Project("scipy", scipy=(1, 17))
NATIVE = Project("native")
COPY = Project("vendored", Vendored("pkg._stable"))


def fixed(body: str, project: Project, head: str = HEAD) -> Outcome:
    outcome = fix_text(head + body, lambda text: check_text(text, project=project), "safe")
    again = fix_text(outcome.text, lambda text: check_text(text, project=project), "safe")
    assert again.text == outcome.text
    return outcome


@pytest.mark.parametrize(
    ("formula", "project", "line", "written"),
    [
        ("np.exp(x) / np.exp(x).sum()", PLAIN, "from stabaudit import runtime as stable", "stable.softmax(x)"),
        ("np.exp(x) / np.exp(x).sum()", COPY, "from pkg import _stable as stable", "stable.softmax(x)"),
        ("math.log(1 + math.exp(x))", COPY, "from pkg import _stable as stable", "stable.scalar.softplus(x)"),
        ("np.exp(x) / np.exp(x).sum()", SCIPY, "from scipy import special", "special.softmax(x)"),
        ("1 / (1 + np.exp(-x))", SCIPY, "from scipy import special", "special.expit(x)"),
        ("np.log(1 / (1 + np.exp(-x)))", SCIPY, "from scipy import special", "special.log_expit(x)"),
        ("np.log(np.exp(x).sum(axis=1))", SCIPY, "from scipy import special", "special.logsumexp(x, axis=1)"),
        ("np.log(1 + np.exp(x))", NEW_SCIPY, "from scipy import special", "special.softplus(x)"),
        ("np.log(1 + np.exp(x))", SCIPY, None, "np.logaddexp(0, x)"),
        ("np.log(np.exp(x) + np.exp(y))", SCIPY, None, "np.logaddexp(x, y)"),
        ("np.log(1 + np.exp(x))", NATIVE, None, "np.logaddexp(0, x)"),
        ("np.log(1 + x)", NATIVE, None, "np.log1p(x)"),
    ],
)
def test_a_fix_is_written_in_the_words_of_the_target(formula: str, project: Project, line: str | None, written: str):
    outcome = fixed(f"def f(x, y):\n    return {formula}\n", project)
    assert f"    return {written}\n" in outcome.text
    added = set(outcome.text.splitlines()) - set(HEAD.splitlines()) - {"def f(x, y):", f"    return {written}"}
    assert added == ({line} if line else set())


@pytest.mark.parametrize(
    ("formula", "project", "reason"),
    [
        ("np.log(1 - np.exp(x))", SCIPY, "SciPy 1.10 has no `log1mexp`"),
        ("math.log(1 + math.exp(x))", SCIPY, "math has no `softplus`"),
        ("np.exp(x) / np.exp(x).sum()", NATIVE, "numpy has no `softmax`"),
        (
            "np.exp(x) / np.exp(x).sum()",
            Project("vendored", Vendored("pkg._stable", frozenset({"softplus"}))),
            "`pkg._stable` has no `softmax`; `stabaudit vendor` adds it",
        ),
    ],
)
def test_what_a_target_lacks_is_left_and_told(formula: str, project: Project, reason: str):
    outcome = fixed(f"def f(x):\n    return {formula}\n", project)
    assert not outcome.fixed
    assert [finding.withheld for finding in outcome.left] == [reason]


def test_libraries_with_functions_of_their_own_do_not_heed_the_target():
    body = "def f(x):\n    return torch.exp(x) / torch.exp(x).sum(dim=1, keepdim=True)\n"
    texts = {fixed(body, project, "import torch\n\n\n").text for project in (PLAIN, SCIPY, NATIVE, COPY)}
    assert len(texts) == 1
    assert "torch.softmax(x, dim=1)" in texts.pop()


def test_scipy_that_is_there_is_called_by_its_own_name():
    head = "import numpy as np\nimport scipy.special\nfrom scipy.special import logsumexp\n\n\n"
    body = "def f(x):\n    return np.log(np.exp(x).sum()), 1 / (1 + np.exp(-x))\n"
    assert "return logsumexp(x), scipy.special.expit(x)\n" in fixed(body, SCIPY, head).text


@pytest.mark.parametrize(
    ("head", "formula", "written"),
    [
        ("from scipy.special import logsumexp", "np.exp(x) / np.exp(x).sum()", "softmax(x)"),
        ("from scipy.special import logsumexp", "1 / (1 + np.exp(-x))", "expit(x)"),
        ("from scipy.special import logsumexp", "np.log(np.exp(x).sum(axis=1))", "logsumexp(x, axis=1)"),
        ("from scipy.special import logsumexp", "np.log(1 - np.exp(x))", "stable.log1mexp(x)"),
        ("from scipy.special import logsumexp", "np.log(1 + np.exp(x))", "np.logaddexp(0, x)"),
        ("import scipy.special as sp", "np.exp(x) / np.exp(x).sum()", "sp.softmax(x)"),
        ("from scipy import special", "1 / (1 + np.exp(-x))", "special.expit(x)"),
        ("from scipy import stats", "1 / (1 + np.exp(-x))", "stable.sigmoid(x)"),
        ("import math", "math.log(1 + math.exp(x))", "stable.scalar.softplus(x)"),
        ("import torch", "torch.log(1 - torch.exp(x))", "torch.log(-torch.expm1(x))"),
    ],
)
def test_what_is_imported_is_taken_and_the_runtime_else(head: str, formula: str, written: str | None):
    outcome = fixed(f"def f(x):\n    return {formula}\n", Project("imported"), f"import numpy as np\n{head}\n\n\n")
    assert f"    return {written or formula}\n" in outcome.text
    assert ("import runtime" in outcome.text) == ("stable." in outcome.text)


def test_a_name_that_is_taken_is_not_taken_again():
    body = "special = 1\n\n\ndef f(x):\n    return np.exp(x) / np.exp(x).sum()\n"
    text = fixed(body, SCIPY).text
    assert "from scipy import special as scipy_special\n" in text
    assert "return scipy_special.softmax(x)\n" in text


def test_scipy_in_a_module_that_uses_labelled_arrays_is_unsafe():
    head = "import numpy as np\nimport pandas as pd\n\n\n"
    outcome = fixed("def f(x):\n    return np.exp(x) / np.exp(x).sum()\n", SCIPY, head)
    (finding,) = outcome.left
    assert finding.fix
    assert finding.fix.reason == "`scipy.special.softmax` gives plain arrays, and this module uses pandas"
    assert fixed("def f(x):\n    return 1 / (1 + np.exp(-x))\n", SCIPY, head).fixed == {"sigmoid": 1}


@pytest.mark.parametrize(
    "line", ["from pkg import _stable", "from . import _stable", "from pkg import _stable as _stable"]
)
def test_a_copy_that_is_imported_already_is_used_and_known_as_stable(line: str):
    head = f"import numpy as np\n{line}\n\n\n"
    body = "def f(x):\n    return np.exp(x) / np.exp(x).sum(), np.log(_stable.softmax(x))\n"
    outcome = fixed(body, COPY, head)
    assert outcome.text == f"{head}def f(x):\n    return _stable.softmax(x), _stable.log_softmax(x)\n"


GRID = np.concatenate([np.linspace(-800, 800, 401), np.linspace(-1, 1, 41), [-1e-300, 0.0, 1e-300]])


SPELLED = {s.op for s in library(named("numpy"), NEW_SCIPY).functions.values()}


@pytest.mark.parametrize("op", sorted(SPELLED - special.KNOWN))
def test_scipy_computes_what_the_proof_takes_it_to_compute(op: str):
    functions = pytest.importorskip("scipy.special")
    from stabaudit import runtime

    name = library(named("numpy"), NEW_SCIPY).spellings_of(op)[0][0].rpartition(".")[2]
    theirs: Any = getattr(functions, name, None) or getattr(np, name)
    ours: Any = getattr(runtime, op, None) or getattr(np, op)
    rows = [(GRID,)] if op != "logaddexp" else [(GRID, GRID[::-1].copy()), (0, GRID)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in rows:
            np.testing.assert_allclose(theirs(*row), ours(*row), rtol=1e-13, atol=1e-15)


#: Where all of them have a value: operands between 0 and 1 for the incomplete beta function, else above zero.
PROPER, BELOW_ONE = np.array([0.25, 1.0, 2.5, 7.0]), np.array([0.1, 0.3, 0.5, 0.9])


@pytest.mark.parametrize("op", sorted(SPELLED & special.FUNCTIONS.keys()))
def test_a_special_function_of_scipy_is_the_one_that_the_proof_knows(op: str):
    """SciPy's own are right to some hundred ULP, the proof's to one: the functions are to be the same."""
    functions = pytest.importorskip("scipy.special")
    path = library(named("numpy"), NEW_SCIPY).spellings_of(op)[0][0]
    theirs = getattr(functions, path.rpartition(".")[2])
    row = [PROPER[::-1] if i else PROPER for i in range(len(TABLE[op].operands))]
    if op == "comb":
        row[0] = row[1] + 1.5
    if op in ("betainc", "betaincc"):
        row[-1] = BELOW_ONE
    np.testing.assert_allclose(theirs(*row), special.floats(op, row, None), rtol=1e-12)


@pytest.mark.parametrize("project", [SCIPY, NEW_SCIPY, NATIVE], ids=["scipy", "new scipy", "native"])
def test_fixed_code_runs_and_is_right_where_the_formula_was_not(project: Project):
    pytest.importorskip("scipy.special")
    body = "def f(x):\n    return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))\n"
    text = fixed(body, project).text
    if project is NEW_SCIPY and not hasattr(__import__("scipy.special").special, "softplus"):
        pytest.skip("this SciPy is older")
    names: dict[str, Any] = {}
    exec(text, names)
    x = np.array([-3.0, 0.0, 1000.0])
    with np.errstate(over="ignore"):
        softplus, sigmoid = names["f"](x)
    np.testing.assert_allclose(softplus, [0.04858735157374206, 0.6931471805599453, 1000.0], rtol=1e-14)
    np.testing.assert_allclose(sigmoid, [0.04742587317756678, 0.5, 1.0], rtol=1e-14)


@pytest.mark.parametrize("way", ["def f(x, xp):\n", "def f(x):\n    xp = namespace(x)\n", "def f(x, **xp):\n"])
def test_a_name_that_stands_for_an_array_module_is_read_as_that_module(way: str):
    body = f"{way}    return xp.exp(x) / xp.exp(x).sum()\n"
    assert not fixed(body, PLAIN).fixed
    assert "return stable.softmax(x)\n" in fixed(body, Project(arrays=(("xp", "numpy"),))).text
    torch = body.replace(".sum()", ".sum(dim=1, keepdim=True)")
    assert "return xp.softmax(x, dim=1)\n" in fixed(torch, Project(arrays=(("xp", "torch"),))).text


def test_an_attribute_may_be_an_array_module_and_an_import_that_is_known_comes_first():
    body = "class A:\n    def f(self, x):\n        return self.xp.exp(x) / self.xp.exp(x).sum()\n"
    assert "return stable.softmax(x)\n" in fixed(body, Project(arrays=(("xp", "numpy"),))).text
    body = "def f(x):\n    return xp.log(1 + xp.exp(x))\n"
    arrays = Project(arrays=(("xp", "numpy"),))
    assert "torch.nn" not in fixed(body, arrays, "import mine as xp\n\n\n").text
    assert "xp.nn.functional.softplus(x, threshold=36)" in fixed(body, arrays, "import torch as xp\n\n\n").text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


SOFTMAX = "import numpy as np\n\n\ndef f(x, xp=np):\n    return xp.exp(x) / xp.exp(x).sum()\n"


@pytest.mark.usefixtures("folder")
def test_the_settings_reach_the_fixer_and_the_command_line_comes_first():
    put("a.py", SOFTMAX)
    put("stabaudit.toml", 'target = "scipy"\narray-modules = { xp = "numpy" }\n')
    assert "special.softmax(x)" in quick("check", "--diff", real=True)[1]
    assert "stable.softmax(x)" in quick("check", "--diff", "--target", "runtime", real=True)[1]
    assert quick("check", "--fix", real=True)[0] == 0
    assert "from scipy import special\n" in read("a.py")


@pytest.mark.usefixtures("folder")
def test_a_copy_is_imported_by_the_name_of_its_package_and_is_not_checked_itself():
    put("src/pkg/__init__.py", "")
    put("src/pkg/sub/__init__.py", "")
    copy = f'{SOFTMAX}\n\n__all__ = ["softmax"]\n\n\nclass scalar:\n    softplus = staticmethod(f)\n'
    put("src/pkg/sub/_stable.py", copy.replace("xp", "np").replace("np=np", "n=np"))
    put("src/pkg/a.py", SOFTMAX.replace("xp.", "np."))
    put("stabaudit.toml", 'target = "vendored"\nvendored = "src/pkg/sub/_stable.py"\n')
    assert [line.split(":")[0] for line in lines()] == []
    code, out, _ = quick("check", "--diff", real=True)
    assert code == 1
    assert "+from pkg.sub import _stable as stable\n" in out
    assert "sub/_stable.py" not in out


@pytest.mark.usefixtures("folder")
def test_a_target_without_its_module_is_one_line():
    put("a.py", "x = 1\n")
    asked = "`stabaudit vendor PATH` writes and records it"
    assert quick("check", "--target", "vendored") == (
        2,
        "",
        f'error: `target = "vendored"` needs a module; {asked}\n',
    )
    put("stabaudit.toml", 'target = "vendored"\nvendored = "b.py"\n')
    assert quick("check")[2] == "error: b.py: no such module; `stabaudit vendor` writes it\n"
    put("b.py", "def (")
    assert quick("check")[2] == "error: b.py: is not valid Python; `stabaudit vendor` rewrites it\n"
    put("stabaudit.toml", 'scipy-version = "new"\n')
    assert quick("check")[2] == 'error: stabaudit.toml:1: `scipy-version` is a release, as in `"1.10"`\n'


EXAMPLES = [example for one in load() for example in one.matches if "np." in example and "scipy" not in example]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_written_for_scipy_computes_what_is_written_for_the_runtime(example: str):
    pytest.importorskip("scipy.special")
    draw = np.random.default_rng(3)
    names = sorted({n.id for n in ast.walk(ast.parse(example)) if isinstance(n, ast.Name)} - {"np", "math", "sum"})
    given = {name: -np.abs(draw.normal(size=(4, 3))) - draw.random() for name in names}
    values = []
    for project in (PLAIN, SCIPY):
        text = f"import math\nimport numpy as np\n\n\ndef f({', '.join(names)}):\n    return {example}\n"
        outcome = fix_text(text, partial(check_text, project=project), "unsafe")
        if not outcome.fixed:
            assert all(finding.withheld for finding in outcome.left)
            pytest.skip("one of them has no such function")
        space: dict[str, Any] = {}
        exec(outcome.text, space)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                values.append(space["f"](**given))
            except (TypeError, ValueError, IndexError):
                pytest.skip("the example is about other shapes")
    np.testing.assert_allclose(values[0], values[1], rtol=1e-12)
    assert np.shape(values[0]) == np.shape(values[1])
    assert np.asarray(values[0]).dtype == np.asarray(values[1]).dtype


def test_an_array_module_that_is_not_known_is_told_with_the_remedy():
    (finding,) = fixed("def f(x, xp):\n    return xp.exp(x) / xp.exp(x).sum()\n", PLAIN).left
    assert finding.withheld
    assert finding.withheld.endswith("; `array-modules` in the configuration can name it")
