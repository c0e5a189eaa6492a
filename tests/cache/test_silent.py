"""Files of which nothing is said are told of together in a second run, and each counts."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from stabaudit.cli.main import main
from stabaudit.engine.job import FileJob, Result
from stabaudit.engine.run import run

BAD = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six files, the third and the last of which have a finding; all of them old enough to be known by their times."""
    for number in range(6):
        path = tmp_path / f"{number}.py"
        path.write_text(BAD if number in (2, 5) else f"x = {number}\n")
        os.utime(path, (time.time() - 60, time.time() - 60))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STABAUDIT_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def results(tree: Path) -> list[Result]:
    """A run over the tree with what earlier ones have kept."""
    from stabaudit.engine.cache.store import opened

    return list(run([f"{number}.py" for number in range(6)], lambda _: FileJob(), 1, opened))


def test_silent_files_are_told_of_together(tree: Path):
    assert [one.files for one in results(tree)] == [1] * 6
    assert [(one.path, one.files, len(one.findings)) for one in results(tree)] == [
        ("1.py", 2, 0),
        ("2.py", 1, 1),
        ("4.py", 2, 0),
        ("5.py", 1, 1),
    ]


def test_each_file_counts(tree: Path, capsys: pytest.CaptureFixture[str]):
    (tree / "2.py").write_text("x = 2\n")
    (tree / "5.py").write_text("x = 5\n")
    for _ in range(2):
        assert main(["check", "."]) == 0
        assert capsys.readouterr().out == "Found nothing in 6 files.\n"


def test_a_silent_file_that_is_changed_is_looked_at(tree: Path):
    results(tree)
    (tree / "1.py").write_text(BAD)
    assert [one.path for one in results(tree) if one.findings] == ["1.py", "2.py", "5.py"]
    (tree / "0.py").unlink()
    assert [one.path for one in results(tree) if one.trouble] == ["0.py"]
