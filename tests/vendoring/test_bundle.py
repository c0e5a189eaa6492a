"""A copied function gives what the runtime gives, to the last bit, where there is no stabaudit."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from stabaudit import runtime
from stabaudit.dialects import named
from stabaudit.vendoring.bundle import bundle
from stabaudit.vendoring.licence import LICENCE
from stabaudit.vendoring.sources import public
from tests.run import ROOT

# Run by the runtime here and by the copy elsewhere.
SAMPLES = """
import json, math, warnings
import numpy as np

warnings.simplefilter("ignore")
NUMBERS = [-1e4, -745.0, -37.5, -1.0, -0.3, -1e-9, 0.0, 1e-300, 0.2, 0.5, 0.69, 1.0, 30.0, 709.0, 710.0, 1e4]

def arguments(name):
    draw = np.random.default_rng(5)
    wide = draw.normal(scale=200, size=(7, 300))
    proportions = draw.random((5, 40))
    lines = [np.array(NUMBERS), draw.normal(size=20000), draw.normal(size=9).astype("f"), wide.astype("e"), 3]
    if name in ("logaddexp", "logdiffexp", "hypot", "xlogy", "xlog1py", "sigmoid_cross_entropy"):
        return [(x, np.flip(x)) for x in lines if np.ndim(x)]
    if name == "logmatmulexp":
        return [(draw.normal(size=(3, 4)), draw.normal(size=(4, 5)))]
    if name in ("relative_entropy", "softmax_cross_entropy"):
        return [(proportions, proportions[::-1] / 40)]
    return [(x,) for x in [*lines, wide, wide.T, proportions, np.ma.masked_less(wide, 0)] if np.ndim(x) or x == 3]

def replacements(name):
    if name in ("logaddexp", "logdiffexp", "xlogy", "xlog1py"):
        return [(x, y) for x in NUMBERS for y in NUMBERS]
    if name in ("softmax", "log_softmax", "logsumexp", "logmeanexp"):
        return [(NUMBERS,), (NUMBERS[3:8],)]
    return [(x,) for x in NUMBERS]

def told(function, row):
    try:
        value = function(*row)
    except (ValueError, OverflowError, TypeError) as error:
        return str(error)
    if isinstance(value, float):
        return float(value).hex()
    if isinstance(value, list):
        return [x.hex() for x in value]
    value = value if isinstance(value, tuple) else (value,)
    bits = [[str(v.dtype), list(v.shape), v.tobytes().hex()] for v in map(np.asarray, value)]
    return [type(value[0]).__name__, *bits]

def answers(module, names):
    found = {}
    for name in names:
        if name.startswith("scalar."):
            function, rows = getattr(module.scalar, name[7:]), replacements(name[7:])
        else:
            function, rows = getattr(module, name), arguments(name)
        found[name] = [told(function, row) for row in rows]
    return found
"""
BLOCKED = "import sys\nsys.modules['stabaudit'] = None\nsys.path.insert(0, '.')\n"


def alone(folder: Path, program: str) -> str:
    """What a program prints in `folder` where stabaudit cannot be imported."""
    command = [sys.executable, "-W", "error", "-I", "-c", BLOCKED + program]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(module: Any, names: list[str]) -> Any:
    """What the functions give for the samples."""
    space: dict[str, Any] = {}
    with warnings.catch_warnings():
        exec(SAMPLES, space)
        return json.loads(json.dumps(space["answers"](module, names)))


def test_a_copy_of_everything_gives_the_same_bits_without_stabaudit(tmp_path: Path):
    names = list(public())
    (tmp_path / "_stable.py").write_text(bundle(names), encoding="utf-8")
    printed = alone(tmp_path, f"{SAMPLES}\nimport _stable\nprint(json.dumps(answers(_stable, {names!r})))")
    theirs, ours = json.loads(printed), answers(runtime, names)
    assert [name for name in names if theirs[name] != ours[name]] == []
    # An error is an answer, too, but not the only one.
    assert [name for name in names if all("takes" in one for one in ours[name])] == []


@pytest.mark.parametrize("name", list(public()))
def test_a_copy_of_one_function_holds_it_and_what_it_needs_and_no_more(name: str):
    text = bundle([name])
    space: dict[str, Any] = {"__name__": "_stable"}
    exec(compile(text, "_stable.py", "exec"), space)
    first, _, replacement = name.partition(".")
    assert space["__all__"] == [first]
    assert callable(getattr(space["scalar"], replacement) if replacement else space[name])
    assert imported(text) <= {"numpy", *sys.stdlib_module_names}
    assert len(text) < len(bundle(public()))
    assert answers(SimpleNamespace(**space), [name]) == answers(runtime, [name])


def imported(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_what_fixes_call_can_be_copied():
    wanted = {path.removeprefix("stabaudit.runtime.") for n in ("runtime", "scalar") for path in named(n).functions}
    assert wanted <= set(public())


@pytest.mark.parametrize("names", [list(public()), ["softmax"], ["scalar.tanh", "tanh", "logsumexp"]], ids=len)
def test_a_copy_is_formatted_and_clean(names: list[str], tmp_path: Path):
    if not shutil.which("ruff"):
        pytest.skip("ruff is not installed")
    (tmp_path / "_stable.py").write_text(bundle(names), encoding="utf-8")
    for words in (["format", "--check"], ["check", "--select", "E,F,W,I,UP,B,N801"]):
        command = ["ruff", *words, "--isolated", "--no-cache", "--line-length", "120", "_stable.py"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_licence_goes_with_every_copy():
    assert LICENCE == (ROOT / "LICENSE").read_text()
    assert LICENCE in bundle(["softmax"])


def test_the_same_functions_in_any_order_are_the_same_text():
    assert bundle(["softmax", "scalar.tanh", "tanh"]) == bundle(["tanh", "softmax", "softmax", "scalar.tanh"])


def test_formatters_and_linters_leave_a_copy_alone(tmp_path: Path):
    ruff = shutil.which("ruff") or str(Path(sys.executable).with_name("ruff"))
    copy = tmp_path / "_stable.py"
    text = bundle(["softmax", "scalar.sigmoid"])
    copy.write_text(text)
    for words in (["format"], ["check", "--fix", "--unsafe-fixes", "--select", "E,F,W,I,D1,N,UP"]):
        subprocess.run([ruff, *words, "--isolated", "--no-cache", str(copy)], check=True, capture_output=True)
        assert copy.read_text() == text


def test_only_functions_that_are_exported_are_explained():
    functions = [node for node in ast.parse(bundle(["softmax"])).body if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if ast.get_docstring(node)] == ["softmax"]
