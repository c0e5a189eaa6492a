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
    assert err == "warning: 2 known findings are gone; run `stabaudit baseline --prune`\n"
    quick("baseline")
    assert quick("check") == (0, "Found nothing new in 2 files; 1 known.\n", "")
    assert list(json.loads(read(FILE))["files"]) == ["a.py"]


def test_what_was_known_in_a_file_that_is_gone_is_gone():
    put("a.py", NONE + SAFE)
    quick("baseline")
    Path("a.py").unlink()
    put("b.py", "x = 1\n")
    assert (
        quick("check")[2]
        == "warning: 2 known findings are gone or in files of other names; run `stabaudit baseline --prune`\n"
    )
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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not valid JSON at line 1, column 2"),
        (b'{\n  "version": 2,,\n}', "not valid JSON at line 2, column 16"),
        (b"", "not valid JSON at line 1, column 1"),
        (b"\xff", "not UTF-8"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_baseline_that_is_no_json_is_told_with_its_place_and_the_remedy(data: bytes, said: str):
    put("a.py", SAFE)
    Path(FILE).write_bytes(data)
    code, out, err = quick("check")
    assert (code, out) == (2, "")
    assert err == f"error: {Path(FILE).resolve()}: {said}; `stabaudit baseline` rewrites it\n"


@pytest.mark.parametrize("text", ["[]", '{"version": 1, "files": {}}', '{"version": 2, "files": {"a": 3}}'])
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


def test_the_file_can_be_read():
    put("in/a.py", SAFE + NONE + NONE)
    quick("baseline")
    files = {"in/a.py": {"softmax": {"SOFT": 2}, "softplus": {"log(1+exp(x))": 1}}}
    assert json.loads(read(FILE)) == {"version": 2, "files": files}


def test_code_that_is_laid_out_anew_is_known():
    put("a.py", SAFE)
    put(FILE, json.dumps({"version": 2, "files": {"a.py": {"softplus": {"log( 1 + exp(x,), )": 1}}}}))
    assert lines() == []


def test_paths_are_recorded_without_touching_what_is_known_of_others():
    put("in/a.py", SAFE)
    put("out/b.py", NONE)
    quick("baseline")
    put("in/a.py", NONE)
    put("out/b.py", UNSAFE)
    assert quick("baseline", "in")[1] == f"Wrote 1 finding in 1 file to {FILE}; kept 1 finding in 1 other file.\n"
    assert json.loads(read(FILE))["files"] == {
        "in/a.py": {"softmax": {"SOFT": 1}},
        "out/b.py": {"softmax": {"SOFT": 1}},
    }
    Path("in/a.py").unlink()
    put("in/c.py", "x = 1\n")
    quick("baseline", "in")
    assert list(json.loads(read(FILE))["files"]) == ["out/b.py"]


def test_pruning_drops_what_is_gone_and_records_nothing_new():
    put("a.py", NONE + NONE + SAFE)
    put("b.py", NONE)
    quick("baseline")
    put("a.py", NONE + UNSAFE)
    Path("b.py").rename("c.py")
    put("c.py", NONE + NONE)
    assert quick("baseline", "--prune")[1] == f"Wrote 2 findings in 2 files to {FILE}.\n"
    assert json.loads(read(FILE))["files"] == {"a.py": {"softmax": {"SOFT": 1}}, "c.py": {"softmax": {"SOFT": 1}}}
    Path(FILE).unlink()
    code, _, err = quick("baseline", "--prune")
    assert (code, err.count("\n")) == (2, 1)


def test_what_was_known_in_a_file_that_is_gone_is_known_wherever_it_turns_up():
    put("a.py", NONE + SAFE)
    put("b.py", NONE)
    quick("baseline")
    Path("a.py").rename("c.py")
    put("c.py", read("c.py") + UNSAFE)
    _, out, err = quick("check", "--output-format", "concise")
    assert [line.split(" ")[0] for line in out.splitlines()[:-1]] == ["c.py:3:5:"]
    assert out.splitlines()[-1].endswith("; 3 known.")
    assert err == "warning: 2 known findings are gone or in files of other names; run `stabaudit baseline --prune`\n"
    quick("baseline", "--prune")
    assert quick("check", "--output-format", "concise")[2] == ""


def test_blocks_of_a_document_are_known_one_by_one():
    put("a.md", f"```python\n{NONE}```\n")
    quick("baseline", "a.md")
    put("a.md", f"```python\n{NONE}```\n\n```python\n{NONE}```\n")
    code, out, err = quick("check", "a.md", "--output-format", "concise")
    assert (code, out.splitlines()[0].split(" ")[0], err) == (1, "a.md:6:1:", "")
