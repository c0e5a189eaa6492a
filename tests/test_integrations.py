"""What the document on integrations shows is what the files of the project take, and runs as it stands there."""

from __future__ import annotations

import ast
import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stabaudit.config.table import FORMATS
from tests.run import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
TEXT = (ROOT / "docs" / "integrations.md").read_text()
UNSTABLE = "import numpy as np\n\np = np.exp(z) / np.sum(np.exp(z))\n"


def block(heading: str, language: str) -> str:
    """The first block of a language below a heading."""
    section = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    [found] = [one for one in section if one.startswith(f"{heading}\n")]
    return re.search(rf"^```{language}\n(.*?)^```$", found, re.MULTILINE | re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where a shell finds `stabaudit`, and `pip` that has nothing to do."""
    (tmp_path / "bin").mkdir()
    for name, line in [("stabaudit", f'exec "{sys.executable}" -m stabaudit "$@"'), ("pip", "")]:
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    return f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"


def shell(command: str, folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)


def test_the_hooks_that_are_shown_are_there():
    shown = yaml.safe_load(block("pre-commit", "yaml"))["repos"][0]["hooks"]
    there = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for hook in shown} <= there == {"stabaudit", "stabaudit-fix"}
    assert all(f"`{hook}`" in TEXT for hook in there)


def test_every_format_is_in_the_table_of_formats():
    [section] = [one for one in re.split(r"^## ", TEXT, flags=re.MULTILINE) if one.startswith("Output formats\n")]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == set(FORMATS)


def test_the_inputs_of_the_action_that_are_shown_are_there():
    shown = yaml.safe_load(block("GitHub", "yaml"))
    [step] = [step for step in shown["steps"] if "stabaudit" in step["uses"]]
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert set(step["with"]) <= set(action["inputs"])
    assert shown["permissions"] == {"contents": "read", "security-events": "write"}


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_the_job_for_gitlab_leaves_its_report_and_fails(tmp_path: Path, path: str):
    job = yaml.safe_load(block("GitLab", "yaml"))["stabaudit"]
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.py").write_text(UNSTABLE)
    # The runner stops at the first line that fails.
    done = shell("set -e\n" + "\n".join(job["script"]), folder, path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("a.py:3:5: softmax [*]")
    [issue] = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert (issue["check_name"], issue["location"]["path"]) == ("softmax", "a.py")
    assert job["artifacts"]["when"] == "always"


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_the_line_for_tox_runs(tmp_path: Path, path: str):
    tox = configparser.ConfigParser()
    tox.read_string(block("tox and nox", "ini"))
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(UNSTABLE)
    done = shell(tox["testenv:stabaudit"]["commands"], tmp_path, path)
    assert (done.returncode, done.stdout[:16]) == (1, "src/a.py:3:5: so"), done.stderr


def test_the_session_for_nox_runs_what_tox_runs():
    tree = ast.parse(block("tox and nox", "python"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    words = [[ast.literal_eval(word) for word in call.args] for call in calls]
    assert words == [["stabaudit"], ["stabaudit", "check", "src"]]
