"""`stabaudit check --watch`: a real process, ended as its users end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run import ROOT, put, quick

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
#: Where the tests run in the background of a shell, what they start ignores Ctrl-C.
PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from stabaudit.__main__ import run; sys.exit(run())"
)
CLEAN, NAIVE = "import numpy as np\n", "import numpy as np\ny = np.log(1 + x)\n"


@pytest.fixture
def watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    put("a.py", CLEAN)
    put("more.toml", "preview = false\n")
    put("../stabaudit.toml", "preview = false\n")
    put("reach.json", '{"version": 1, "files": {}}')
    words = getattr(request, "param", ())
    command = [sys.executable, "-c", PROGRAM, "check", "--watch", "--output-format", "concise", *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "STABAUDIT_NO_CACHE": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    yield process
    process.kill()
    process.communicate()


def until(process: subprocess.Popen[str], words: str) -> str:
    """The next line with some words in it."""
    assert process.stdout
    return next(line for line in process.stdout if words in line)


def test_each_change_is_checked_until_ctrl_c(watching: subprocess.Popen[str]):
    until(watching, "Found nothing in 1 file")
    put("a.py", NAIVE)
    assert until(watching, "log1p").startswith("a.py:2:5: log1p")
    put("stabaudit.toml", "nonsense = 1\n")
    assert "unknown key `nonsense`" in until(watching, "error")
    put("stabaudit.toml", 'ignore = ["log1p"]\n')
    until(watching, "Found nothing in 1 file")
    put("b.py", NAIVE.replace("log(1 + x)", "exp(x) - 1"))
    assert until(watching, "expm1").startswith("b.py:2:5: expm1")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=20) == 130


@pytest.mark.parametrize(
    ("watching", "file"),
    [
        (("--config", "more.toml"), "more.toml"),
        (("--reach", "reach.json"), "reach.json"),
        ((), "../stabaudit.toml"),
    ],
    indirect=["watching"],
    ids=["the configuration that is named", "the results of tests", "a configuration above"],
)
def test_each_file_that_says_how_to_check_is_watched(watching: subprocess.Popen[str], file: str):
    until(watching, "Found nothing in 1 file")
    put(file, "!")
    assert file.lstrip("./") in until(watching, "error")


@pytest.mark.parametrize("words", [("--fix",), ("--diff",), ("-",), ("--add-ignores",)])
def test_what_changes_files_is_not_watched(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = quick("check", "--watch", *words)
    assert (code, out) == (2, "")
    assert "--watch cannot be combined with" in err
