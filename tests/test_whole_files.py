"""Whatever stops `--fix`, every file is the old or the new one; `benchmarks/kill.py` shows it at length."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kill import BAD, GRACE, ROOT, SIGNALS, alive, end, files, lay, outcome, start, states, strike
from benchmarks.measure import family

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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the processes of a run are not found there")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("sent", SIGNALS)
def test_a_run_or_a_worker_that_is_killed_leaves_nothing_behind(sent: signal.Signals, jobs: int, tmp_path: Path):
    made, luck = files(60), random.Random(10 * sent + jobs)
    for _ in range(2):
        lay(tmp_path, made)
        process = start(tmp_path, jobs)
        while process.poll() is None and not states(tmp_path, made)["new"]:
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.2))
        target, there = strike(process, sent, luck)
        found = outcome(process, there, sent if target == "parent" else None, tmp_path, made)
        assert not [what for what in BAD if found[what]]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the processes of a run are not found there")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent_and_hold_no_pipe_of_the_user_open(sent: signal.Signals, tmp_path: Path):
    for number in range(60):
        (tmp_path / f"{number:03}.py").write_text("SLEEP")
    command = [sys.executable, str(ROOT / "tests/fake.py"), "check", "-j", "2"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (tmp_path / "asleep").exists():
        time.sleep(0.02)
    there = family(process.pid)
    # The second worker comes when the first has been busy for a second; these only sleep.
    assert len(there) == 2
    process.send_signal(sent)
    # Which waits for the end of both pipes.
    process.communicate(timeout=GRACE)
    end = time.monotonic() + GRACE
    while alive(there) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(there)


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
    program = f"{limited}from stabaudit.cli.main import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, "check", "--fix", "--isolated", "-j", "1", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    found = states(tmp_path, made)
    assert (found["old"], found["left behind"]) == (6, 0)
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
