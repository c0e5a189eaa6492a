"""Whatever stops `--fix`, every file is the old or the new one; `benchmarks/kill.py` shows it at length."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, end, files, lay, start, states

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_every_file_whole(sent: signal.Signals, tmp_path: Path):
    made, luck = files(60), random.Random(sent)
    for _ in range({signal.SIGKILL: 5, signal.SIGINT: 2}.get(sent, 1)):
        lay(tmp_path, made)
        process = start(tmp_path, jobs=2)
        # Until something is written, and a random moment more.
        while process.poll() is None and not states(tmp_path, made)["new"]:
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.2))
        if process.poll() is None:
            end(process, sent)
        found = states(tmp_path, made)

        assert found["torn"] == 0
        if sent is signal.SIGINT:
            assert found["left behind"] == 0


def test_two_runs_at_once_leave_every_file_whole(tmp_path: Path):
    made = files(60)
    lay(tmp_path, made)
    for process in [start(tmp_path, jobs=1), start(tmp_path, jobs=2)]:
        assert process.wait() in (0, 2)

    found = states(tmp_path, made)
    assert (found["new"], found["left behind"]) == (60, 0)


def test_where_there_is_no_room_the_files_stay_as_they_are(tmp_path: Path):
    made = files(6)
    lay(tmp_path, made)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); "
    program = f"{limited}from stabaudit.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, "check", "--fix", "--isolated", "-j", "1", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    found = states(tmp_path, made)
    assert (found["old"], found["left behind"]) == (6, 0)
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
