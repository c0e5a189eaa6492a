from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stabaudit.engine import pool
from stabaudit.engine import run as engine
from stabaudit.engine.job import FileJob, Result
from stabaudit.engine.limits import Limits
from stabaudit.engine.run import much, run
from stabaudit.engine.start import Started
from stabaudit.findings.finding import Finding
from tests import fake

TASK = FileJob(fake.check)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    # The sieve is made from the real rules and holds back what only the fake ones know.
    monkeypatch.setattr("stabaudit.engine.job.could_match", lambda data: True)
    return tmp_path


def put(**texts: str) -> list[str]:
    for name, text in texts.items():
        Path(f"{name}.py").write_text(text)
    return [f"{name}.py" for name in texts]


def slow_first(text: str) -> Sequence[Finding]:
    if "SLOW" in text:
        time.sleep(0.5)
    return fake.check(text)


def hangs(text: str) -> Sequence[Finding]:
    if "HANG" in text:
        time.sleep(600)
    return fake.check(text)


def is_busy(text: str) -> Sequence[Finding]:
    if "BUSY" in text:
        # In C, where no signal is heard.
        sum(itertools.repeat(1))
    return fake.check(text)


def works(text: str) -> Sequence[Finding]:
    end = time.process_time() + 2
    while "WORKS" in text and time.process_time() < end:
        pass
    return fake.check(text.replace("WORKS", "SOFT"))


def is_large(text: str) -> Sequence[Finding]:
    if "LARGE" in text:
        bytes(1 << 30)
    grown = []
    while "GROWS" in text:
        grown.append(bytes(1 << 20))
    return fake.check(text)


def is_killed(text: str) -> Sequence[Finding]:
    if "KILLED" in text and not os.path.exists("killed"):
        Path("killed").touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return fake.check(text.replace("KILLED", "SOFT"))


def told(result: Result) -> str:
    return str(result.trouble) if result.trouble else " ".join(one.rule for one in result.findings)


MIXED = {
    "a": "SOFT exp(x) - 1",
    "b": "def (",
    "c": "CRASH",
    "d": "",
    "e": "\xff\0",
    "f": "SOFT",
}
WANT = [
    "expm1 softmax",
    "b.py:1:5: cannot be parsed: invalid syntax; fix or exclude the file",
    "c.py: internal error: ZeroDivisionError: of a kind at fake.py:",
    "",
    "e.py:1: holds a NUL byte",
    "softmax",
    "none.py: no such file",
]


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers share even a short run."""
    monkeypatch.setattr(engine, "MANY_FILES", 1)
    monkeypatch.setattr(pool, "ALONE", 0.0)
    monkeypatch.setattr(pool, "WAITING", -1)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("shared")
def test_one_bad_file_does_not_take_the_others_down(jobs: int):
    results = list(run([*put(**MIXED), "none.py"], lambda _: TASK, jobs))
    assert [result.path for result in results] == ["a.py", "b.py", "c.py", "d.py", "e.py", "f.py", "none.py"]
    for result, want in zip(results, WANT, strict=True):
        assert told(result).startswith(want)
        assert "\n" not in told(result)


@pytest.mark.usefixtures("shared")
def test_a_process_that_dies_takes_only_its_own_file_with_it():
    # Large enough to fill the pipe to the processes, if the texts went through it.
    long = "#" * 100_000
    paths = put(a="SOFT", b="DIE" + long, c="SOFT" + long, d="SOFT" + long, e="DIE", f="SOFT")
    results = [told(result) for result in run(paths, lambda _: TASK, 2)]
    died = "{}.py: the process that checked it died (exit code 9); exclude it, and please report this"
    assert results == ["softmax", died.format("b"), "softmax", "softmax", died.format("e"), "softmax"]


@pytest.mark.usefixtures("shared")
def test_a_process_that_hangs_is_ended_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stabaudit.engine.limits.SHARE", 1)
    paths = put(a="SOFT", b="HANG", **{f"c{n}": "SOFT" for n in range(20)})
    results = [told(result) for result in run(paths, lambda _: FileJob(hangs), 2, limits=Limits(3))]
    late = "b.py: gave no result within 3 s and was skipped; exclude it or raise `--timeout`"
    assert results == ["softmax", late, *["softmax"] * 20]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not tell what a process waits for")
@pytest.mark.usefixtures("shared")
def test_a_process_that_a_busy_machine_keeps_waiting_is_given_its_time(monkeypatch: pytest.MonkeyPatch):
    # On a machine with too much to do the clock runs far ahead of the processor time that a file has used.
    monkeypatch.setattr("stabaudit.engine.limits.SHARE", 0.05)
    paths = put(a="SOFT", b="WORKS", c="SOFT")
    results = [told(result) for result in run(paths, lambda _: FileJob(works), 2, limits=Limits(20))]
    assert results == ["softmax", "softmax", "softmax"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processor time of a process has no limit there")
@pytest.mark.usefixtures("shared")
def test_a_process_that_is_busy_for_too_long_is_ended_whatever_it_does():
    paths = put(a="SOFT", b="BUSY", c="SOFT")
    results = [told(result) for result in run(paths, lambda _: FileJob(is_busy), 2, limits=Limits(1))]
    late = "b.py: takes more than 1 s of CPU time and was skipped; exclude it or raise `--timeout`"
    assert results == ["softmax", late, "softmax"]


@pytest.mark.parametrize(("size", "seconds"), [(0, 8), (500_000, 8), (750_000, 12), (1_000_000, 16), (100_000_000, 16)])
def test_a_large_file_has_more_time_within_bounds(size: int, seconds: int):
    assert Limits(8).time(size) == seconds
    assert Limits(0).time(size) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory has no limit there")
@pytest.mark.usefixtures("shared")
def test_a_file_that_takes_too_much_memory_is_given_up_and_the_others_go_on():
    paths = put(a="SOFT", b="LARGE", c="SOFT", d="GROWS", e="SOFT")
    results = [told(result) for result in run(paths, lambda _: FileJob(is_large), 2, limits=Limits(megabytes=300))]
    large = "{}.py: takes too much memory and was skipped; exclude it or raise `--max-memory`"
    assert results == ["softmax", large.format("b"), "softmax", large.format("d"), "softmax"]


@pytest.mark.usefixtures("shared")
def test_a_process_that_is_killed_from_outside_does_its_file_again():
    results = [told(result) for result in run(put(a="SOFT", b="KILLED", c="SOFT"), lambda _: FileJob(is_killed), 2)]
    assert results == ["softmax"] * 3


@pytest.mark.usefixtures("shared")
def test_results_keep_their_order_when_the_first_is_the_slowest():
    paths = put(a="SLOW", **{f"b{n}": "SOFT" for n in range(30)})
    assert [result.path for result in run(paths, lambda _: FileJob(slow_first), 2)] == paths


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the processes that are started."""
    found: list[int] = []

    def start(*arguments: Any) -> Started:
        one = real(*arguments)
        found.append(one.process.pid)
        return one

    real = pool.start
    monkeypatch.setattr(pool, "start", start)
    return found


def test_more_workers_are_started_when_a_run_turns_out_to_be_long(started: list[int], monkeypatch: pytest.MonkeyPatch):
    files = put(**{f"b{n}": "SOFT" for n in range(60)})
    assert len([*run(files, lambda _: TASK, 2)]) == 60
    few = len(started)
    monkeypatch.setattr(pool, "ALONE", 0.0)
    assert len([*run(files, lambda _: TASK, 2)]) == 60
    assert (few, len(started)) == (1, 3)


@pytest.mark.usefixtures("shared")
def test_a_run_that_is_given_up_stops_its_processes(started: list[int]):
    results = run(put(a="SOFT", b="SLOW", c="SLOW", d="SOFT"), lambda _: FileJob(slow_first), 2)
    next(results)
    assert any(map(alive, started))
    results.close()
    assert not any(map(alive, started))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_little_work_starts_no_processes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stabaudit.engine.pool.share", lambda *_: pytest.fail("a pool was started"))
    assert len(list(run(put(a="SOFT", b="SOFT"), lambda _: TASK, 8))) == 2


def test_much_work_is_many_files_or_many_bytes_but_less_of_it_within_pre_commit(
    monkeypatch: pytest.MonkeyPatch,
):
    assert not much(50, 900_000)
    assert much(51, 0)
    assert much(2, 2_000_000)
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert not much(2, 2_000_000)
    assert much(51, 0)


def test_what_the_sieve_holds_back_is_not_even_decoded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stabaudit.engine.job.could_match", lambda data: b"exp" in data)
    assert [told(one) for one in run(put(a="CRASH", b="exp(x) - 1"), lambda _: TASK)] == ["", "expm1"]


def test_only_the_rules_that_were_asked_for_are_found_and_fixed():
    paths = put(a="y = log(1+exp(x))\nz = exp(x) - 1\n")
    [result] = run(paths, lambda _: FileJob(fake.check, frozenset({"softplus"}), fix="unsafe", write=True))
    assert (dict(result.fixed), list(result.findings)) == ({"softplus": 1}, [])
    assert Path("a.py").read_text() == fake.IMPORT + "y = stable.softplus(x)\nz = exp(x) - 1\n"


def test_fixes_are_written_only_on_request():
    paths = put(a="y = log(1+exp(x))\n")
    [result] = run(paths, lambda _: FileJob(fake.check, fix="safe", write=False))
    assert "stable.softplus" in result.text
    assert Path("a.py").read_text() == "y = log(1+exp(x))\n"


def test_a_file_that_cannot_be_written_keeps_its_findings(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    paths = put(a="y = log(1+exp(x))\n")
    monkeypatch.setattr(os, "replace", fail)
    [result] = run(paths, lambda _: FileJob(fake.check, fix="safe", write=True))
    assert [one.rule for one in result.findings] == ["softplus"]
    assert str(result.trouble) == "a.py: could not be written: no space left on device; check the path"


def test_a_file_without_findings_holds_no_text():
    [result] = run(put(a="x = 1\n" * 1000), lambda _: TASK)
    assert result == Result("a.py")
