"""`check --fix --interactive`: answers from a pipe and from a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fake import IMPORT
from tests.run import NONE, ROOT, SAFE, UNSAFE, put, read, stabaudit

ONE, TWO, THREE = (f"{name} = log(1+exp({name}))\n" for name in "abc")


def done(*names: str) -> str:
    return "".join(f"{name} = stable.softplus({name})\n" for name in names)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(answers: str, *words: str) -> tuple[int, str]:
    code, out, err = stabaudit("check", "--fix", "--interactive", *words, stdin=answers.encode())
    assert err == ""
    return code, out


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ("y\ny\ny\n", IMPORT + done("a", "b", "c")),
        ("n\ny\nn\n", IMPORT + ONE + done("b") + THREE),
        ("N\n\nYes\nx\nno\n", IMPORT + ONE + done("b") + THREE),
        ("n\na\n", IMPORT + ONE + done("b", "c")),
        ("y\nd\n", IMPORT + done("a") + TWO + THREE),
        ("d\n", ONE + TWO + THREE),
        ("q\n", ONE + TWO + THREE),
        ("y\nq\n", IMPORT + done("a") + TWO + THREE),
        ("y\n", IMPORT + done("a") + TWO + THREE),
        ("", ONE + TWO + THREE),
    ],
    ids=repr,
)
def test_what_is_accepted_is_fixed_and_nothing_else(answers: str, text: str):
    put("a.py", ONE + TWO + THREE)
    code, out = ask(answers)
    assert read("a.py") == text
    left = text.count("log(")
    assert code == bool(left)
    assert f"; {left} left" in out
    assert "1 - a = log(1+exp(a))\n1 + from stabaudit import runtime as stable\n2 + a = stable.softplus(a)\n" in out


def test_each_fix_is_asked_about_once_also_when_others_move_it():
    put("a.py", (ONE + TWO + THREE).replace("\n", "\r\n"))
    code, out = ask("n\ny\nn\n" + "y\n" * 10)
    assert (code, out.count("Apply this fix")) == (1, 3)
    assert read("a.py") == (IMPORT + ONE + done("b") + THREE).replace("\n", "\r\n")


def test_to_quit_leaves_later_files_and_to_decline_goes_on_with_the_next():
    for name in ("a.py", "b.py", "c.py"):
        put(name, ONE + TWO)
    ask("d\ny\nq\ny\n")
    assert (read("a.py"), read("b.py"), read("c.py")) == (ONE + TWO, IMPORT + done("a") + TWO, ONE + TWO)


def test_a_question_mark_explains_the_letters():
    put("a.py", ONE)
    assert "a - apply this fix and all later ones in the file\n" in ask("?\nn\n")[1]


def test_only_what_may_be_applied_is_asked_about():
    put("a.py", UNSAFE + NONE)
    code, out = ask("y\ny\n")
    assert (code, "Apply" in out, read("a.py")) == (1, False, UNSAFE + NONE)
    code, out = ask("y\ny\n", "--unsafe-fixes")
    assert (code, out.count("Apply")) == (1, 1)
    assert "= unsafe: the dtype is not known" in out
    assert read("a.py") == "z = expm1(x)\n" + NONE


@pytest.mark.parametrize("words", [["--diff", "--fix"], [], ["--fix", "-"], ["--fix", "--statistics"]])
def test_what_makes_no_sense_is_one_line(words: list[str]):
    code, out, err = stabaudit("check", "--interactive", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_on_a_terminal_it_asks_in_colour(folder: Path):
    pty = pytest.importorskip("pty")
    put("a.py", SAFE + TWO)
    outer, inner = pty.openpty()
    command = [sys.executable, str(ROOT / "tests" / "fake.py"), "check", "--fix", "--interactive"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=environment, close_fds=True)
    os.close(inner)
    seen = b""
    for answer in (b"n\n", b"y\n"):
        asked = seen.count(b"[y,n,a,d,q,?]?")
        while seen.count(b"[y,n,a,d,q,?]?") == asked:
            seen += os.read(outer, 1024)
        os.write(outer, answer)
    while process.poll() is None:
        try:
            seen += os.read(outer, 1024)
        except OSError:
            # Linux says so when the other side has closed.
            break
    os.close(outer)
    assert process.wait(10) == 1
    assert b"\033[1mApply this fix" in seen
    assert read("a.py") == IMPORT + SAFE + done("b")
