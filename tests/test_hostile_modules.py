"""Nothing of the checked tree is imported, whatever it is called and wherever the program is started."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.run import ROOT

GOOD = "import numpy as np\ny = np.log(1 + x)\n"
# Says so when it is imported, and then breaks whatever needs it.
TRAP = "import os\nos.write(os.open({mark!r}, os.O_CREAT | os.O_WRONLY), __name__.encode())\nraise SystemExit(0)\n"
# More than enough for several workers.
FILES = 60
PROGRAM = Path(sysconfig.get_path("scripts")) / ("stabaudit.exe" if os.name == "nt" else "stabaudit")


def modules() -> list[str]:
    """All that could be imported by one that is not careful: the standard library, what is needed, and we."""
    ours = ["stabaudit", "libcst", "numpy", "mpmath", "tomlkit", "yaml", "sitecustomize", "usercustomize"]
    return sorted({*sys.stdlib_module_names, *ours} - {"__main__"})


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder full of traps, and of files to check in a folder below it, which is full of them as well."""
    mark = str(tmp_path / "imported")
    for folder in (tmp_path / "tree", tmp_path / "tree" / "src"):
        folder.mkdir()
        for name in modules():
            (folder / f"{name}.py").write_text(TRAP.format(mark=mark))
        (folder / "pyvenv.cfg").write_text("home = .\n")
    for number in range(FILES):
        (tmp_path / "tree" / "src" / f"m{number}.py").write_text(f"{GOOD}# {number}\n")
    return tmp_path / "tree"


def check(tree: Path, command: Sequence[str], *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [*command, "check", "--quiet", "--output-format", "concise", "--no-cache", *words]
    done = subprocess.run(command, cwd=tree, env={**clean, **env}, capture_output=True, text=True, timeout=120)
    mark = tree.parent / "imported"
    assert not mark.exists(), mark.read_text()
    assert done.stderr == ""
    return done


def assert_all_found(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert done.stdout.count(": log1p (warning) [*] ") == FILES


@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("env", [{}, {"PRE_COMMIT": "1"}, {"PYTHONPATH": "."}, {"PYTHONPATH": f"src{os.pathsep}"}])
def test_the_program_imports_nothing_of_the_tree(tree: Path, jobs: str, env: dict[str, str]):
    if "PYTHONPATH" in env:
        # These are looked for before any line of the program runs.
        for name in [*loaded_before_the_program(), "sitecustomize", "usercustomize", "stabaudit"]:
            (tree / f"{name}.py").unlink(missing_ok=True)
            (tree / "src" / f"{name}.py").unlink(missing_ok=True)
    assert_all_found(check(tree, [str(PROGRAM)], "-j", jobs, "src", **env))


@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed")
def test_what_pre_commit_runs_imports_nothing_of_the_tree(tree: Path):
    files = [f"src/m{number}.py" for number in range(FILES)]
    assert_all_found(check(tree, [str(PROGRAM)], "--force-exclude", *files, PRE_COMMIT="1"))


def test_the_module_run_in_isolation_imports_nothing_of_the_tree(tree: Path):
    (tree / "stabaudit").mkdir()
    (tree / "stabaudit" / "__init__.py").write_text((tree / "json.py").read_text())
    assert_all_found(check(tree, [sys.executable, "-I", "-m", "stabaudit"], "-j", "2", "src"))


def test_the_module_imports_nothing_of_the_tree_once_it_runs(tree: Path):
    # `python -m` itself needs these, and takes them from the current folder.
    for name in [*loaded_before_the_program("-m", "stabaudit"), "stabaudit"]:
        (tree / f"{name}.py").unlink(missing_ok=True)
    assert_all_found(check(tree, [sys.executable, "-m", "stabaudit"], "-j", "2", "src"))


def loaded_before_the_program(*words: str) -> list[str]:
    """The modules that Python loads before it runs the first line of a program of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-X", "importtime", *(words or ["-c", "import re, sys"]), "--version"]
    said = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True).stderr
    loaded = [line.split("|")[-1].strip() for line in said.splitlines() if "|" in line]
    ours = next((at for at, name in enumerate(loaded) if name == "stabaudit.cli.safe_path"), len(loaded))
    return [name.partition(".")[0] for name in loaded[:ours] if not name.startswith("stabaudit")]


def test_where_a_process_cannot_be_copied_workers_import_nothing_of_the_tree(tree: Path):
    program = "import sys; sys.path[:0] = [{!r}]; from stabaudit.cli.main import main; sys.exit(main(sys.argv[1:]))"
    for jobs in ("1", "2"):
        command = [sys.executable, "-I", "-c", program.format(str(ROOT))]
        assert_all_found(check(tree, command, "-j", jobs, "src"))
