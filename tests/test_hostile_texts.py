"""What hangs, crashes or fills the memory is one line, and the others are checked, also where there is one process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import ROOT, stabaudit

HEAD = "import numpy as np\ny = np.log(1 + x)\n"
LATE = "takes more than 1 s of CPU time and was skipped; exclude it or raise `--timeout`"
LARGE = "takes too much memory and was skipped; exclude it or raise `--max-memory`"
# A line that the tool does not have, so that it does what is said here while it reads a text.
WAYS = {
    "busy in Python": ("while True: pass", LATE),
    "busy in C": ("import itertools; sum(itertools.repeat(1))", LATE),
    "crashed": (
        "import signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "the process that checked it died (SIGSEGV); exclude it, and please report this",
    ),
    "aborted": ("os.abort()", "the process that checked it died (SIGABRT); exclude it, and please report this"),
    "large at once": ("bytes(1 << 40)", LARGE),
    "large in pieces": ("x = []\n        while True: x.append(bytes(1 << 20))", LARGE),
}
PROGRAM = """
import os, sys
import stabaudit.sieve.selection as module
real = module.selections
def selections(text):
    if "BAD" in text:
        {way}
    return real(text)
module.selections = selections
from stabaudit.cli.main import run
run()
"""
SIEVE = """
import re
import stabaudit.engine.job as module
real = module.could_match
module.could_match = lambda data: re.search(b"(#|##)*z", data) if b"BAD" in data else real(data)
from stabaudit.cli.main import run
run()
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="not all limits hold there")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "c"):
        Path(f"{name}.py").write_text(f"{HEAD}# {name}\n")
    Path("b.py").write_text(f"{HEAD}BAD = 1\n")
    return tmp_path


def check(way: str, *words: str, stdin: str = "", program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program.format(way=way), "check", "--quiet", "--output-format", "concise"]
    limits = ["--timeout", "1", "--max-memory", "600"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run([*command, *limits, *words], input=stdin, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(("way", "said"), WAYS.values(), ids=WAYS)
def test_a_bad_file_is_one_line_and_the_others_are_checked(way: str, said: str, folder: Path):
    done = check(way, "-j", "1", ".")
    assert (done.returncode, done.stderr) == (2, f"error: b.py: {said}\n")
    assert [line[:8] for line in done.stdout.splitlines()] == ["a.py:2:5", "c.py:2:5"]
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["a.py", "b.py", "c.py"]


@pytest.mark.parametrize(("way", "said"), WAYS.values(), ids=WAYS)
def test_a_bad_text_on_standard_input_is_one_line(way: str, said: str):
    done = check(way, "-", stdin=f"{HEAD}BAD = 1\n")
    assert (done.returncode, done.stderr, done.stdout) == (2, f"error: -: {said}\n", "")


def test_a_file_on_which_the_sieve_takes_too_long_is_one_line_and_the_others_are_checked():
    Path("b.py").write_text(f"{HEAD}BAD = 1\n{'#' * 20_000}\n")
    done = check("", "-j", "1", ".", program=SIEVE)
    assert (done.returncode, done.stderr) == (2, f"error: b.py: {LATE}\n")
    assert [line[:8] for line in done.stdout.splitlines()] == ["a.py:2:5", "c.py:2:5"]


def test_a_text_that_is_nested_too_deeply_is_told_with_its_row():
    Path("b.py").write_text(f"{HEAD}if {' and '.join(['x'] * 7_500)}:\n    pass\n")
    done = check("pass", "--no-sieve", ".")
    assert (done.returncode, done.stdout.count("\n")) == (2, 2)
    said = "cannot be parsed: an expression is nested too deeply; fix or exclude the file"
    assert done.stderr == f"error: b.py:3:1: {said}\n"


BOMBS = {
    "a condition": f"if {' and '.join(['np.exp(x)'] * 7_500)}: pass\n",
    "a sum": f"z = {' + '.join(['np.exp(x)'] * 3_000)}\n",
    "a sum behind a mistake": f"print 1\nz = {' + '.join(['np.exp(x)'] * 3_000)}\n",
    "calls": f"z = np.exp(x){'()' * 4_000}\n",
    "calls behind a mistake": f"print 1\nz = np.exp(x){'()' * 4_000}\n",
    "lists behind a mistake": f"print 1\nz = {'[' * 199}np.exp(x){']' * 199}\n",
    "functions": "def f(x):\n    return np.log(1 + np.exp(x))\n" * 3_000,
    "names": "".join(f"a{n} = np.exp(a{n - 1})\n" for n in range(3_000)),
    "products": "z = np.log(1 + np.exp(x))\n" + "".join("z = z * z + z\n" for _ in range(60)),
    "branches": "z = np.exp(x)\n" + "if a:\n    z = z + 1\nelse:\n    z = z - np.exp(z)\n" * 300,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_run_over_a_bomb_ends_and_the_others_are_checked(text: str):
    Path("b.py").write_text(HEAD + text)
    command = [sys.executable, "-m", "stabaudit", "check", "--quiet", "--output-format", "json"]
    before = os.times()
    done = subprocess.run([*command, "--no-cache", "-j", "1", "."], capture_output=True, text=True)
    after = os.times()
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1
    assert {"a.py", "c.py"} <= {os.path.basename(one["filename"]) for one in json.loads(done.stdout)}
    # Not by the clock: the machine may be busy with something else.
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 10


DEEP = {
    "a sum": f"y = {'x + ' * 2_000}x",
    "signs": f"y = {'-' * 2_000}x",
    "attributes": f"y = x{'.T' * 2_000}",
    "choices": f"y = {'x if x else ' * 2_000}x",
}


@pytest.mark.parametrize("line", DEEP.values(), ids=DEEP)
def test_a_fix_beside_a_line_that_is_nested_deeply_is_made_or_the_file_told_of_in_one_line(line: str, tmp_path: Path):
    text = f"import numpy as np\ndef f(x):\n    {line}\n    return np.log(1 + np.exp(x))\n"
    (tmp_path / "a.py").write_text(text)
    _, _, err = stabaudit("check", "--no-cache", "--fix", str(tmp_path / "a.py"), program="stabaudit/__main__.py")
    assert "internal error" not in err
    assert "stable.softplus(x)" in (tmp_path / "a.py").read_text() or "nested too deeply" in err


@pytest.mark.parametrize("names", ["a," * 100_000, ",".join(f"softmax{number}" for number in range(20_000))])
def test_comments_that_are_wrong_without_end_are_told_of_once_and_in_few_lines(names: str, tmp_path: Path):
    (tmp_path / "a.py").write_text(f"import numpy as np\ny = np.log(1 + x)\n# stabaudit: ignore[{names}]\n")
    code, out, err = stabaudit("check", "--no-cache", str(tmp_path / "a.py"), program="stabaudit/__main__.py")
    told = err.splitlines()
    assert code == 1
    assert "a.py:2:5: log1p" in out
    assert len(told) == len({*told}) < 60
    assert len(told) == 1 or told[-1].endswith("a.py:3: here and below 19950 more mistakes in comments")
