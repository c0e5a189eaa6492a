from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import ROOT, copy

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
UNSTABLE = "import numpy as np\n\np = np.exp(z) / np.sum(np.exp(z))\n"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a runner, on which the first step was run."""
    folder = tmp_path_factory.mktemp("runner")
    if not copy(folder / "action"):
        pytest.skip("not a git checkout: what is in it is not known")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    path = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    done = step("Install", path, folder, SPEC=str(folder / "action"))
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    return path


def step(name: str, path: Path, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """One step as the runner runs it; every variable that it asks for must be given."""
    assert env.keys() | {"STABAUDIT_CACHE_DIR"} == STEPS[name]["env"].keys() | {"STABAUDIT_CACHE_DIR"}
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    plain |= {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "GITHUB_OUTPUT": str(folder / "output")}
    plain |= {"GITHUB_STEP_SUMMARY": str(folder / "summary")}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**plain, **env})


def outputs(folder: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (folder / "output").read_text().splitlines())


def test_findings_are_annotated_and_written_and_fail_the_last_step(python: Path, tmp_path: Path):
    (tmp_path / "a.py").write_text(UNSTABLE)
    sarif = str(tmp_path / "out of.sarif")
    done = step("Check", python, tmp_path, SRC="a.py .", ARGS="", SARIF=sarif)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::error title=stabaudit (softmax),file=a.py,line=3,col=5")
    assert outputs(tmp_path) == {"sarif": sarif, "code": "1"}
    assert len(json.loads(Path(sarif).read_text())["runs"][0]["results"]) == 1
    assert "| a.py:3:5 | softmax | error | `exp(x) / sum(exp(x))` is nan" in (tmp_path / "summary").read_text()
    assert step("Result", python, tmp_path, CODE="1").returncode == 1


def test_options_are_passed_and_nothing_found_passes(python: Path, tmp_path: Path):
    (tmp_path / "a.py").write_text(UNSTABLE)
    done = step("Check", python, tmp_path, SRC=".", ARGS="--select expm1,log1p --quiet", SARIF=str(tmp_path / "s"))
    assert (done.returncode, done.stdout, outputs(tmp_path)["code"]) == (0, "", "0")
    assert step("Result", python, tmp_path, CODE="0").returncode == 0


def test_a_mistake_leaves_nothing_to_upload_and_fails(python: Path, tmp_path: Path):
    (tmp_path / "stabaudit.toml").write_text("selct = []\n")
    (tmp_path / "s").write_text("of an earlier step")
    done = step("Check", python, tmp_path, SRC=".", ARGS="", SARIF=str(tmp_path / "s"))
    assert done.stderr == "error: stabaudit.toml:1: unknown key `selct`; did you mean `select`?\n"
    assert outputs(tmp_path) == {"code": "2"}
    assert "steps.check.outputs.sarif" in STEPS["Upload"]["if"]
    assert step("Result", python, tmp_path, CODE="2").returncode == 2


def test_inputs_are_words_and_never_run(python: Path, tmp_path: Path):
    step("Check", python, tmp_path, SRC="$(touch a) ; touch b", ARGS="`touch c`", SARIF=str(tmp_path / "s"))
    assert outputs(tmp_path)["code"] == "2"
    assert not any((tmp_path / name).exists() for name in "abc")


def test_all_lines_of_an_input_are_words(python: Path, tmp_path: Path):
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(UNSTABLE)
    options = "--select\nsoftmax\n"
    done = step("Check", python, tmp_path, SRC="a.py\n  b.py c.py\n", ARGS=options, SARIF=str(tmp_path / "s"))
    assert outputs(tmp_path)["code"] == "1"
    assert done.stdout.count("::error title=stabaudit (softmax)") == 3


def test_words_in_quotes_may_have_spaces_and_a_quote_without_its_end_fails(python: Path, tmp_path: Path):
    (tmp_path / "a b.py").write_text(UNSTABLE)
    done = step(
        "Check", python, tmp_path, SRC="'a b.py'", ARGS="--config \"fail-on = 'error'\"", SARIF=str(tmp_path / "s")
    )
    assert (outputs(tmp_path)["code"], "file=a b.py" in done.stdout) == ("1", True)
    done = step("Check", python, tmp_path, SRC="'a b.py", ARGS="", SARIF=str(tmp_path / "s"))
    assert (done.returncode, "No closing quotation" in done.stderr) == (1, True)


def test_nothing_of_the_workspace_is_imported(python: Path, tmp_path: Path):
    mark = tmp_path / "imported"
    trap = f"import os\nos.close(os.open({str(mark)!r}, os.O_CREAT))\nos._exit(0)\n"
    work = tmp_path / "work"
    for name in {*sys.stdlib_module_names, "pip", "stabaudit", "numpy", "libcst"} - {"__main__"}:
        (work / name).mkdir(parents=True)
        (work / name / "__init__.py").write_text(trap)
        (work / name / "__main__.py").write_text(trap)
        (work / f"{name}.py").write_text(trap)
    (work / "src").mkdir()
    for number in range(60):
        (work / "src" / f"a{number}.py").write_text(UNSTABLE)
    # What is installed already is not fetched anew.
    step("Install", python, work, SPEC="numpy")
    done = step("Check", python, work, SRC="src", ARGS="--no-cache", SARIF=str(tmp_path / "s"))
    assert outputs(work)["code"] == "1", done.stderr
    assert done.stdout.count("::error title=stabaudit (softmax)") == 60
    assert not mark.exists()


def test_the_actions_it_uses_are_pinned_by_their_commits():
    document = (ROOT / "docs" / "integrations.md").read_text()
    used = [one["uses"] for one in STEPS.values() if "uses" in one] + re.findall(r"uses: (\S+)", document)
    assert len(used) == 6
    assert all(re.fullmatch(r"[\w/-]+@([0-9a-f]{40}|COMMIT)", one) for one in used)


def test_no_input_is_written_into_a_script():
    assert all("${{" not in one["run"] for one in STEPS.values() if "run" in one)
    assert set(STEPS) == {"Python", "Install", "Cache", "Check", "Upload", "Result"}
