from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import copy

pytest.importorskip("pre_commit", reason="pre-commit is not installed")

pytestmark = pytest.mark.slow

UNSTABLE = "import numpy as np\n\n\ndef shares(z):\n    return np.exp(z) / np.sum(np.exp(z))\n"
CONFIG = "repos:\n- repo: {clone}\n  rev: {rev}\n  hooks:\n  - id: {hook}\n"


def run(*words: str, folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GIT_DIR")}
    environment |= {**plain, **names, "PRE_COMMIT_HOME": str(folder.parent / "home")}
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, env=environment)
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What is in the working tree now as a repository of its own, and its commit."""
    folder = tmp_path_factory.mktemp("hooks") / "clone"
    if not copy(folder):
        pytest.skip("not a git checkout: there is nothing to clone")
    run("git", "init", "-q", ".", folder=folder)
    run("git", "add", "-A", folder=folder)
    run("git", "commit", "-qm", "all", folder=folder)
    return folder, run("git", "rev-parse", "HEAD", folder=folder).stdout.strip()


@pytest.fixture
def project(clone: tuple[Path, str]) -> Path:
    folder = clone[0].parent / "project"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    run("git", "init", "-q", ".", folder=folder)
    return folder


def configure(project: Path, clone: tuple[Path, str], hook: str) -> None:
    path, rev = clone
    (project / ".pre-commit-config.yaml").write_text(CONFIG.format(clone=path, rev=rev, hook=hook))
    run("git", "add", "-A", folder=project)
    command = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    done = run(*command, folder=project, check=False)
    if done.returncode and "pip" in done.stdout + done.stderr:
        pytest.skip("pre-commit could not install the hook: no package index can be reached")
    assert done.returncode == 0, done.stdout + done.stderr


def commit(project: Path) -> subprocess.CompletedProcess[str]:
    run("git", "add", "-A", folder=project)
    return run("git", "commit", "-m", "more", folder=project, check=False)


def test_a_commit_is_refused_then_fixed_by_the_fixing_hook_and_then_passes(project: Path, clone: tuple[Path, str]):
    (project / "a b.py").write_text(UNSTABLE)
    configure(project, clone, "stabaudit")
    refused = commit(project)
    assert refused.returncode == 1
    assert "a b.py:5:12: softmax [*]" in refused.stdout + refused.stderr
    assert (project / "a b.py").read_text() == UNSTABLE

    configure(project, clone, "stabaudit-fix")
    fixing = commit(project)
    assert fixing.returncode == 1
    assert "files were modified by this hook" in fixing.stdout + fixing.stderr
    assert "stable.softmax(z)" in (project / "a b.py").read_text()

    assert commit(project).returncode == 0
    configure(project, clone, "stabaudit")
    assert commit(project).returncode == 0


def test_what_is_excluded_is_not_checked_though_pre_commit_names_it(project: Path, clone: tuple[Path, str]):
    (project / "pyproject.toml").write_text('[tool.stabaudit]\nextend-exclude = ["old"]\n')
    (project / "old").mkdir()
    (project / "old" / "a.py").write_text(UNSTABLE)
    configure(project, clone, "stabaudit")
    done = commit(project)
    assert done.returncode == 0, done.stdout + done.stderr
