from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.run import NONE, SAFE, UNSAFE, lines, put, quick, read

FILE = "stabaudit-baseline.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("stabaudit.toml", f'baseline = "{FILE}"\n')
    return tmp_path


def test_what_is_in_the_baseline_is_not_reported_and_what_is_new_is():
    put("in/a.py", SAFE + NONE)
    put("b.py", NONE)
    code, out, err = quick("baseline")
    assert (code, out, err) == (0, f"Wrote 3 findings in 2 files to {FILE}.\n", "")
    assert quick("check")[:2] == (0, "Found nothing new in 2 files; 3 known.\n")
    put("in/a.py", "import x\n\n" + NONE + "# more\n" + UNSAFE + "if 1:\n    " + SAFE)
    assert [line.split(" ")[0] for line in lines()] == ["in/a.py:5:5:"]


def test_each_finding_is_known_as_often_as_it_was_there():
    put("a.py", NONE + NONE)
    quick("baseline")
    put("a.py", NONE + NONE + NONE)
    assert len(lines()) == 1


def test_it_is_told_when_known_findings_are_gone():
    put("a.py", NONE + SAFE)
    put("b.py", NONE)
    quick("baseline")
    put("a.py", SAFE)
    put("b.py", "x = 1\n")
    code, out, err = quick("check")
    assert (code, out) == (0, "Found nothing new in 2 files; 1 known.\n")
    assert err == "warning: 2 known findings are gone; run `stabaudit baseline` to drop them\n"
    quick("baseline")
    assert quick("check") == (0, "Found nothing new in 2 files; 1 known.\n", "")
    assert list(json.loads(read(FILE))["files"]) == ["a.py"]


def test_what_was_known_in_a_file_that_is_gone_is_gone():
    put("a.py", NONE + SAFE)
    quick("baseline")
    Path("a.py").unlink()
    put("b.py", "x = 1\n")
    assert quick("check")[2] == "warning: 2 known findings are gone; run `stabaudit baseline` to drop them\n"
    assert quick("check", "--quiet")[2] == ""


def test_what_is_known_is_not_fixed():
    put("a.py", SAFE)
    quick("baseline")
    assert quick("check", "--fix")[0] == 0
    assert read("a.py") == SAFE


def test_the_file_is_the_same_wherever_it_is_written_from(monkeypatch: pytest.MonkeyPatch):
    put("in/a.py", SAFE)
    quick("baseline")
    first = read(FILE)
    monkeypatch.chdir("in")
    assert quick("baseline", "..")[1].endswith(f"{FILE}.\n")
    monkeypatch.chdir("..")
    assert read(FILE) == first
    assert first.endswith("}\n")


def test_without_a_setting_the_file_has_a_name_and_the_setting_is_told():
    put("stabaudit.toml", "")
    put("a.py", SAFE)
    assert quick("baseline")[1].endswith(f'Put `baseline = "{FILE}"` into the configuration for `check` to use it.\n')
    assert quick("check")[0] == 1
    assert quick("check", "--baseline", FILE)[0] == 0


def test_a_file_that_cannot_be_checked_keeps_the_baseline_from_being_written():
    put("a.py", "def (\n")
    code, out, err = quick("baseline")
    assert (code, out, err.splitlines()[-1]) == (
        2,
        "",
        f"error: {Path(FILE).resolve()}: not written, because 1 file could not be checked",
    )
    assert not Path(FILE).exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "files": {}}', '{"version": 1, "files": {"a": 3}}'])
def test_a_broken_baseline_is_one_line(text: str):
    put("a.py", SAFE)
    put(FILE, text)
    code, out, err = quick("check")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "not a baseline" in err


def test_a_missing_baseline_is_one_line():
    put("a.py", SAFE)
    code, _, err = quick("check")
    assert (code, err.count("\n")) == (2, 1)
    assert err.endswith("no such baseline; `stabaudit baseline` writes it\n")
