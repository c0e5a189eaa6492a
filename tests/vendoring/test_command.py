"""`stabaudit vendor` as its users run it: a project that depends on stabaudit no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import put, quick, read
from tests.vendoring.test_bundle import alone

CODE = """\
import math
import numpy as np


def shares(z):
    return np.exp(z) / np.sum(np.exp(z))


def cost(w):
    return math.log(1 + math.exp(w))
"""
RECORD = 'target = "vendored"\nvendored = "src/pkg/_stable.py"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("src/pkg/__init__.py", "")
    put("src/pkg/a.py", CODE)
    return tmp_path


def run(*words: str) -> tuple[int, str, str]:
    return quick(*words, real=True)


def vendor(*words: str) -> tuple[int, str, str]:
    return run("vendor", *words)


def refused(*words: str) -> str:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    code, out, err = vendor(*words)
    assert (code, out) == (2, "")
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    assert err.count("\n") == 1
    return err.removeprefix("error: ").rstrip("\n")


def test_a_project_is_fixed_with_functions_of_its_own_and_runs_without_stabaudit(folder: Path):
    put("pyproject.toml", '[project]\nname = "pkg"  # mine\n')
    code, out, err = vendor("src/pkg/_stable.py")
    assert (code, err) == (0, "")
    assert out == (
        "src/pkg/_stable.py now holds scalar.softplus, softmax.\n"
        "Recorded in pyproject.toml: fixes write `from pkg import _stable as stable`.\n"
    )
    assert read("pyproject.toml") == f'[project]\nname = "pkg"  # mine\n\n[tool.stabaudit]\n{RECORD}'
    assert vendor("--check") == (0, "src/pkg/_stable.py is up to date.\n", "")

    assert run("check", "--fix")[0] == 0
    assert "from pkg import _stable as stable\n" in read("src/pkg/a.py")
    assert "stabaudit" not in read("src/pkg/a.py")
    program = "from pkg.a import shares, cost; print(shares([1000.0, 0.0]).tolist(), cost(1000.0))"
    assert alone(folder / "src", program) == "[1.0, 0.0] 1000.0\n"

    # What was fixed is in use and stays.
    assert vendor("--check") == (0, "src/pkg/_stable.py is up to date.\n", "")
    assert vendor() == (0, "src/pkg/_stable.py already holds scalar.softplus, softmax.\n", "")
    assert run("check")[0] == 0


def test_functions_may_be_named_and_what_is_in_use_stays_in_any_case():
    put(
        "src/pkg/b.py",
        "from . import _stable as s\nfrom ._stable import norm\n\n\ndef f(x):\n    return s.hypot(x, 1)\n",
    )
    assert vendor("src/pkg/_stable.py", "--functions", "softmax, scalar.tanh", "--functions", "tanh")[0] == 0
    assert vendor("--functions", "logit")[1] == "src/pkg/_stable.py now holds hypot, logit, norm.\n"


def test_a_copy_that_lacks_what_fixes_would_call_is_out_of_date():
    assert vendor("src/pkg/_stable.py", "--functions", "softmax")[0] == 0
    _, out, _ = run("check", "--output-format", "text")
    assert "no fix: `pkg._stable` has no `scalar.softplus`; `stabaudit vendor` adds it" in out
    said = "src/pkg/_stable.py is out of date: it lacks scalar.softplus; run `stabaudit vendor`.\n"
    assert vendor("--check") == (1, said, "")
    assert vendor("--check", "--functions", "softmax")[0] == 0
    assert vendor()[0] == 0
    assert vendor("--check")[0] == 0


def test_a_copy_of_another_runtime_is_out_of_date_and_one_that_was_formatted_is_not():
    vendor("src/pkg/_stable.py")
    text = read("src/pkg/_stable.py")
    if shutil.which("ruff"):
        # A formatter that does not know the comment changes the lines.
        put("src/pkg/_stable.py", text.replace("# fmt: off\n", ""))
        command = ["ruff", "format", "-q", "--isolated", "--no-cache", "--line-length", "79", "src/pkg/_stable.py"]
        subprocess.run(command, check=True)
        formatted = read("src/pkg/_stable.py")
        assert formatted != text
        assert vendor("--check")[0] == 0
        assert vendor()[0] == 0
        assert read("src/pkg/_stable.py") == formatted
    put("src/pkg/_stable.py", text.replace("np.exp(x)", "np.exp(x + 0)"))
    said = "src/pkg/_stable.py is out of date: the runtime has changed; run `stabaudit vendor`.\n"
    assert vendor("--check") == (1, said, "")
    assert vendor()[0] == 0
    assert read("src/pkg/_stable.py") == text


def test_notebooks_and_documents_count_and_what_cannot_be_read_is_told():
    put("src/pkg/a.py", "x = 1\n")
    cell = '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": [%s]}]'
    lines = ", ".join(f'"{line}"' for line in ("import numpy as np\\n", "y = np.log(1 + np.exp(x))"))
    put("n.ipynb", f'{cell % lines}, "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}\n')
    put("r.md", "```python\nimport numpy as np\nx = np.exp(y) / np.exp(y).sum()\n```\n")
    put("bad.py", "import numpy as np\nnp.exp(\n")
    put("stabaudit.toml", "documents = true\n")
    code, out, err = vendor("src/pkg/_stable.py")
    assert (code, err.splitlines()[0].split(":")[:2]) == (0, ["error", " bad.py"])
    assert out.startswith("src/pkg/_stable.py now holds softmax, softplus.\n")
    assert read("stabaudit.toml") == f"documents = true\n{RECORD}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "PATH is missing; name the module to write, such as src/pkg/_stable.py"),
        (["no/x.py"], "no: no such folder; make it first"),
        (["src/pkg"], f"src/pkg: is not a module name; use one such as {os.path.join('src', '_stable.py')}"),
        (["src/pkg/__init__.py"], "src/pkg/__init__.py: is not a module name; use one such as "),
        (["src/pkg/a-b.py"], "src/pkg/a-b.py: is not a module name; use one such as "),
        (["src/pkg/a.py"], "src/pkg/a.py: was not written by `stabaudit vendor`; choose another name or delete it"),
        (["x.py", "--functions", "sofmax"], "unknown function `sofmax` in --functions; did you mean `softmax`?"),
        (["x.py", "--check"], "x.py: no such module; `stabaudit vendor` writes it"),
        (["src/pkg/_stable.py", "--ignore", "softmax,softplus"], "no fix below the current folder calls the runtime"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(words: list[str], said: str):
    assert refused(*words).startswith(said)


def test_a_configuration_that_is_not_toml_is_one_line_and_nothing_is_written():
    put("pyproject.toml", "[tool\n")
    assert refused("src/pkg/_stable.py", "--isolated", "--functions", "softmax").startswith(
        "pyproject.toml:1: not TOML"
    )
    Path("pyproject.toml").write_bytes(b"# \xff\n")
    said = "pyproject.toml: is not UTF-8; TOML is always UTF-8"
    assert refused("src/pkg/_stable.py", "--isolated", "--functions", "softmax").endswith(said)


def test_what_cannot_be_recorded_is_not_written_either(monkeypatch: pytest.MonkeyPatch):
    put("stabaudit.toml", "notebooks = true\n")
    vendor("src/pkg/_stable.py", "--functions", "softmax")
    put("stabaudit.toml", "notebooks = true\n")
    rename = os.replace

    def full(source: str, target: str) -> None:
        if target.endswith(".toml"):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert refused("src/pkg/_stable.py", "--functions", "softplus").startswith(
        "stabaudit.toml: could not be written: no space left on device"
    )
    Path("src/pkg/_stable.py").unlink()
    assert refused("src/pkg/_stable.py", "--functions", "softplus").startswith("stabaudit.toml: could not be written")


def test_a_module_outside_of_packages_is_imported_by_its_own_name(folder: Path):
    put("tools/a.py", CODE)
    assert "fixes write `import _stable as stable`" in vendor("tools/_stable.py")[1]
    assert run("check", "--fix", "tools")[0] == 0
    assert "import _stable as stable\n" in read("tools/a.py")
    assert alone(folder / "tools", "import a; print(a.cost(1000.0))") == "1000.0\n"


def test_it_runs_as_a_program(folder: Path):
    command = [sys.executable, "-W", "error", "-m", "stabaudit", "vendor", "src/pkg/_stable.py"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert read("stabaudit.toml") == RECORD
