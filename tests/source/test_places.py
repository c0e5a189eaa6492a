"""Folders are where they really are, whatever the way that is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stabaudit.source.find import find
from stabaudit.source.places import Places, folder_of


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b")
    for name in ("x.py", "a/x.py", "a/b/x.py"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("x.py", "x.py"),
        ("./x.py", "x.py"),
        ("a/x.py", "a/x.py"),
        ("a/../x.py", "x.py"),
        ("a/b/../x.py", "a/x.py"),
        ("link/x.py", "a/b/x.py"),
        ("nowhere/x.py", "nowhere/x.py"),
    ],
)
def test_a_file_is_in_the_folder_that_its_path_leads_to(path: str, place: str):
    assert Places().of(path) == os.path.join(os.path.realpath("."), place)


def test_an_absolute_path_stays_as_it_is():
    assert Places().of("/x.py") == "/x.py"
    assert Places().of(os.path.abspath("a/x.py")) == os.path.realpath("a/x.py")


def test_who_looks_for_files_knows_their_folders():
    places = Places()
    files = find([".", "link", os.path.abspath("a")], places=places).files
    known = dict(places)
    assert {folder_of(file) for file in files} <= known.keys()
    assert [places.of(file) for file in files] == [os.path.realpath(file) for file in files]
    assert known == {folder: Places()[folder] for folder in known}
