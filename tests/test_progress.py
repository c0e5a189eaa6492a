from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stabaudit import progress
from stabaudit.finding import Finding, Position
from stabaudit.task import Result
from tests.run import ROOT

FOUND = Result("b.py", [Finding("softmax", "overflows", Position(1, 1), Position(1, 2))])


def test_a_long_run_counts_its_files_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    ticks = itertools.count()
    monkeypatch.setattr("stabaudit.progress.time.monotonic", lambda: float(next(ticks)))
    results = [Result("a.py"), Result("a2.py"), Result("a3.py"), FOUND, Result("c.py")]
    seen = []
    for result in progress.shown(iter(results), 5):
        seen.append(result)
        if result is FOUND:
            # Whoever writes now writes on an empty line.
            shown = capsys.readouterr().err
            assert "3 of 5 files (60 %)" in shown
            assert shown.endswith("\r\x1b[K")
    assert seen == results
    assert capsys.readouterr().err.endswith("\r\x1b[K")


def test_a_short_run_shows_nothing(capsys: pytest.CaptureFixture[str]):
    assert [*progress.shown(iter([FOUND]), 1)] == [FOUND]
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_it_is_shown_on_a_terminal_alone(tmp_path: Path):
    for name in "abc":
        (tmp_path / f"{name}.py").write_text("x = 1\n")
    hasty = "from stabaudit import cli, progress; progress.PATIENCE = progress.PAUSE = -1; cli.main()"
    command = [sys.executable, "-c", hasty, "check", "."]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    assert subprocess.run(command, cwd=tmp_path, env=env, capture_output=True).stderr == b""
    ours, theirs = os.openpty()
    subprocess.run(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=theirs)
    assert b"1 of 3 files (33 %)" in os.read(ours, 1000)
    os.close(ours)
    os.close(theirs)
