from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from stabaudit.source import write as module
from stabaudit.source.errors import FileError
from stabaudit.source.read import decode, load
from stabaudit.source.write import put, write


def rewrite(file: Path, old: str, new: str) -> None:
    source = decode(str(file), load(str(file)))
    write(str(file), source, source.text.replace(old, new))


@pytest.mark.parametrize(
    "form",
    [
        "{}\nb",
        "{}\r\nb\n",
        "\ufeff{}\r",
        "# coding: utf-8\n{} = 'é'\n",
        "\f{}\v\u2028\n",
    ],
)
def test_only_what_was_changed_changes(form: str, tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_bytes(form.format("OLD").encode())
    rewrite(file, "OLD", "NEW")
    assert file.read_bytes() == form.format("NEW").encode()


def test_an_old_encoding_is_kept(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_bytes(b"# coding: latin-1\nOLD = '\xe9'\n")
    rewrite(file, "OLD", "NEW")
    assert file.read_bytes() == b"# coding: latin-1\nNEW = '\xe9'\n"


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664])
def test_the_mode_is_kept(mode: int, tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_text("a")
    file.chmod(mode)
    rewrite(file, "a", "b")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("b", mode)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_text("a")
    os.chown(file, 1234, 4321)
    rewrite(file, "a", "b")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "x.py"
    target.write_text("a")
    link = tmp_path / "link.py"
    link.symlink_to("real/x.py")
    rewrite(link, "a", "b")
    assert link.is_symlink()
    assert target.read_text() == "b"


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_text("a")
    source = decode(str(file), b"a")
    file.write_text("a, by someone else")
    with pytest.raises(FileError, match="was changed while it was checked"):
        write(str(file), source, "b")
    assert file.read_text() == "a, by someone else"


def test_a_codec_that_does_not_give_its_bytes_back_is_left_alone(tmp_path: Path):
    file = tmp_path / "x.py"
    data = b"# coding: utf-7\ns = '+AGEAYg-'\n"
    file.write_bytes(data)
    with pytest.raises(FileError, match="does not give its bytes back"):
        rewrite(file, "s", "t")
    assert file.read_bytes() == data


def test_text_that_the_encoding_does_not_have_is_not_written(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_bytes(b"# coding: ascii\na\n")
    with pytest.raises(FileError, match="does not fit into its encoding"):
        rewrite(file, "a\n", "é\n")
    assert file.read_bytes() == b"# coding: ascii\na\n"


@pytest.mark.parametrize("broken", ["fsync", "replace", "chmod"])
def test_a_write_that_fails_half_way_leaves_the_old_file_and_nothing_else(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "x.py"
    file.write_text("a")
    monkeypatch.setattr(module.os, broken, fail)
    with pytest.raises(FileError, match=r"x\.py: could not be written: no space left on device"):
        rewrite(file, "a", "b")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("x.py", "a")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_left_alone(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_text("a")
    file.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        rewrite(file, "a", "b")


def test_a_file_with_two_names_is_left_alone(tmp_path: Path):
    file, replacement = tmp_path / "x.py", tmp_path / "y.py"
    file.write_text("a")
    os.link(file, replacement)
    with pytest.raises(FileError, match=r"x\.py: has 2 names in the file system \(hard links\), nothing written"):
        rewrite(file, "a", "b")
    assert (file.read_text(), replacement.read_text(), replacement.stat().st_nlink) == ("a", "a", 2)


@pytest.mark.parametrize("target", ["../outside/x", "../outside/nothing"])
@pytest.mark.parametrize("here", ["in", "elsewhere"])
def test_new_files_are_not_put_through_a_link_that_leads_out(
    target: str, here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("in", "outside", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "outside" / "x").write_text("a")
    (tmp_path / "in" / "link").symlink_to(target)
    monkeypatch.chdir(tmp_path / here)
    with pytest.raises(FileError, match="is a link that leads elsewhere, nothing written"):
        put({"link" if here == "in" else "../in/link": b"b"})
    assert [(one.name, one.read_text()) for one in (tmp_path / "outside").iterdir()] == [("x", "a")]


def test_new_files_are_put_through_a_link_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real/x")
    monkeypatch.chdir(tmp_path)
    put({"link": b"b"})
    assert (tmp_path / "real" / "x").read_bytes() == b"b"
    assert (tmp_path / "link").is_symlink()
