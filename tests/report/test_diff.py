from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stabaudit.report.diff import patch
from stabaudit.source.read import decode

LINES = st.lists(st.sampled_from(["a\n", "b\n", "é\n", "c\r\n", "\n", "\r", "--- x\n", "end"]), max_size=12).map(
    "".join
)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check_applies(name: str, before: bytes, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(before)
    source = decode(name, before)
    diff = patch(name, source, text)
    if diff:
        done = subprocess.run(["git", "apply", "-p1"], input=diff, capture_output=True)
        assert done.returncode == 0, (done.stderr, diff)
    assert Path(name).read_bytes() == source.encode(text)


@given(LINES, LINES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_git_makes_of_the_old_text_the_new_one(before: str, after: str):
    # git takes a text away or makes one from nothing only for a file that comes or goes.
    check_applies("a.py", f"head\n{before}".encode(), f"head\n{after}")


@pytest.mark.parametrize(
    "name", ["with space.py", "in/ü.py", 'qu"ote.py', "back\\slash.py", "new\nline.py", "tab\t.py"]
)
def test_git_finds_any_file(name: str):
    check_applies(name, b"a\n", "b\n")


def test_git_finds_a_file_whose_name_is_no_text():
    check_applies(os.fsdecode(b"\xff.py"), b"a\n", "b\n")


def test_git_finds_files_from_a_folder_within(repository: Path, monkeypatch: pytest.MonkeyPatch):
    (repository / "in").mkdir()
    monkeypatch.chdir(repository / "in")
    check_applies("a.py", b"a\n", "b\n")
    check_applies(str(repository / "in" / "b.py"), b"a\n", "b\n")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbfa\r\n", b"# coding: latin-1\n\xe9 a\n", b"a"])
def test_bytes_are_those_of_the_file(before: bytes):
    check_applies("a.py", before, decode("a.py", before).text.replace("a", "b", 1))
