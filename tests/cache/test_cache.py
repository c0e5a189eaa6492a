"""Runs with a cache say what runs without one say, and do not look where nothing has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from stabaudit.engine.cache import folder as place
from stabaudit.engine.cache.key import cache_key
from stabaudit.engine.cache.memo import Entry, Unread
from stabaudit.engine.cache.record import read, written
from stabaudit.engine.run import FEW_FILES
from stabaudit.findings.finding import Edit, Finding, Fix, Position, Witness
from stabaudit.proof import answers
from stabaudit.source.read import load
from stabaudit.suppress.comment import NONE, Comment, Comments, Flaw, Span
from tests.run import ROOT, put, quick

SOFTMAX = "import numpy as np\n\n\ndef f(x):\n    e = np.exp(x)\n    return e / e.sum()\n"
SOFTPLUS = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n"
CLEAN = "import numpy as np\n\n\ndef f(x):\n    return np.log(x)\n"
NOTEBOOK = {
    "cells": [{"cell_type": "code", "metadata": {}, "source": SOFTPLUS, "outputs": [], "execution_count": None}],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
LONG_AGO = 1_000_000_000


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STABAUDIT_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    put("pyproject.toml", "[tool.stabaudit]\ndocuments = true\n")
    old("a.py", SOFTMAX)
    old("b.py", SOFTPLUS)
    old("clean.py", CLEAN)
    old("other.py", "print('no formula')\n")
    old("broken.py", "import numpy as np\nnp.exp(\n")
    old("nb.ipynb", json.dumps(NOTEBOOK))
    old("doc.md", f"Text\n\n```python\n{SOFTPLUS}```\n\n```python\n{CLEAN}```\n")
    return tmp_path


def old(name: str, text: str) -> None:
    """A file that was written long ago, so that its time tells that it has not changed since."""
    put(name, text)
    os.utime(name, (LONG_AGO, LONG_AGO))


def check(*words: str) -> tuple[int, str, str]:
    return quick("check", "--output-format", "json", *words, real=True)


def without_analysis(*words: str) -> tuple[int, str, str]:
    """The same where nothing may be analysed anew."""
    with mock.patch("stabaudit.check.check_text", side_effect=AssertionError("looked at again")):
        return check(*words)


def kept() -> Path:
    """Where the cache of the project lies that a test is in."""
    return Path(place.home())


def stores() -> list[Path]:
    return [*kept().glob("*.sqlite")]


def test_a_second_run_says_the_same_and_analyses_nothing():
    first = check("--no-cache")
    assert check() == first
    assert without_analysis() == first


def test_a_file_of_which_there_is_nothing_to_say_is_not_even_read():
    for number in range(FEW_FILES):
        old(f"silent{number}.py", CLEAN)
    check()
    opened = []
    real = open

    def watched(path, *rest, **more):
        opened.append(os.path.basename(str(path)))
        return real(path, *rest, **more)

    with mock.patch("builtins.open", watched):
        check()
    assert "a.py" in opened
    assert not {"clean.py", "other.py", "silent3.py"} & {*opened}


def test_few_files_whose_bytes_name_no_function_need_no_store(tmp_path: Path):
    check("other.py")
    assert not kept().exists()
    check("other.py", "clean.py")
    assert kept().exists()


def test_a_formula_that_was_judged_in_another_file_is_not_judged_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "_KNOWN", {})
    check()
    old("new.py", SOFTMAX.replace("(x)", "(logits)"))
    monkeypatch.setattr(answers, "_KNOWN", {})
    with mock.patch("stabaudit.proof.site.judge", side_effect=AssertionError("judged again")):
        kept = check("new.py")
    assert kept == check("new.py", "--no-cache")
    assert "logits" in kept[1]


def test_processes_hand_back_the_verdicts_that_they_gave(monkeypatch: pytest.MonkeyPatch):
    for number in range(60):
        old(f"many/m{number}.py", SOFTMAX.replace("f(", f"f{number}("))
    check("many", "-j", "2")
    monkeypatch.setattr(answers, "_KNOWN", {})
    with mock.patch("stabaudit.proof.site.judge", side_effect=AssertionError("judged again")):
        check("a.py")


def test_what_is_selected_or_silenced_is_decided_anew():
    everything = check()
    assert without_analysis("--select", "softplus") == check("--select", "softplus", "--no-cache") != everything
    assert without_analysis("--ignore", "softplus") == check("--ignore", "softplus", "--no-cache")
    put("pyproject.toml", '[tool.stabaudit]\nper-file-ignores = {"a.py" = ["softmax"]}\n')
    assert without_analysis() == check("--no-cache")


def test_a_comment_that_silences_nothing_is_told_of_again():
    old("c.py", f"{CLEAN}y = 1  # stabaudit: ignore[softmax]\n")
    old("d.py", f"{CLEAN}y = 1  # NOQA: softmax\n")
    first = check("c.py", "d.py", "--no-cache")
    assert "unused" in first[1]
    assert check("c.py", "d.py") == first
    assert without_analysis("c.py", "d.py") == first


def test_a_change_that_leaves_size_and_time_of_the_file_is_seen():
    check()
    changed = SOFTPLUS.replace("1 + ", "2 + ")
    old("b.py", changed)
    assert check("b.py") == check("b.py", "--no-cache")
    assert "softplus" not in check("b.py")[1]


def test_a_file_that_changes_while_it_is_read_is_told_of_as_it_was_read(monkeypatch: pytest.MonkeyPatch):
    check()

    def late(path: str) -> bytes:
        if path == "b.py":
            old("b.py", SOFTMAX)
        return load(path)

    with monkeypatch.context() as here:
        here.setattr("stabaudit.engine.run.load", late)
        assert "softmax" in check("b.py")[1]
    assert "softmax" in check("b.py")[1]


def test_a_file_that_was_written_just_now_is_read_again():
    put("b.py", SOFTPLUS)
    check("b.py")
    before = os.stat("b.py")
    put("b.py", CLEAN.ljust(len(SOFTPLUS)))
    os.utime("b.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert json.loads(check("b.py")[1]) == []


def test_a_file_that_was_only_touched_or_moved_is_not_analysed_again():
    check()
    first = check("a.py")
    os.utime("a.py")
    assert without_analysis("a.py") == first
    os.rename("a.py", "z.py")
    assert without_analysis("z.py")[1].replace("z.py", "a.py") == first[1]


def test_the_same_bytes_mean_something_else_in_a_document():
    old("c.md", SOFTPLUS)
    old("c.py", SOFTPLUS)
    assert json.loads(check("c.md")[1]) == []
    assert len(json.loads(check("c.py")[1])) == 1


def test_what_fixes_leave_is_looked_at(project: Path):
    check()
    code, _, _ = quick("check", "--fix", "a.py", "b.py", "nb.ipynb", real=True)
    assert code == 0
    assert "stable.softmax" in (project / "a.py").read_text()
    assert json.loads(check("a.py", "b.py", "nb.ipynb")[1]) == []


def test_findings_of_the_baseline_that_are_gone_are_still_counted():
    os.unlink("broken.py")
    quick("baseline", real=True)
    put("pyproject.toml", '[tool.stabaudit]\nbaseline = "stabaudit-baseline.json"\n')
    old("a.py", CLEAN)
    first = check("--no-cache")
    assert "gone" in first[2]
    assert check() == first
    assert check() == first


def test_many_files_in_several_processes_are_kept_as_few_are():
    for number in range(60):
        old(f"many/m{number}.py", SOFTMAX.replace("(x)", f"(x{number})"))
    old("many/broken.py", "import numpy as np\nnp.exp(\n")
    first = check("-j", "2", "--no-cache", "many")
    assert check("-j", "2", "many") == first
    assert without_analysis("-j", "2", "many") == first


@pytest.mark.parametrize("damage", [b"", b"not a database, but long enough to be read as one" * 40])
def test_a_damaged_store_is_ignored_and_made_anew(project: Path, damage: bytes):
    first = check()
    (store,) = stores()
    store.write_bytes(damage)
    assert check() == first
    assert check() == first
    assert without_analysis() == first


def test_damaged_pages_and_entries_are_ignored(project: Path):
    import sqlite3

    first = check()
    (store,) = stores()
    with sqlite3.connect(store) as base:
        base.execute("UPDATE contents SET said = '{\"x\": [[1, 2]]}'")
    base.close()
    os.utime("a.py")
    assert check() == first
    data = bytearray(store.read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    store.write_bytes(bytes(data))
    assert check() == first


def test_a_store_that_another_run_holds_is_not_waited_for_long(project: Path):
    import sqlite3

    check()
    (store,) = stores()
    base = sqlite3.connect(store)
    base.execute("BEGIN EXCLUSIVE")
    with mock.patch("stabaudit.engine.cache.store.PATIENCE", 0.05):
        assert check() == check("--no-cache")
    base.close()


def test_runs_at_the_same_time_do_not_harm_each_other():
    command = [sys.executable, "-W", "error", "-m", "stabaudit", "check", "--output-format", "json"]
    runs = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for _ in range(3)
    ]
    answers = {run.communicate() for run in runs}
    assert len(answers) == 1
    assert without_analysis()[1].encode() == answers.pop()[0]


def test_a_folder_that_cannot_be_written_is_no_hindrance(project: Path):
    kept().parent.mkdir(parents=True)
    kept().write_text("a file in its place")
    assert check() == check("--no-cache")


def test_the_folder_is_marked_as_a_cache_and_hidden_from_git():
    check()
    assert (kept() / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (kept() / ".gitignore").read_text() == "*\n"


def test_a_project_has_one_cache_among_the_files_of_the_user(project: Path, monkeypatch: pytest.MonkeyPatch):
    old("inner/deep/c.py", SOFTPLUS)
    top = kept()
    monkeypatch.chdir(project / "inner" / "deep")
    check("c.py")
    assert kept() == top
    assert top.parent == project / "home" / "stabaudit"
    assert len(stores()) == 1
    put("stabaudit.toml", "")
    assert kept() != top


def test_no_cache_keeps_nothing():
    check("--no-cache")
    assert not kept().exists()


def test_clean_removes_the_cache_and_nothing_else():
    check()
    assert quick("clean", real=True)[1] == f"Removed {kept()}.\n"
    assert not kept().exists()
    assert quick("clean", real=True)[1] == "There is no cache.\n"
    kept().mkdir()
    (kept() / "mine.txt").write_text("not a cache")
    assert quick("clean", real=True)[1] == "There is no cache.\n"
    assert (kept() / "mine.txt").exists()


def test_clean_leaves_what_is_not_ours_in_a_cache():
    check()
    (mine := kept() / "mine.sqlite").write_text("not a store")
    assert quick("clean", real=True)[1] == f"Removed the contents of {kept()}.\n"
    assert [*kept().iterdir()] == [mine]


def test_projects_that_were_not_looked_at_for_long_are_forgotten(project: Path):
    check()
    (first,) = stores()
    os.utime(first, (LONG_AGO, LONG_AGO))
    put("inner/stabaudit.toml", "")
    old("inner/a.py", SOFTMAX)
    (other := first.parents[1] / "0123456789abcdef").mkdir()
    (other / f"{'a' * 20}.sqlite").write_text("of somebody else")
    os.chdir("inner")
    check()
    assert not first.parent.exists()
    assert [*other.iterdir()]
    assert len(stores()) == 1


def test_another_edition_of_the_program_begins_anew(project: Path, monkeypatch: pytest.MonkeyPatch):
    check()
    rules = project / "rules"
    put("rules/one.py", "1\n")
    monkeypatch.setattr("stabaudit.engine.cache.key.FOLDERS", (str(rules),))
    one = cache_key()
    put("rules/two.py", "2\n")
    assert len({one, cache_key()}) == 2
    for number in range(5):
        monkeypatch.setattr("stabaudit.engine.cache.store.cache_key", lambda number=number: f"{number:020x}")
        check("clean.py")
    assert len(stores()) == place.OTHERS + 1


def test_findings_are_written_and_read_without_loss():
    here = Position(1, 2), Position(3, 4)
    edits = (Edit(*here, "a\n"), Edit(*here, "ü"))
    said = (
        Finding("softmax", "m", *here, Witness("x = 1", "inf", "1", None, "n"), Fix("unsafe", "f", edits, "r")),
        Finding("log1p", "m", *here, withheld="w"),
    )
    spoken = Comments(
        [
            Comment("noqa", None, 1, Span(1, 2), None, True, 1, 2),
            Comment("off", ("a",), 3, Span(1, 9), Span(4, 5), False, 3, 3),
        ],
        [Flaw(4, "what?")],
        [],
    )
    entries = {
        "one": Entry(said, spoken),
        "two": Entry((), NONE),
        "three": Entry(Unread("bad", here[0]), NONE),
    }
    assert read(written(entries)) == entries
